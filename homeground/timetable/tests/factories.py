"""Rows of the timetable for tests: a clinic's groups, seats and hours, made without actions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import uuid4

from cast import Clinic, make_episode, make_person
from django.urls import reverse

from homeground.people.roles import Role
from homeground.timetable.models import CounselorHour, Group, Leading, Seat, Slot

ZONE = "America/Denver"
AT = datetime(2026, 11, 21, 16, tzinfo=UTC)  # Saturday 9:00 in Denver
ON = date(2026, 11, 21)
MONDAY = date(2026, 11, 23)
EVENINGS = ((0, time(18), time(21)), (1, time(18), time(21)), (3, time(18), time(21)))
MORNINGS = ((0, time(9), time(12)), (2, time(9), time(12)), (4, time(9), time(12)))
YOUTH = ((0, time(16), time(18)), (1, time(16), time(18)), (2, time(16), time(18)))
ENOUGH = 1000


def make_group(
    clinic: Clinic,
    name: str = "Evening group",
    times: Sequence[tuple[int, time, time]] = EVENINGS,
    *,
    leader: bool = True,
    in_room: bool = True,
    **fields: object,
) -> Group:
    """A running core group of the adult program, led by the facilitator, in the clinic's group room."""
    program = fields.pop("program", clinic.adult)
    values = {
        "kind": Group.Kind.CORE,
        "track": Group.Track.EVENING,
        "capacity": 10,
        "population": program.population,
        "starts_on": date(2026, 1, 5),
        **fields,
    }
    group = Group.objects.create(**clinic.owns(), name=name, program=program, **values)
    for weekday, starts, ends in times:
        Slot.objects.create(
            **clinic.owns(),
            group=group,
            weekday=weekday,
            starts=starts,
            ends=ends,
            space=clinic.room if in_room else None,
        )
    if leader:
        Leading.objects.create(
            **clinic.owns(),
            group=group,
            staff=clinic.staff[Role.FACILITATOR].person,
            starts_on=group.starts_on,
        )
    return group


def make_hour(clinic: Clinic, weekday: int = 1, starts: time = time(17), **fields: object) -> CounselorHour:
    """A weekly hour of the clinic's counselor."""
    values = {"staff": clinic.staff[Role.COUNSELOR].person, "by_video": True, **fields}
    ends = values.pop("ends", time(starts.hour + 1, starts.minute))
    return CounselorHour.objects.create(**clinic.owns(), weekday=weekday, starts=starts, ends=ends, **values)


def make_patient(clinic: Clinic, number: int, *, program=None, **fields: object):
    """An admitted patient; returns the open episode."""
    person = make_person(clinic, f"Sample{number}", "Testperson", born_on=date(1990, 1, 1), **fields)
    return make_episode(clinic, person, number, program=program)


def take_chairs(clinic: Clinic, group: Group, count: int, *, first_number: int = ENOUGH) -> list[Seat]:
    """Fill the first chairs of a group with people who only sit there."""
    return [
        Seat.objects.create(
            **clinic.owns(),
            group=group,
            episode=make_patient(clinic, first_number + 1000 + place),
            place=place,
            starts_on=date(2026, 10, 5),
            seated_at=AT,
            seated_by_id=uuid4(),
        )
        for place in range(1, count + 1)
    ]


def url(name: str, *args: object) -> str:
    """A page of this room."""
    return reverse(f"timetable:{name}", args=args)
