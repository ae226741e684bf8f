"""Groups with their seats, and who sits there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q

from homeground.timetable.models import CounselorHour, CounselorSeat, Group, Leading, Seat, Slot
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.board import group_rows, meeting, open_group, taken_from
from homeground.timetable.rules.clinic import OpenGroup
from homeground.timetable.rules.week import Meeting


@dataclass(frozen=True, slots=True)
class GroupWithSeats:
    """A group, its chairs and who leads it. It may begin later than the day asked for."""

    group: OpenGroup
    topic: str
    program: str
    starts_on: date
    ends_on: date | None
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Who has a chair, from when until when (exclusive). `kept_until` when it is only kept for them."""

    seat_id: UUID
    episode_id: UUID
    patient_id: UUID
    person_id: UUID
    number: int
    name: str
    place: int
    by_video: bool
    starts_on: date
    ends_on: date | None
    kept_until: datetime | None


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A stay's seat in a group, from when until when (exclusive). `core` groups carry the week's hours.

    `meetings` are the sessions it comes to.
    """

    seat_id: UUID
    group_id: UUID
    group: str
    core: bool
    meetings: tuple[Meeting, ...]
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class HourWithPerson:
    """A counselor's weekly hour and who has it, empty when nobody has. `ends_on` is exclusive."""

    id: UUID
    staff_id: UUID
    staff: str
    meeting: Meeting
    by_video: bool
    space: str
    patient: str
    counselor_seat_id: UUID | None
    episode_id: UUID | None
    ends_on: date | None


def groups_with_seats(on: date, *, leader_id: UUID | None = None) -> tuple[GroupWithSeats, ...]:
    """Groups that run on this day or begin later, by name. Four statements.

    With `leader_id` only those this person leads then.
    """
    rows = group_rows(Q(ends_on=None) | Q(ends_on__gt=on))
    if leader_id is not None:
        rows = rows.filter(pk__in=Leading.objects.filter(lasting(on), staff_id=leader_id).values("group"))
    found = list(rows)
    taken = taken_from(on)["group"]
    leaders: defaultdict[UUID, list[str]] = defaultdict(list)
    for leading in Leading.objects.filter(lasting(on), group__in=found).select_related("staff"):
        leaders[leading.group_id].append(_name(leading.staff))
    return tuple(
        GroupWithSeats(
            group=open_group(row, taken.get(row.pk, 0)),
            topic=row.topic,
            program=row.program.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            leaders=tuple(sorted(leaders[row.pk])),
        )
        for row in found
    )


def group_plan(group_id: UUID, on: date) -> dict[str, Any] | None:
    """What the form of a group starts from, None when it is not here. Three statements."""
    row = group_rows(Q(pk=group_id)).first()
    if row is None:
        return None
    slots = list(row.slots.all())
    names = (
        "name",
        "kind",
        "track",
        "topic",
        "capacity",
        "language",
        "gender",
        "dual",
        "video",
        "video_seats",
    )
    found: dict[str, Any] = {name: getattr(row, name) for name in names} | {"attend": row.attend or None}
    found["space"] = next((slot.space_id for slot in slots if slot.space_id), None)
    leaders = Leading.objects.filter(lasting(on), group=row)
    found["leaders"] = [str(staff) for staff in leaders.values_list("staff_id", flat=True)]
    for slot in slots:
        found |= {
            f"starts_{slot.weekday}": slot.starts,
            f"ends_{slot.weekday}": slot.ends,
            f"pause_{slot.weekday}": slot.break_starts,
            f"resume_{slot.weekday}": slot.break_ends,
        }
    return found


def members(group_id: UUID, on: date) -> tuple[Member, ...]:
    """Who has a chair in a group on this day or later, by name. One statement."""
    rows = Seat.objects.filter(lasting(on), group_id=group_id)
    rows = rows.select_related("episode__patient__person").annotate(kept_until=F("hold__until"))
    return tuple(sorted((_member(row) for row in rows), key=lambda each: (each.name, str(each.seat_id))))


def seats_of(episode_id: UUID, on: date) -> tuple[tuple[UUID, UUID, str, date, date | None], ...]:
    """The seats of a stay on this day or later: seat id, group id, group, from, until. One statement."""
    rows = Seat.objects.filter(lasting(on), episode_id=episode_id, hold=None).select_related("group")
    return tuple(
        (row.pk, row.group_id, row.group.name, row.starts_on, row.ends_on)
        for row in rows.order_by("starts_on", "id")
    )


def held_seats(episode_id: UUID, on: date) -> tuple[HeldSeat, ...]:
    """The seats of a stay with the sessions they come to, the earliest first. Three statements."""
    rows = Seat.objects.filter(lasting(on), episode_id=episode_id, hold=None).select_related("group")
    times = Prefetch("group__slots", Slot.objects.order_by("weekday", "starts"))
    rows = rows.prefetch_related(times, "comes_to").order_by("starts_on", "id")
    return tuple(
        HeldSeat(
            seat_id=row.pk,
            group_id=row.group_id,
            group=row.group.name,
            core=row.group.kind == Group.Kind.CORE,
            meetings=_comes_to(row),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    )


def _comes_to(seat: Seat) -> tuple[Meeting, ...]:
    named = {each.slot_id for each in seat.comes_to.all()}
    return tuple(meeting(slot) for slot in seat.group.slots.all() if not named or slot.pk in named)


def group_of_seat(seat_id: UUID) -> UUID | None:
    """The group a seat is in, None when it is not here. One statement."""
    return Seat.objects.filter(pk=seat_id).values_list("group_id", flat=True).first()


def episode_of_talk(counselor_seat_id: UUID) -> UUID | None:
    """Whose weekly hour this is, None when it is not here. One statement."""
    return CounselorSeat.objects.filter(pk=counselor_seat_id).values_list("episode_id", flat=True).first()


def leads(group_id: UUID, staff_id: UUID, on: date) -> bool:
    """Whether a staff member leads a group on this day. One statement."""
    return Leading.objects.filter(lasting(on), group_id=group_id, staff_id=staff_id).exists()


def counselor_hours(on: date) -> tuple[HourWithPerson, ...]:
    """Every counselor hour with who has it from this day on, by counselor and time. Two statements."""
    held = {
        row.hour_id: row
        for row in CounselorSeat.objects.filter(lasting(on)).select_related("episode__patient__person")
    }
    rows = CounselorHour.objects.filter(lasting(on)).select_related("staff", "space")
    return tuple(
        _hour(row, held.get(row.pk))
        for row in rows.order_by("staff__family_name", "staff__given_name", "weekday", "starts", "id")
    )


def _member(row: Any) -> Member:
    patient: Any = row.episode.patient
    return Member(
        seat_id=row.pk,
        episode_id=row.episode_id,
        patient_id=patient.pk,
        person_id=patient.person_id,
        number=patient.number,
        name=_name(patient.person),
        place=row.place,
        by_video=row.by_video,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kept_until=row.kept_until,
    )


def _hour(row: CounselorHour, held: CounselorSeat | None) -> HourWithPerson:
    return HourWithPerson(
        id=row.pk,
        staff_id=row.staff_id,
        staff=_name(row.staff),
        meeting=Meeting(row.weekday, row.starts, row.ends),
        by_video=row.by_video,
        space=row.space.name if row.space else "",
        patient=_name(held.episode.patient.person) if held else "",
        counselor_seat_id=held.pk if held else None,
        episode_id=held.episode_id if held else None,
        ends_on=row.ends_on,
    )


def _name(person: Any) -> str:
    return f"{person.called or person.given_name} {person.family_name}".strip()
