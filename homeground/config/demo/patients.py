"""Forty people of the demo clinic: their obligations, admission, and a week that fits around both."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from uuid import UUID

from homeground.chart import actions as chart
from homeground.confidentiality import actions as confidentiality
from homeground.config.demo import clinic, names
from homeground.config.demo.clinic import FRI, MON, SAT, SUN, THU, TUE, WED, WEEKS, House
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.timetable import actions as timetable
from homeground.timetable.models import Circumstances, CounselorHour, Obligation

SEED = 20261121
WEEKDAYS = (MON, TUE, WED, THU, FRI)


@dataclass(frozen=True)
class Life:
    """What a week leaves room for: busy hours (days, from, until, hard) and the group that fits."""

    group: str
    people: int
    busy: tuple[tuple[tuple[int, ...], time, time, bool], ...]
    daypart: str
    travel: int
    video: bool = False


LIVES = (
    Life("Evening", 9, ((WEEKDAYS, time(8), time(17), True),), "eve", 25),
    Life("Noches", 6, ((WEEKDAYS, time(7), time(16), True),), "eve", 30),
    Life(
        "Morning",
        6,
        ((WEEKDAYS, time(7, 30), time(8, 30), True), (WEEKDAYS, time(14), time(18), True)),
        "am",
        15,
    ),
    Life(
        "Afternoon",
        4,
        (
            ((MON, TUE, WED, THU, FRI, SAT), time(22), time(23, 59), True),
            ((MON, TUE, WED), time(7), time(11), False),
        ),
        "pm",
        20,
    ),
    Life(
        "Weekend",
        4,
        (((MON, WED, FRI), time(9), time(20), True), ((SUN,), time(9), time(12), False)),
        "eve",
        20,
    ),
    Life("Evening by video", 5, ((WEEKDAYS, time(9), time(17), True),), "eve", 75, video=True),
    Life("Women's morning", 3, ((WEEKDAYS, time(14, 30), time(16), True),), "am", 15),
    Life("Youth", 3, ((WEEKDAYS, time(8), time(15), True),), "pm", 20),
)


@dataclass(frozen=True)
class Seated:
    """One demo patient with a chair."""

    person: Person
    group: str
    starts_on: date


def admit_all(house: House, at: datetime) -> list[Seated]:
    """Register, admit and seat everybody, staggered over the twelve weeks."""
    chance = random.Random(SEED)
    begun = at - timedelta(weeks=WEEKS)
    timetable.make_calendar(until=(at + timedelta(weeks=8)).date(), by=house.by("director"), at=begun)
    identities = zip(names.GIVEN, cycle(names.FAMILY), strict=False)
    free_hours = list(house.hours)
    seated: list[Seated] = []
    for life in LIVES:
        for _ in range(life.people):
            given, family = next(identities)
            joined = begun + timedelta(days=chance.choice((0, 0, 0, 7, 14, 21, 35, 49, 63)))
            person = _person(house, life, given, family, len(seated), joined)
            _obligations(house, life, person)
            episode = _admit(house, life, person, joined)
            group = house.groups[life.group]
            hour = _free_hour(house, life, free_hours)
            timetable.seat(
                episode_id=episode,
                group_id=group.pk,
                counselor_hour_id=hour.pk if hour else None,
                starts_on=joined.date(),
                by=house.by("scheduler"),
                at=joined,
            )
            seated.append(Seated(person, life.group, joined.date()))
    timetable.make_calendar(until=(at + timedelta(weeks=8)).date(), by=house.by("director"), at=begun)
    first = seated[0]
    clinic.member(house, first.person, "patient", Role.PATIENT, begun)
    _relative(house, begun)
    return seated


def _person(house: House, life: Life, given: str, family: str, number: int, joined: datetime) -> Person:
    youth = house.groups[life.group].population == "adolescent"
    person = Person.objects.create(
        organization_id=house.organization_id,
        given_name=given,
        family_name=family,
        born_on=date(2010 if youth else 1965 + number, 1 + number % 12, 1 + number % 28),
        gender=house.groups[life.group].gender,
        language=house.groups[life.group].language,
        registered_at=joined - timedelta(days=3),
    )
    clinic.safe_contact(house, person, number).save(force_insert=True)
    return person


def _obligations(house: House, life: Life, person: Person) -> None:
    owns = {"organization_id": house.organization_id, "person": person}
    Obligation.objects.bulk_create(
        Obligation(**owns, weekday=day, starts=starts, ends=ends, hard=hard)
        for days, starts, ends, hard in life.busy
        for day in days
    )
    Circumstances.objects.create(
        **owns, travel_minutes=life.travel, video_possible=life.video, daypart=life.daypart
    )


def _admit(house: House, life: Life, person: Person, joined: datetime) -> UUID:
    confidentiality.record_consent(
        person_id=person.pk,
        kind="treatment",
        language=person.language,
        method="screen",
        signed_at=joined - timedelta(days=1),
        by=house.by("front_desk"),
        at=joined - timedelta(days=1),
    )
    group = house.groups[life.group]
    leaders = {"Noches": "counselor3", "Weekend": "counselor2", "Evening by video": "counselor4"}
    counselor = house.staff[leaders.get(life.group, "counselor")]
    return chart.admit(
        person_id=person.pk,
        program_id=group.program_id,
        level="2.1",
        starts_on=joined.date(),
        counselor_id=counselor.person.pk,
        by=house.by("counselor"),
        at=joined,
    )


def _free_hour(house: House, life: Life, free: list[CounselorHour]) -> CounselorHour | None:
    """The first counselor hour that fits this life; it is taken off the list."""
    slots = {(s.weekday, s.starts, s.ends) for s in house.groups[life.group].slots.all()}
    travel = timedelta(minutes=0 if life.video else life.travel)
    for hour in free:
        if not _clashes(hour, life, slots, travel):
            free.remove(hour)
            return hour
    return None


def _clashes(hour: CounselorHour, life: Life, slots: set[tuple[int, time, time]], travel: timedelta) -> bool:
    def minute(at: time) -> int:
        return at.hour * 60 + at.minute

    lead = int(travel.total_seconds() // 60)
    starts, ends = minute(hour.starts) - lead, minute(hour.ends) + lead
    busy = [(day, s, e) for days, s, e, hard in life.busy if hard for day in days]
    return any(day == hour.weekday and starts < minute(e) and minute(s) < ends for day, s, e in busy) or any(
        day == hour.weekday and hour.starts < e and s < hour.ends for day, s, e in slots
    )


def _relative(house: House, since: datetime) -> None:
    person = Person.objects.create(
        organization_id=house.organization_id,
        given_name="Tamarack",
        family_name="Demoson",
        registered_at=since,
    )
    clinic.member(house, person, "family", Role.FAMILY, since)
