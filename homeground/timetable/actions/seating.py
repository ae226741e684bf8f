"""What one seat needs: the rules it must pass, its chair, its bookings, its counselor hour."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations
from uuid import UUID

from django.db.models import Q

from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.program import queries as program
from homeground.timetable.actions.diary import Diary, refusing
from homeground.timetable.models import (
    Appointment,
    Booking,
    CounselorHour,
    CounselorSeat,
    Group,
    Seat,
    SeatSlot,
    Slot,
)
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.apart import closed_groups
from homeground.timetable.queries.board import meeting
from homeground.timetable.queries.fit import sessions_that_fit
from homeground.timetable.queries.gates import applicant, group_admits
from homeground.timetable.rules.floor import Prescription, Shortfall, shortfall
from homeground.timetable.rules.gates import Gate, closed_gate
from homeground.timetable.rules.occurrences import HORIZON, Weekly, local_day, occurrences

type Sessions = frozenset[tuple[int, time]]
"""Sessions of a group by weekday (0 = Monday) and start; none named: all, or those that fit."""


class Refused(Exception):
    """A seat that cannot be given; every reason has a class of its own below."""


class GroupNotHere(Refused):
    """No such group in the organization in scope."""


class EpisodeNotHere(Refused):
    """No such episode of care in the organization in scope."""


class HourNotHere(Refused):
    """No such counselor hour in the organization in scope."""


class EpisodeNotOpen(Refused):
    """The stay has ended, or does not cover the first day of the seat."""


class GroupNotRunning(Refused):
    """The group has not begun by that day, or has ended."""


class NotForThisPerson(Refused):
    """The group is meant for others: `gate` says which way."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(gate.value)
        self.gate = gate


class NotForThisPopulation(NotForThisPerson):
    """Adults and adolescents are never in one group (check A18)."""


class BelowFloor(Refused):
    """The group's week misses the program's hours or days: "510 < 540" (checks A01, A02)."""

    def __init__(self, by: Shortfall) -> None:
        super().__init__(f"{by.kind.value}: {by.found}, {by.wanted}")
        self.by = by


class AlreadySeated(Refused):
    """The patient has a seat in a core group, or in this one, at that time."""


class NotAvailable(Refused):
    """This group is not available to this person. Deliberately says no more (check D18)."""


class GroupFull(Refused):
    """Every chair is taken (check D01)."""


class NoVideoSeats(Refused):
    """This group cannot be joined by video."""


class HourTaken(Refused):
    """Somebody has this counselor hour."""


class NotTheseSessions(Refused):
    """The group does not meet then, or asks its members for another number of sessions."""


@dataclass(frozen=True, slots=True)
class Seating:
    """The writes of one seat, once nothing speaks against it."""

    group: Group
    episode: chart.EpisodeFacts
    by_video: bool
    starts_on: date
    by: Actor
    at: datetime
    sessions: Sessions = frozenset()

    def check(self) -> None:
        """Every rule that does not depend on the chairs. Raises the refusal that applies first."""
        _may_sit(self.group, self.episode, self.by_video, self.starts_on)

    def chair(self) -> Seat:
        """The lowest chair free from that day on. Raises AlreadySeated, GroupFull, NotTheseSessions."""
        held = Seat.objects.filter(lasting(self.starts_on))
        mine = Q(group=self.group)
        if self.group.kind == Group.Kind.CORE:
            mine |= Q(group__kind=Group.Kind.CORE)
        if held.filter(mine, episode_id=self.episode.id).exists():
            raise AlreadySeated
        taken = set(held.filter(group=self.group).values_list("place", flat=True))
        place = next((n for n in range(1, self.group.capacity + 1) if n not in taken), None)
        if place is None:
            raise GroupFull
        named: dict[str, Exception] = {
            "timetable_seat_chair_once": GroupFull(),
            "timetable_seat_person_once": AlreadySeated(),
        }
        with refusing(named):
            given = Seat.objects.create(
                organization_id=self.by.organization_id,
                group=self.group,
                episode_id=self.episode.id,
                place=place,
                by_video=self.by_video,
                starts_on=self.starts_on,
                seated_at=self.at,
                seated_by_id=require_account(self.by),
            )
        SeatSlot.objects.bulk_create(
            SeatSlot(organization_id=self.by.organization_id, seat=given, slot=slot) for slot in self._some()
        )
        return given

    def _some(self) -> tuple[Slot, ...]:
        """The slots the seat comes to where members come to some of them; none where they come to all."""
        slots = {(row.weekday, row.starts): row for row in _slots(self.group)}
        named = self.sessions
        if not named <= slots.keys():
            raise NotTheseSessions
        if not 0 < self.group.attend < len(slots):
            if named and len(named) < len(slots):
                raise NotTheseSessions
            return ()
        if not named:
            fitting = sessions_that_fit(self.episode, self.group.pk, on=self.starts_on)
            named = frozenset((each.weekday, each.starts) for each in fitting)
        chosen = tuple(row for at, row in slots.items() if at in named) or _first_enough(self.group, slots)
        if len(chosen) != self.group.attend:
            raise NotTheseSessions
        _require_enough(self.group, chosen)
        return chosen

    def book(self, given: Seat) -> tuple[int, tuple[date, ...]]:
        """Book the appointments ahead that the seat comes to; how many, and the days promised to others."""
        patient_id = self.episode.patient.patient_id
        ahead = Appointment.objects.filter(
            slot__group=self.group, slot_on__gte=self.starts_on, starts_at__gt=self.at, cancellation=None
        )
        if slots := given.comes_to.values_list("slot_id", flat=True):
            ahead = ahead.filter(slot__in=slots)
        rows = list(ahead.order_by("starts_at", "id"))
        here = Booking.objects.filter(appointment__in=rows, released_at=None, patient__isnull=False)
        present: Counter[UUID] = Counter()
        mine = set()
        for appointment_id, who in here.values_list("appointment_id", "patient_id"):
            present[appointment_id] += 1
            if who == patient_id:
                mine.add(appointment_id)
        missing = [row for row in rows if row.pk not in mine]
        diary = Diary(self.by.organization_id)
        booked = [
            diary.booking(row, patient_id=patient_id, by_video=self.by_video)
            for row in missing
            if present[row.pk] < self.group.capacity
        ]
        left_out = tuple(row.slot_on for row in missing if present[row.pk] >= self.group.capacity)
        return diary.write(booked) if booked else 0, left_out

    def counselor(self, hour_id: UUID) -> CounselorSeat:
        """Give the weekly hour and put its talks into the calendar. Raises HourNotHere, HourTaken."""
        hour = CounselorHour.objects.select_for_update().filter(pk=hour_id, ends_on=None).first()
        if hour is None:
            raise HourNotHere
        with refusing({"timetable_counselor_hour_one_person": HourTaken()}):
            given = CounselorSeat.objects.create(
                organization_id=self.by.organization_id,
                hour=hour,
                episode_id=self.episode.id,
                by_video=self.by_video and hour.by_video,
                starts_on=self.starts_on,
                seated_at=self.at,
                seated_by_id=require_account(self.by),
            )
        talks = list(self._talks(given, hour))
        Appointment.objects.bulk_create(talks)
        diary = Diary(self.by.organization_id)
        diary.write([row for talk in talks for row in diary.counselor_hour(talk, given)])
        return given

    def _talks(self, given: CounselorSeat, hour: CounselorHour) -> Iterator[Appointment]:
        house = program.house(self.by.organization_id)
        zone = house.zone if house else "UTC"
        today = local_day(self.at, zone)
        weekly = Weekly(hour.weekday, hour.starts, hour.ends, self.starts_on)
        closed = set(
            CounselorSeat.objects.filter(pk=given.pk).values_list(
                "episode__program__center__closures__on", flat=True
            )
        )
        for when in occurrences(weekly, first=today, until=today + HORIZON, zone=zone):
            if when.starts_at > self.at and when.on not in closed:
                yield Appointment(
                    organization_id=self.by.organization_id,
                    counselor_seat=given,
                    slot_on=when.on,
                    starts_at=when.starts_at,
                    ends_at=when.ends_at,
                    made_at=self.at,
                )


def _may_sit(group: Group, episode: chart.EpisodeFacts, by_video: bool, starts_on: date) -> None:
    """Every rule that does not depend on the chairs. Raises the refusal that applies first."""
    if episode.starts_on > starts_on or (episode.ends_on is not None and episode.ends_on <= starts_on):
        raise EpisodeNotOpen
    if group.starts_on > starts_on or (group.ends_on is not None and group.ends_on <= starts_on):
        raise GroupNotRunning
    gate = closed_gate(group_admits(group), applicant(episode, starts_on))
    if gate is Gate.POPULATION:
        raise NotForThisPopulation(gate)
    if gate is not None:
        raise NotForThisPerson(gate)
    if by_video and not (group.video or group.video_seats):
        raise NoVideoSeats
    _require_enough(group, _slots(group), group.attend)
    if group.pk in closed_groups(episode.patient.person_id, starts_on):
        raise NotAvailable


def _slots(group: Group) -> list[Slot]:
    return list(group.slots.order_by("weekday", "starts"))


def _require_enough(group: Group, slots: Sequence[Slot], attend: int = 0) -> None:
    """A core group's week has the hours prescribed, of some `attend` of these slots. Raises BelowFloor."""
    if group.kind == Group.Kind.CORE and (short := _short(group, slots, attend)) is not None:
        raise BelowFloor(short)


def _first_enough(group: Group, slots: Mapping[tuple[int, time], Slot]) -> tuple[Slot, ...]:
    """The earliest sessions that make a full week, for somebody whom no choice suits."""
    return next(
        choice
        for choice in combinations(slots.values(), group.attend)
        if group.kind != Group.Kind.CORE or _short(group, choice) is None
    )


def _short(group: Group, slots: Sequence[Slot], attend: int = 0) -> Shortfall | None:
    owed = group.program
    prescribed = Prescription(owed.core_minutes, owed.min_days, owed.max_days, owed.min_day_minutes)
    return shortfall([meeting(slot) for slot in slots], attend, prescribed)
