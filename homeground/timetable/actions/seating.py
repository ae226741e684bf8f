"""What one seat needs: the rules it must pass, its chair, its bookings, its counselor hour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.program import queries as program
from homeground.timetable.actions.diary import Diary, refusing
from homeground.timetable.models import (
    Appointment,
    CounselorHour,
    CounselorSeat,
    Group,
    Seat,
)
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.apart import closed_groups
from homeground.timetable.queries.board import meeting
from homeground.timetable.queries.gates import applicant, group_admits
from homeground.timetable.rules.floor import Prescription, Shortfall, shortfall
from homeground.timetable.rules.gates import Gate, closed_gate
from homeground.timetable.rules.occurrences import HORIZON, Weekly, local_day, occurrences


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


@dataclass(frozen=True, slots=True)
class Seating:
    """The writes of one seat, once nothing speaks against it."""

    group: Group
    episode: chart.EpisodeFacts
    by_video: bool
    starts_on: date
    by: Actor
    at: datetime

    def check(self) -> None:
        """Every rule that does not depend on the chairs. Raises the refusal that applies first."""
        _may_sit(self.group, self.episode, self.by_video, self.starts_on)

    def chair(self) -> Seat:
        """The lowest chair free from that day on. Raises AlreadySeated, GroupFull."""
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
            return Seat.objects.create(
                organization_id=self.by.organization_id,
                group=self.group,
                episode_id=self.episode.id,
                place=place,
                by_video=self.by_video,
                starts_on=self.starts_on,
                seated_at=self.at,
                seated_by_id=require_account(self.by),
            )

    def book(self) -> tuple[int, tuple[date, ...]]:
        """Book the group's appointments ahead; returns how many, and the days promised to others."""
        patient_id = self.episode.patient.patient_id
        left_out, rows = [], []
        diary = Diary(self.by.organization_id)
        for row in self._ahead(patient_id):
            if row.mine:  # type: ignore[attr-defined]  # annotated in _ahead
                continue
            if row.people >= self.group.capacity:  # type: ignore[attr-defined]
                left_out.append(row.slot_on)
                continue
            rows.append(diary.booking(row, patient_id=patient_id, by_video=self.by_video))
        return diary.write(rows) if rows else 0, tuple(left_out)

    def _ahead(self, patient_id: UUID) -> QuerySet[Appointment]:
        here = Q(bookings__released_at=None, bookings__patient__isnull=False)
        mine = Q(bookings__released_at=None, bookings__patient_id=patient_id)
        return (
            Appointment.objects.filter(
                slot__group=self.group, slot_on__gte=self.starts_on, starts_at__gt=self.at, cancellation=None
            )
            .annotate(people=Count("bookings", filter=here), mine=Count("bookings", filter=mine))
            .order_by("starts_at", "id")
        )

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
    if group.kind == Group.Kind.CORE:
        owed = group.program
        short = shortfall(
            [meeting(slot) for slot in group.slots.order_by("weekday", "starts")],
            group.attend,
            Prescription(owed.core_minutes, owed.min_days, owed.max_days, owed.min_day_minutes),
        )
        if short is not None:
            raise BelowFloor(short)
    if group.pk in closed_groups(episode.patient.person_id, starts_on):
        raise NotAvailable
