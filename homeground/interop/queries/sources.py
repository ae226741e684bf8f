"""Where each part of a record is read for a packet. Every reader needs the Permit that lists its part.

A room that keeps another part adds its line to SOURCES. Medicines and bills are not kept by any room yet:
a packet that may hold them says that nothing is recorded. Counseling and psychotherapy notes have no reader:
they are sealed for their author, who alone can hand them over under a consent of their own.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality.rules.permit import Permit
from homeground.confidentiality.rules.vocabulary import Category
from homeground.interop.queries.received import received_of
from homeground.people import queries as people
from homeground.placement.queries import record as screening
from homeground.placement.queries.trends import trends
from homeground.plan import queries as plan
from homeground.timetable import queries as timetable
from homeground.treatment.queries import record as treatment

AHEAD = timedelta(days=60)

type Rows = tuple[tuple[str, ...], ...]
type Source = Callable[[Permit, UUID, datetime, ZoneInfo], Rows]


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat() if moment else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _contact(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found, reach = people.person(permit.person_id), people.contact(permit.person_id)
    rows = (("born", _iso(found.born_on)), ("telephone", reach.phone), ("e-mail", reach.email))
    return tuple(row for row in rows if row[1])


def _stays(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """Every stay, also those that have ended: a former patient's record is no shorter."""
    found = chart.stays_of(patient_id, at.astimezone(zone).date())
    return tuple((each.program_name, _iso(each.starts_on), _iso(each.ends_on)) for each in found)


def _levels(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found = chart.stays_of(patient_id, at.astimezone(zone).date())
    return tuple((each.program_name, each.level) for each in found if each.level)


def _attendance(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """Counted sessions only: neither absences nor what is planned (check D25)."""
    found = treatment.attended(patient_id)
    return tuple((_day(began, zone), str(minutes)) for began, minutes in found)


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


def _screening(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """What was asked and rated at the start, then every score of every questionnaire."""
    asked = [(_day(each.at, zone), each.what, each.said) for each in screening.screened(permit.person_id)]
    scored = [
        (_iso(point.on), f"{line.instrument.name}: {line.scale.id}", f"{point.value} {point.word}".strip())
        for line in trends(patient_id, zone.key)
        for point in line.points
    ]
    return (*asked, *scored)


def _diagnosis(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """Substances with the criteria counted, of the signed assessments."""
    rows = []
    for stay in chart.stays_of(patient_id, at.astimezone(zone).date()):
        latest = plan.latest_assessment(stay.id)
        found = plan.assessment(latest) if latest else None
        if found and found.signed_at:
            rows += [
                (_day(found.signed_at, zone), each.substance, each.severity.value if each.severity else "")
                for each in found.substances
            ]
    return tuple(rows)


def _safety(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    found = plan.safety(patient_id)
    own = (
        [(_day(found.in_use.finished_at, zone), name, words) for name, words in found.in_use.texts if words]
        if found.in_use
        else []
    )
    return (*own, *((_day(each.found_at, zone), "risk", each.level.value) for each in found.risks))


def _tests(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    return tuple(
        (_day(each.collected_at or each.ordered_at, zone), each.panel, each.outcome, each.confirmed)
        for each in plan.tests_of(patient_id)
        if each.outcome
    )


def _plan(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """The plan in force of each stay: problem, the person's goal, objective and what is done for it."""
    rows = []
    for stay in chart.stays_of(patient_id, at.astimezone(zone).date()):
        current = plan.stay_plan(stay.id).current
        for goal in current.text.goals if current else ():
            for aim in goal.aims:
                done = "; ".join(f"{each.words} {each.frequency}".strip() for each in aim.interventions)
                rows.append(
                    (goal.problem, goal.words, f"{aim.words} ({aim.measure})", _iso(aim.target_on), done)
                )
    return tuple(rows)


def _notes(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """Signed notes of the ordinary record; notes kept apart are another table nobody reads here."""
    return tuple(
        (_day(each.starts_at, zone), each.kind, each.text, each.signed_by)
        for each in treatment.signed_notes(patient_id)
    )


def _received(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """What others sent: from whom, what it is, and the notice that came with it, kept with it (check B18)."""
    return tuple(
        (_iso(each.received_on), each.sender, each.what, each.notice)
        for each in received_of(permit.person_id)
    )


def _nowhere(permit: Permit, patient_id: UUID, at: datetime, zone: ZoneInfo) -> Rows:
    """No room keeps this part yet."""
    return ()


SOURCES: dict[Category, Source] = {
    Category.CONTACT: _contact,
    Category.STAY: _stays,
    Category.LEVEL_OF_CARE: _levels,
    Category.ATTENDANCE: _attendance,
    Category.APPOINTMENTS: _appointments,
    Category.SCREENING: _screening,
    Category.DIAGNOSIS: _diagnosis,
    Category.SAFETY: _safety,
    Category.MEDICATIONS: _nowhere,
    Category.TEST_RESULTS: _tests,
    Category.PLAN: _plan,
    Category.PROGRESS_NOTES: _notes,
    Category.BILLING: _nowhere,
    Category.RECEIVED: _received,
}
"""Every part of the chart but presence, which any packet tells by naming the person."""
