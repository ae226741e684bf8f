"""What people who receive care share with a member of their family, item by item."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.vocabulary import Asker, Category, Purpose
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.timetable import queries as timetable
from homeground.treatment import queries as treatment
from homeground.treatment.rules.ledger import Standing

AHEAD = timedelta(days=14)
WEEKS = 4
ITEMS = frozenset({Category.APPOINTMENTS, Category.ATTENDANCE})
"""What can be shared on a page today; a consent may list more, which then waits for a page of its own."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What one person shares. None means this item is not shared; an empty tuple, that there is none."""

    person_id: UUID
    consent_id: UUID | None
    name: str = field(repr=False)
    appointments: tuple[timetable.PatientAppointment, ...] | None
    attended: tuple[tuple[datetime, int], ...] | None


def shared(actor: Actor, at: datetime, zone: str) -> tuple[Shared, ...]:
    """What others share with this reader now, by the decision on each of them. Empty without a consent.

    Each person is decided anew: a consent that was revoked, ended or restricted shows nothing, and the
    page is then the same as if there had never been one.
    """
    if actor.person_id is None:
        return ()
    givers: dict[UUID, frozenset[Purpose]] = {}
    for each in confidential.shared_with(actor.person_id, at):
        givers[each.person_id] = givers.get(each.person_id, frozenset()) | each.facts.purposes
    found = (_shared(person_id, actor, _purpose(given), at, zone) for person_id, given in givers.items())
    return tuple(each for each in found if each is not None)


def _purpose(given: frozenset[Purpose]) -> Purpose:
    """What a relative's page is for: to support, unless the person gave another reason alone."""
    return Purpose.SUPPORT if Purpose.SUPPORT in given else min(given)


def _shared(person_id: UUID, actor: Actor, purpose: Purpose, at: datetime, zone: str) -> Shared | None:
    answer = confidential.decision(
        person_id=person_id,
        request=Request(asker=Asker.FAMILY, purpose=purpose, categories=ITEMS, asker_id=actor.person_id),
        labels=(),
        relationship=Relationship(),
        account_id=actor.account_id,
        at=at,
    )
    patient = chart.patient_of_person(person_id)
    if patient is None or not answer.categories:
        return None
    coming = None
    if answer.allows(Category.APPOINTMENTS):
        coming = timetable.patient_week(patient.patient_id, at, at + AHEAD)
    came = None
    if answer.allows(Category.ATTENDANCE):
        came = _attended(patient.patient_id, at, zone)
    called = people.person(person_id)
    return Shared(person_id, answer.consent_id, called.called or called.given_name, coming, came)


def _attended(patient_id: UUID, at: datetime, zone: str) -> tuple[tuple[datetime, int], ...]:
    try:
        ledger = treatment.weeks_of(patient_id, at.astimezone(ZoneInfo(zone)).date(), count=WEEKS)
    except treatment.NotAdmitted:
        return ()
    found = [
        (each.starts_at, each.entry.minutes)
        for week in ledger.weeks
        for each in week.sessions
        if each.entry.standing is Standing.ATTENDED
    ]
    return tuple(sorted(found, reverse=True))
