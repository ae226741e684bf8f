"""What the night asks: packets that are due, reminders, and what was never finished."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.chart import queries as chart
from homeground.ground.actor import Actor
from homeground.placement.actions.answering import abandon_overdue
from homeground.placement.actions.measures import invite, make_packet
from homeground.placement.models import Administration, Packet
from homeground.placement.queries.instruments import in_use
from homeground.placement.queries.measures import may_text
from homeground.placement.queries.trends import latest_values, schedule
from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.schedule import due

REMIND_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one night did."""

    packets: int
    invited: int
    reminded: int
    abandoned: int


def ask_due(*, on: date, by: Actor, at: datetime) -> Asked:
    """Make the packets due on a day, lay messages ready where a text is safe, remind once, close the rest.

    A second run the same day adds nothing: the database keeps one packet for an occasion and day.
    """
    with transaction.atomic():
        abandoned = abandon_overdue(by=by, at=at)
        reminded = _remind(by=by, at=at)
        made = [*_make(on, by=by, at=at)]
        invited = sum(_invite(packet_id, person_id, by=by, at=at) for packet_id, person_id in made)
    return Asked(len(made), invited, reminded, abandoned)


def _make(on: date, *, by: Actor, at: datetime) -> list[tuple[UUID, UUID]]:
    usable, rounds = in_use(), schedule()
    today = chart.admitted_on(on)
    # A stay that ended yesterday still owes its last questionnaires.
    stays = {stay.id: stay for stay in (*chart.admitted_on(on - timedelta(days=1)), *today)}.values()
    latest = latest_values([stay.patient.patient_id for stay in stays])
    asked = set(
        Packet.objects.filter(due_on__gte=on - timedelta(days=7)).values_list(
            "patient_id", "occasion", "due_on"
        )
    )
    made = []
    for stay in stays:
        patient_id = stay.patient.patient_id
        for each in due(
            rounds,
            starts_on=stay.starts_on,
            ends_on=stay.ends_on,
            on=on,
            latest=latest.get(patient_id, {}),
        ):
            chosen: list[Instrument] = [usable[code] for code in each.instruments if code in usable]
            if not chosen or (patient_id, each.occasion, each.due_on) in asked:
                continue
            sent = make_packet(
                patient_id=patient_id,
                chosen=chosen,
                occasion=each.occasion,
                mode=Packet.Mode.LINK,
                due_on=each.due_on,
                by=by,
                at=at,
            )
            made.append((sent.packet_id, stay.patient.person_id))
    return made


def _invite(packet_id: UUID, person_id: UUID, *, by: Actor, at: datetime) -> bool:
    if not may_text(person_id):
        return False
    invite(packet_id=packet_id, reminds=False, by=by, at=at)
    return True


def _remind(*, by: Actor, at: datetime) -> int:
    """One reminder for a packet whose link was never opened within a day."""
    waiting = (
        Packet.objects.filter(
            mode=Packet.Mode.LINK,
            withdrawn_at=None,
            answerable_until__gt=at,
            made_at__lte=at - REMIND_AFTER,
            links__messages__reminds=False,
        )
        .exclude(links__messages__reminds=True)
        .exclude(links__opened_at__isnull=False)
        .filter(pk__in=Administration.objects.filter(completed_at=None, abandoned_at=None).values("packet"))
        .distinct()
        .values_list("pk", "patient__person_id")
    )
    count = 0
    for packet_id, person_id in list(waiting):
        if may_text(person_id):
            invite(packet_id=packet_id, reminds=True, by=by, at=at)
            count += 1
    return count
