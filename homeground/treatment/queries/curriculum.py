"""The curriculum: the shipped course, what a person has had of it, and where the rest will be."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.program import queries as program
from homeground.timetable import queries as timetable
from homeground.treatment.models import Attendance, Handout, SharedPart
from homeground.treatment.rules import curriculum
from homeground.treatment.rules.curriculum import Course, Coverage, Lesson
from homeground.treatment.rules.handout import Rights
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.vocabulary import AWAY

AHEAD = timedelta(weeks=3)
MOST_PLACES = 2


@cache
def course() -> Course:
    """The structured sixteen. No statement, read once."""
    file = resources.files("homeground.treatment") / "packs" / "structured_16.toml"
    return curriculum.read_course(file.read_text(encoding="utf-8"))


def coverage_of(patient_id: UUID) -> tuple[Coverage, ...]:
    """What a person has had of the course and what they miss. One statement."""
    rows = (
        Attendance.objects.filter(patient=patient_id)
        .exclude(state__in=sorted(AWAY))
        .filter(session__shared_part__lesson__isnull=False)
        .annotate(zone=program.zone_of_row())
        .values_list("session__shared_part__lesson", "session__starts_at", "zone")
    )
    return curriculum.coverage(
        course(), [(lesson, day_of(at, ZoneInfo(zone))) for lesson, at, zone in rows if lesson is not None]
    )


def last_lessons(group_ids: Collection[UUID], before: datetime) -> dict[UUID, int]:
    """Which lesson each group's latest session of the course before a moment held. One statement."""
    rows = (
        SharedPart.objects.filter(
            session__appointment__slot__group__in=group_ids,
            session__starts_at__lt=before,
            lesson__isnull=False,
        )
        .order_by("session__appointment__slot__group", "-session__starts_at")
        .distinct("session__appointment__slot__group")
        .values_list("session__appointment__slot__group_id", "lesson")
    )
    return {group_id: lesson for group_id, lesson in rows if group_id is not None and lesson is not None}


def next_lesson(group_id: UUID | None, before: datetime) -> Lesson | None:
    """What the rotation of a group brings next; None for an hour of no group. One statement."""
    if group_id is None:
        return None
    return course().after(last_lessons([group_id], before).get(group_id, 0))


@dataclass(frozen=True, slots=True)
class Place:
    """A session ahead in which a lesson is foreseen. `own` when the person is expected there anyway."""

    appointment_id: UUID
    group: str
    starts_at: datetime
    own: bool
    by_video: bool


@dataclass(frozen=True, slots=True)
class LessonOf:
    """A lesson for one person: the days it was had, else where it could be had (check D20)."""

    lesson: Lesson
    had_on: tuple[date, ...]
    places: tuple[Place, ...]


def lessons_of(patient_id: UUID, at: datetime) -> tuple[LessonOf, ...]:
    """The course for one person, with the sessions of the next weeks in which a missed lesson is foreseen.

    Foreseen as each group's rotation goes on from its last topic: a plan, not a promise. At most 16
    statements.
    """
    places = _places(patient_id, at)
    return tuple(
        LessonOf(each.lesson, each.had_on, () if each.had_on else tuple(places[each.lesson.number]))
        for each in coverage_of(patient_id)
    )


def _places(patient_id: UUID, at: datetime) -> defaultdict[int, list[Place]]:
    ahead = [
        each
        for each in timetable.appointments_between(at, at + AHEAD)
        if each.group_id is not None and each.kind == "core" and not each.cancelled
    ]
    own = {each.appointment.id for each in timetable.patient_week(patient_id, at, at + AHEAD)}
    offered = {each.id: each for each in timetable.open_for_make_up(patient_id, at, at + AHEAD)}
    found: defaultdict[int, list[Place]] = defaultdict(list)
    for appointment_id, lesson in _foreseen(ahead, at).items():
        facts = next(each for each in ahead if each.id == appointment_id)
        offer = offered.get(appointment_id)
        if appointment_id in own or offer is not None:
            found[lesson.number].append(
                Place(
                    appointment_id,
                    facts.group,
                    facts.starts_at,
                    appointment_id in own,
                    bool(offer and offer.by_video),
                )
            )
    for places in found.values():
        places.sort(key=lambda place: (not place.own, place.starts_at))
        del places[MOST_PLACES:]
    return found


def _foreseen(ahead: list[timetable.AppointmentFacts], at: datetime) -> dict[UUID, Lesson]:
    """Which lesson each of these meetings will hold if every group goes on in order."""
    of_group: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for each in sorted(ahead, key=lambda one: one.starts_at):
        if each.group_id is not None:
            of_group[each.group_id].append(each.id)
    last = last_lessons(list(of_group), at)
    return {
        appointment_id: lesson
        for group_id, meetings in of_group.items()
        for appointment_id, lesson in zip(
            meetings, course().sequence(last.get(group_id, 0), len(meetings)), strict=True
        )
    }


class HandoutNotHere(Exception):
    """No such leaflet in the organization in scope, or it was withdrawn."""


@dataclass(frozen=True, slots=True)
class HandoutFacts:
    """A leaflet of the library, without its content."""

    id: UUID
    topic: str
    title: str
    rights: Rights
    holder: str
    added_at: datetime


def handouts() -> tuple[HandoutFacts, ...]:
    """The clinic's leaflets, by topic and title. One statement."""
    rows = Handout.objects.filter(withdrawn_at=None).defer("content").order_by("topic", "title", "id")
    return tuple(
        HandoutFacts(row.pk, row.topic, row.title, Rights(row.rights), row.holder, row.added_at)
        for row in rows
    )


def handout_file(handout_id: UUID) -> bytes:
    """The content of a leaflet. Raises HandoutNotHere. One statement."""
    row = Handout.objects.filter(pk=handout_id, withdrawn_at=None).first()
    if row is None:
        raise HandoutNotHere
    return bytes(row.content)
