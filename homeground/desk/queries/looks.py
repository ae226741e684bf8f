"""Charts opened outside one's work, week by week (check G11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.audit import queries as audit
from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.queries import LookReviewed
from homeground.confidentiality.rules.looks import Opening, Party, Sign, signs
from homeground.people import queries as people
from homeground.people.roles import STAFF
from homeground.timetable.queries.caseload import caseloads

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """One opening worth a question: who opened whose chart, why we ask, and what came of it."""

    reader_id: UUID
    reader: str = field(repr=False)
    person_id: UUID
    person: str = field(repr=False)
    opening: Opening
    signs: tuple[Sign, ...]
    review: LookReviewed | None


@dataclass(frozen=True, slots=True)
class Looks:
    """One week of openings. `all` counts every reader and chart, `rows` those worth a question."""

    week_of: date
    rows: tuple[Asked, ...]
    all: int

    @property
    def open(self) -> tuple[Asked, ...]:
        """Those nobody has asked about yet."""
        return tuple(each for each in self.rows if each.review is None)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def looks(week_of: date, zone: str) -> Looks:
    """The openings of the week that begins on this Monday, in the clinic's zone. Constant statements."""
    here = ZoneInfo(zone)
    since = datetime.combine(week_of, time(), here)
    until = datetime.combine(week_of + WEEK, time(), here)
    found = [each for each in audit.openings(since, until) if not STAFF.isdisjoint(each.roles.split())]
    subjects = {each.subject_id for each in found}
    patients = chart.patient_names(subjects)
    readers = {each.reader_id for each in found}
    persons = {who.person_id for who in patients.values()} | (subjects - patients.keys())
    last = week_of + WEEK - timedelta(days=1)
    known = people.persons(readers | persons)
    reach = _reach(readers | persons)
    works = caseloads(readers, last) | {
        (stay.counselor_id, stay.patient.patient_id)
        for day in (week_of, last)
        for stay in chart.admitted_on(day, patients.keys())
        if stay.counselor_id
    }
    emergencies = {
        (each.opened_by_id, each.person_id)
        for each in confidentiality.glasses(until, open_only=False)
        if since - timedelta(days=1) <= each.starts_at < until
    }
    staff = {held.person_id for held in people.held_roles()}
    reviews = confidentiality.look_reviews(week_of)
    rows: dict[tuple[UUID, UUID], Asked] = {}
    for each in found:
        patient = patients.get(each.subject_id)
        person_id = patient.person_id if patient else each.subject_id
        if each.reader_id not in known or person_id not in known:
            continue
        key = (each.reader_id, person_id)
        opening = Opening(
            roles=frozenset(each.roles.split()),
            own=each.reader_id == person_id,
            on_caseload=patient is None or (each.reader_id, patient.patient_id) in works,
            by_emergency=key in emergencies,
            reader=Party(known[each.reader_id].family_name, reach.get(each.reader_id, frozenset())),
            patient=Party(known[person_id].family_name, reach.get(person_id, frozenset())),
            patient_is_staff=person_id in staff,
            times=each.times,
            first_at=each.first_at,
            last_at=each.last_at,
        )
        rows[key] = _asked(key, opening, known, reviews, rows.get(key))
    asked = [row for row in rows.values() if row.signs]
    order = sorted(
        asked, key=lambda row: (row.review is not None, list(Sign).index(row.signs[0]), row.reader)
    )
    return Looks(week_of=week_of, rows=tuple(order), all=len(rows))


def _asked(
    key: tuple[UUID, UUID],
    opening: Opening,
    known: Mapping[UUID, people.PersonFacts],
    reviews: Mapping[tuple[UUID, UUID], LookReviewed],
    before: Asked | None,
) -> Asked:
    """One reader and one person; the same under other roles in the week counts together."""
    if before is not None:
        opening = Opening(
            roles=opening.roles | before.opening.roles,
            own=opening.own,
            on_caseload=opening.on_caseload or before.opening.on_caseload,
            by_emergency=opening.by_emergency,
            reader=opening.reader,
            patient=opening.patient,
            patient_is_staff=opening.patient_is_staff,
            times=opening.times + before.opening.times,
            first_at=min(opening.first_at, before.opening.first_at),
            last_at=max(opening.last_at, before.opening.last_at),
        )
    return Asked(
        reader_id=key[0],
        reader=known[key[0]].name,
        person_id=key[1],
        person=known[key[1]].name,
        opening=opening,
        signs=signs(opening),
        review=reviews.get(key),
    )


def _reach(person_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    return {
        key: frozenset(way for way in (answers.phone, answers.email) if way)
        for key, answers in people.contacts(list(person_ids)).items()
    }
