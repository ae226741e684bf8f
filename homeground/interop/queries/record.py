"""Puts together what a Permit allows, and nothing else. Every function here needs one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality.rules import notice, words
from homeground.confidentiality.rules.asking import Obligation
from homeground.confidentiality.rules.labels import Label, high_water, label
from homeground.confidentiality.rules.permit import Permit
from homeground.confidentiality.rules.vocabulary import CHART, Category
from homeground.ground.visit import House
from homeground.interop.rules.letters import MOST, SECTIONS, TEXTS, TITLES
from homeground.interop.rules.packet import Content, Kind, Section
from homeground.people import queries as people
from homeground.timetable import queries as timetable
from homeground.treatment import queries as treatment
from homeground.treatment.rules.ledger import Standing

WEEKS = 52
AHEAD = timedelta(days=60)

type Rows = tuple[tuple[str, ...], ...]


class NoChart(Exception):
    """The person has no chart here, so there is no record to release."""


class TooMuch(Exception):
    """The permit allows more than this kind of letter may hold: ask for less (minimum necessary)."""


def labels(patient_id: UUID) -> tuple[Label, ...]:
    """The labels of every part of a patient's record, from the programs it was written in. One statement.

    Somebody in a part 2 program and in another carries both marks (check F33).
    """
    marks = chart.part2_marks(patient_id)
    return tuple(label(category, part2=part2) for part2 in sorted(marks) for category in sorted(CHART))


def assemble(
    permit: Permit,
    *,
    kind: Kind,
    house: House,
    language: str,
    recipient: str,
    recipient_address: str,
    record_labels: tuple[Label, ...],
    at: datetime,
) -> Content:
    """Everything a packet says: the permitted parts, the notice and the explanation where due (F09, F10).

    A letter is refused when the permit allows more than it may hold. Raises NoChart, TooMuch.
    """
    if not permit.categories <= MOST[kind]:
        raise TooMuch
    patient = chart.patient_of_person(permit.person_id)
    if patient is None:
        raise NoChart
    here = ZoneInfo(house.zone)
    known = language if language in TITLES else "en"
    noticed = Obligation.NOTICE in permit.decision.obligations
    sections = tuple(
        Section(category.value, *SECTIONS[known][category], rows=read(permit, patient.patient_id, at, here))
        for category, read in _SOURCES.items()
        if permit.decision.allows(category)
    )
    with_it = notice.accompanying(permit.explanation)
    return Content(
        kind=kind,
        language=known,
        title=TITLES[known][kind],
        # A letter names us as neutrally as our messages do; a record says whose it is.
        sender=house.name if kind is Kind.RECORD else house.neutral_name,
        about=_name(permit),
        recipient=recipient,
        recipient_address=recipient_address,
        purpose=words.purposes([permit.request.purpose], known),
        made_on=at.astimezone(here).date().isoformat(),
        made_at=int(at.timestamp()),
        text=TEXTS[known][kind],
        sections=sections,
        notice=with_it.notice if noticed else "",
        explanation=with_it.explanation if noticed else "",
        marks=high_water(each for each in record_labels if permit.decision.allows(each.category)).codes,
    )


def _name(permit: Permit) -> str:
    found = people.person(permit.person_id)
    return f"{found.given_name} {found.family_name}".strip()


def _contact(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found, reach = people.person(permit.person_id), people.contact(permit.person_id)
    born = found.born_on.isoformat() if found.born_on else ""
    rows = (("born", born), ("telephone", reach.phone), ("e-mail", reach.email))
    return tuple(row for row in rows if row[1])


def _stay(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found = chart.open_episode(patient_id, at.astimezone(zone).date())
    if found is None:
        return ()
    ends = found.ends_on.isoformat() if found.ends_on else ""
    rows = (("program", found.program_name), ("from", found.starts_on.isoformat()), ("until", ends))
    return tuple(row for row in rows if row[1])


def _level(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found = chart.open_episode(patient_id, at.astimezone(zone).date())
    return (("level", found.level),) if found and found.level else ()


def _attendance(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """Counted sessions only: neither absences nor what is planned (check D25)."""
    try:
        ledger = treatment.weeks_of(patient_id, at.astimezone(zone).date(), count=WEEKS)
    except treatment.NotAdmitted:
        return ()
    return tuple(
        (each.entry.on.isoformat(), str(each.entry.minutes))
        for week in reversed(ledger.weeks)
        for each in week.sessions
        if each.entry.standing is Standing.ATTENDED and each.entry.minutes
    )


def _appointments(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found = []
    for each in timetable.patient_week(patient_id, at, at + AHEAD):
        if not each.appointment.cancelled:
            starts, ends = (
                each.appointment.starts_at.astimezone(zone),
                each.appointment.ends_at.astimezone(zone),
            )
            found.append((starts.date().isoformat(), f"{starts:%H:%M}", f"{ends:%H:%M}"))
    return tuple(found)


_SOURCES: dict[Category, Callable[[Permit, UUID, datetime, ZoneInfo], Rows]] = {
    Category.CONTACT: _contact,
    Category.STAY: _stay,
    Category.LEVEL_OF_CARE: _level,
    Category.ATTENDANCE: _attendance,
    Category.APPOINTMENTS: _appointments,
}
"""Where each part of a record is read. A room that keeps another part adds its line here."""
