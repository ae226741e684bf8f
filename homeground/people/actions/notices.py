"""Word that something has changed: on the person's first page, and as a text in neutral words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.ground.neutral import require_neutral
from homeground.people.models import Notice
from homeground.people.queries import may_text


class Kind(StrEnum):
    """What a notice is about."""

    WEEK = "week"
    PRIVACY = "privacy"


WORDS = {
    Kind.WEEK: {
        "en": "{sender}: your times have changed. Please look here: {base}/",
        "es": "{sender}: sus horas han cambiado. Mírelas aquí: {base}/",
    },
    Kind.PRIVACY: {
        "en": "{sender}: a note waits for you. Please look here: {base}/",
        "es": "{sender}: hay una nota para usted. Mírela aquí: {base}/",
    },
}


@dataclass(frozen=True, slots=True)
class Text:
    """One message to send: the number, and the words with their link."""

    to: str = field(repr=False)
    text: str = field(repr=False)


def leave_notices(*, person_ids: Iterable[UUID], kind: Kind, by: Actor, at: datetime) -> None:
    """Leave word for these persons, but for the one who did it. One statement.

    Who has not seen the last word of this kind yet gets no second one. The change itself stands in the
    audit trail; this only says that there is one.
    """
    rows = [
        Notice(organization_id=by.organization_id, person_id=person_id, kind=kind.value, made_at=at)
        for person_id in sorted(set(person_ids) - {by.person_id}, key=str)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def see_notices(*, kind: Kind | None = None, by: Actor, at: datetime) -> int:
    """The person acting has seen what was left for them, of one kind if given; returns how many that was."""
    if by.person_id is None:
        return 0
    with transaction.atomic():
        left = Notice.objects.filter(person_id=by.person_id, seen_at=None)
        seen = (left.filter(kind=kind.value) if kind else left).update(seen_at=at)
        if seen:
            audit.record(
                by=by,
                at=at,
                event="people.notices.seen",
                subject_kind="person",
                subject_id=by.person_id,
                facts={"notices": seen},
            )
    return seen


def hand_over_notices(*, base: str, sender: str, by: Actor, at: datetime) -> tuple[Text, ...]:
    """Everything waiting as texts, marked as handed over, the oldest first.

    Asked again now: who may not be texted (check B01), or has looked by now, gets none. Raises NotNeutral
    when the sender's neutral name tells too much.
    """
    found = []
    with transaction.atomic():
        rows = Notice.objects.select_for_update(of=("self",)).select_related("person").filter(handed_at=None)
        for row in rows.order_by("made_at", "id"):
            phone = may_text(row.person_id) if row.seen_at is None else ""
            if phone:
                language = "es" if row.person.language == "es" else "en"
                text = WORDS[Kind(row.kind)][language].format(sender=sender, base=base)
                found.append(Text(to=phone, text=require_neutral(text, language=language)))
                audit.record(
                    by=by,
                    at=at,
                    event="people.notice.handed_over",
                    subject_kind="person",
                    subject_id=row.person_id,
                )
            row.handed_at, row.sent = at, bool(phone)
            row.save(update_fields=["handed_at", "sent"])
    return tuple(found)
