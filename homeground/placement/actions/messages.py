"""Handing text messages over to whoever sends them. What a text says tells nothing about us."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground import seal
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.people.actions import Text
from homeground.placement.actions.measures import MESSAGE
from homeground.placement.models import CriticalNotice, MeasureMessage
from homeground.placement.queries.measures import may_text

WORDS = {
    "en": "{sender}: your short questions are ready. Open them today: {link}",
    "es": "{sender}: sus preguntas cortas están listas. Ábralas hoy: {link}",
}
AGAIN = {
    "en": "{sender}: your short questions still wait. Open them today: {link}",
    "es": "{sender}: sus preguntas cortas le esperan. Ábralas hoy: {link}",
}
URGENT = {
    "en": "{sender}: something waits for you now. Please sign in.",
    "es": "{sender}: algo le espera ahora. Por favor, entre.",
}
"""To a clinician. What it is, and about whom, is told inside only."""


def hand_over(*, base: str, sender: str, by: Actor, at: datetime) -> tuple[Text, ...]:
    """Everything waiting whose link still works, marked as handed over.

    Asks again whether a text is safe: a person may have said otherwise since (check B01). What is not
    safe any more, was replaced or ran out is marked too and never sent. Word for clinicians goes first.
    """
    with transaction.atomic():
        found = [*_urgent(sender, by=by, at=at)]
        rows = (
            MeasureMessage.objects.select_for_update(of=("self",))
            .select_related("link__packet__patient__person")
            .filter(handed_at=None)
            .order_by("made_at", "id")
        )
        for row in rows:
            link, person = row.link, row.link.packet.patient.person
            works = link.ended_at is None and link.opened_at is None and link.expires_at > at
            if works and may_text(person.pk):
                secret = seal.unseal(row.sealed_secret, table=MESSAGE[0], row=row.pk, column=MESSAGE[1])
                words = (AGAIN if row.reminds else WORDS).get(person.language, WORDS["en"])
                text = words.format(sender=sender, link=f"{base}/placement/ask/{secret}/")
                found.append(Text(to=people.contact(person.pk).phone, text=text))
                audit.record(
                    by=by,
                    at=at,
                    event="placement.message.handed_over",
                    subject_kind="packet",
                    subject_id=link.packet_id,
                    patient_id=link.packet.patient_id,
                )
            MeasureMessage.objects.filter(pk=row.pk).update(handed_at=at, sealed_secret=b"")
    return tuple(found)


def _urgent(sender: str, *, by: Actor, at: datetime) -> Iterator[Text]:
    """Word that a critical answer waits, where nobody has taken it on and a number is known.

    Their own answers about safe contact are about being a patient; who is on call is written to at work.
    """
    rows = (
        CriticalNotice.objects.select_for_update(of=("self",))
        .select_related("critical", "person")
        .filter(handed_at=None)
        .order_by("made_at", "id")
    )
    for row in rows:
        phone = "" if row.critical.acknowledged_at else people.contact(row.person_id).phone
        CriticalNotice.objects.filter(pk=row.pk).update(handed_at=at, sent=bool(phone))
        if phone:
            language = "es" if row.person.language == "es" else "en"
            audit.record(
                by=by,
                at=at,
                event="placement.notice.handed_over",
                subject_kind="critical_answer",
                subject_id=row.critical_id,
            )
            yield Text(to=phone, text=URGENT[language].format(sender=sender))
