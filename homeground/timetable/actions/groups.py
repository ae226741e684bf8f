"""Setting up the weekly template: groups, their times and leaders, counselors' hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.program import queries as program
from homeground.timetable.actions.appointments import SpaceNotHere
from homeground.timetable.actions.calendar import make_calendar
from homeground.timetable.actions.diary import Diary, refusing
from homeground.timetable.actions.seating import GroupNotHere, HourNotHere
from homeground.timetable.models import (
    Appointment,
    Booking,
    Cancellation,
    CounselorHour,
    Group,
    Leading,
    Move,
    Seat,
    SeatSlot,
    Slot,
)
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.day import clinic_day
from homeground.timetable.rules.occurrences import HORIZON
from homeground.timetable.rules.size import over_cap


class ProgramNotHere(Exception):
    """No such program in the organization in scope."""


class NoTimes(Exception):
    """A group meets at least once a week."""


class TooManySessions(Exception):
    """Members cannot come to more sessions than the group has."""


class BadSlot(Exception):
    """A meeting ends after it starts and holds its break: `weekday` says which one does not."""

    def __init__(self, weekday: int) -> None:
        super().__init__(str(weekday))
        self.weekday = weekday


class SlotInUse(Exception):
    """People are or were booked at this time: end the group and begin a new one with other times."""


class TooFewChairs(Exception):
    """More people hold a chair than the new number of chairs: `held` says how many."""

    def __init__(self, held: int) -> None:
        super().__init__(str(held))
        self.held = held


class TooManyChairs(Exception):
    """The program's rule pack blocks a group of this size (check D01): `cap` and `pack` say why."""

    def __init__(self, cap: int, pack: str) -> None:
        super().__init__(f"{cap} under {pack}")
        self.cap, self.pack = cap, pack


class HourInUse(Exception):
    """Somebody has or had this hour."""


class HourTwice(Exception):
    """The counselor keeps this hour already."""


@dataclass(frozen=True, slots=True)
class SlotTimes:
    """One weekly meeting as the form gives it; weekday 0 = Monday, one meeting a day."""

    weekday: int
    starts: time
    ends: time
    break_starts: time | None = None
    break_ends: time | None = None
    space_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What a group is. Its population is that of its program, so nobody can mix adults and minors.

    Members come to `attend` of its sessions, to all when it is 0.
    """

    name: str
    kind: str
    track: str
    topic: str
    capacity: int
    language: str
    gender: str
    dual: bool
    video: bool
    video_seats: bool
    slots: tuple[SlotTimes, ...]
    leaders: frozenset[UUID]
    attend: int = 0


def open_group(*, program_id: UUID, plan: GroupPlan, starts_on: date, by: Actor, at: datetime) -> UUID:
    """Begin a group on a day and put it into the calendar. Returns its id.

    Raises ProgramNotHere, NoTimes, BadSlot, TooManySessions, TooManyChairs, SpaceNotHere, PersonNotHere.
    """
    _check_slots(plan)
    with transaction.atomic():
        found = next((each for each in program.programs() if each.id == program_id), None)
        if found is None:
            raise ProgramNotHere
        _check_size(program_id, plan, starts_on)
        group = Group(
            organization_id=by.organization_id,
            program_id=program_id,
            population=found.population,
            starts_on=starts_on,
        )
        _describe(group, plan)
        group.save(force_insert=True)
        _write_slots(group, plan.slots)
        _write_leaders(group, plan.leaders, starts_on)
        _told("timetable.group.opened", group.pk, by, at)
        _roll(by, at)
    return group.pk


def change_group(*, group_id: UUID, plan: GroupPlan, by: Actor, at: datetime) -> None:
    """Change what a group is. New leaders begin today, and lead what is in the calendar from now on.

    Raises GroupNotHere, NoTimes, BadSlot, TooManySessions, SlotInUse, TooFewChairs, TooManyChairs,
    SpaceNotHere, PersonNotHere, DoubleBooked when a leader who comes back is taken.
    """
    _check_slots(plan)
    with transaction.atomic():
        group = Group.objects.select_for_update().filter(pk=group_id).first()
        if group is None:
            raise GroupNotHere
        today = clinic_day(by.organization_id, at)
        held = Seat.objects.filter(lasting(today), group=group).values("place").distinct().count()
        if plan.capacity < held:
            raise TooFewChairs(held)
        _check_size(group.program_id, plan, today)
        _describe(group, plan)
        group.save()
        _replace_slots(group, plan.slots, at)
        _replace_leaders(group, plan.leaders, today, at)
        _told("timetable.group.changed", group.pk, by, at)
        _roll(by, at)


def keep_hour(
    *,
    staff_id: UUID,
    weekday: int,
    starts: time,
    ends: time,
    by_video: bool,
    space_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """A counselor keeps a weekly hour for talks. Raises PersonNotHere, BadSlot, HourTwice, SpaceNotHere."""
    if ends <= starts:
        raise BadSlot(weekday)
    with transaction.atomic():
        people.require_person(staff_id)
        with refusing({"timetable_counselor_hour_once": HourTwice()}):
            row = CounselorHour.objects.create(
                organization_id=by.organization_id,
                staff_id=staff_id,
                weekday=weekday,
                starts=starts,
                ends=ends,
                by_video=by_video,
                space_id=space_id,
            )
        if space_id and not CounselorHour.objects.filter(pk=row.pk, space__seats__gt=0).exists():
            raise SpaceNotHere
        audit.record(
            by=by, at=at, event="timetable.hour.kept", subject_kind="counselor_hour", subject_id=row.pk
        )
    return row.pk


def drop_hour(*, hour_id: UUID, by: Actor, at: datetime) -> None:
    """A counselor gives up a weekly hour nobody ever had. Raises HourNotHere, HourInUse."""
    with transaction.atomic():
        row = CounselorHour.objects.select_for_update().filter(pk=hour_id).first()
        if row is None:
            raise HourNotHere
        if row.seats.exists():
            raise HourInUse
        row.delete()
        audit.record(
            by=by, at=at, event="timetable.hour.dropped", subject_kind="counselor_hour", subject_id=hour_id
        )


def _check_slots(plan: GroupPlan) -> None:
    slots = plan.slots
    if not slots:
        raise NoTimes
    if plan.attend > len(slots):
        raise TooManySessions
    for slot in slots:
        pause = (slot.break_starts, slot.break_ends)
        if slot.ends <= slot.starts or (None in pause and pause != (None, None)):
            raise BadSlot(slot.weekday)
        if pause[0] and pause[1] and not slot.starts <= pause[0] < pause[1] <= slot.ends:
            raise BadSlot(slot.weekday)


def _check_size(program_id: UUID, plan: GroupPlan, on: date) -> None:
    rules = program.program_rules([program_id])[program_id]
    over = over_cap(plan.kind, plan.capacity, rules.pack, on)
    if over is not None and over.blocks:
        raise TooManyChairs(over.cap, over.pack)


def _roll(by: Actor, at: datetime) -> None:
    make_calendar(until=clinic_day(by.organization_id, at) + HORIZON, by=by, at=at)


def _told(event: str, group_id: UUID, by: Actor, at: datetime) -> None:
    audit.record(by=by, at=at, event=event, subject_kind="group", subject_id=group_id)


def _describe(group: Group, plan: GroupPlan) -> None:
    for name in (
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
        "attend",
    ):
        setattr(group, name, getattr(plan, name))


def _write_slots(group: Group, slots: Collection[SlotTimes]) -> None:
    rows = [
        Slot(
            organization_id=group.organization_id,
            group=group,
            weekday=slot.weekday,
            starts=slot.starts,
            ends=slot.ends,
            break_starts=slot.break_starts,
            break_ends=slot.break_ends,
            space_id=slot.space_id,
        )
        for slot in slots
    ]
    Slot.objects.bulk_create(rows)
    wanted = [row.pk for row in rows if row.space_id]
    # A foreign key is checked past the row-level policies; this join is not.
    if Slot.objects.filter(pk__in=wanted, space__seats__gt=0).count() != len(wanted):
        raise SpaceNotHere


def _replace_slots(group: Group, slots: Sequence[SlotTimes], at: datetime) -> None:
    """Keep what is the same, remove what nobody was ever booked at, add the rest."""
    same = {_times(row): row for row in group.slots.all()}
    gone = [row.pk for key, row in same.items() if key not in slots]
    ours = Appointment.objects.filter(slot__in=gone)
    if Booking.objects.filter(appointment__in=ours, patient__isnull=False).exists():
        raise SlotInUse
    if ours.filter(starts_at__lte=at).exists() or SeatSlot.objects.filter(slot__in=gone).exists():
        raise SlotInUse
    for kind in (Booking, Cancellation, Move):
        kind.objects.filter(appointment__in=ours).delete()
    ours.delete()
    Slot.objects.filter(pk__in=gone).delete()
    _write_slots(group, [slot for slot in slots if slot not in same])


def _times(row: Slot) -> SlotTimes:
    return SlotTimes(row.weekday, row.starts, row.ends, row.break_starts, row.break_ends, row.space_id)


def _write_leaders(group: Group, leaders: Collection[UUID], starts_on: date) -> None:
    for staff_id in sorted(leaders):
        people.require_person(staff_id)
        Leading.objects.create(
            organization_id=group.organization_id, group=group, staff_id=staff_id, starts_on=starts_on
        )


def _replace_leaders(group: Group, leaders: frozenset[UUID], today: date, at: datetime) -> None:
    now = {row.staff_id: row for row in Leading.objects.filter(lasting(today), group=group)}
    gone = [row for staff_id, row in now.items() if staff_id not in leaders]
    ahead = Booking.objects.filter(appointment__slot__group=group, starts_at__gt=at)
    Diary(group.organization_id).released(ahead.filter(staff__in=[row.staff_id for row in gone]), at)
    Leading.objects.filter(pk__in=[row.pk for row in gone if row.starts_on >= today]).delete()
    Leading.objects.filter(pk__in=[row.pk for row in gone if row.starts_on < today]).update(ends_on=today)
    new = leaders - now.keys()
    _write_leaders(group, new, max(today, group.starts_on))
    with refusing():
        ahead.filter(staff__in=new, appointment__cancellation=None).update(released_at=None)
