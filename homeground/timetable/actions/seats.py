"""Seating a patient in a group and with a counselor, and ending it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from homeground.audit import actions as audit
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
)
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


class SeatNotHere(Refused):
    """No such seat in the organization in scope, or it has ended."""


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


class EndsBeforeToday(Refused):
    """A seat that has been used cannot end in the past."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat given. `appointments` were booked; on the days in `left_out` every chair is promised already."""

    seat_id: UUID
    place: int
    appointments: int
    left_out: tuple[date, ...]
    counselor_seat_id: UUID | None


def seat(
    *,
    episode_id: UUID,
    group_id: UUID,
    counselor_hour_id: UUID | None = None,
    by_video: bool = False,
    starts_on: date,
    by: Actor,
    at: datetime,
) -> Seated:
    """Give a patient the lowest free chair of a group from a day on, and a weekly counselor hour if asked.

    Books them into every appointment of the group that is already in the calendar. The group's row is
    locked, so of many at once one gets the last chair; the database's exclusion constraints stand behind.
    Raises a subclass of Refused that names the reason, or DoubleBooked when the patient is elsewhere then.
    """
    with transaction.atomic():
        group = (
            Group.objects.select_for_update(of=("self",))
            .select_related("program")
            .filter(pk=group_id)
            .first()
        )
        if group is None:
            raise GroupNotHere
        episode = chart.episode(episode_id, starts_on)
        if episode is None:
            raise EpisodeNotHere
        _may_sit(group, episode, by_video, starts_on)
        taken = _Seating(group, episode, by_video or group.video, starts_on, by, at)
        given = taken.chair()
        booked, left_out = taken.book()
        counselor = taken.counselor(counselor_hour_id) if counselor_hour_id else None
        audit.record(
            by=by,
            at=at,
            event="timetable.seat.given",
            subject_kind="seat",
            subject_id=given.pk,
            patient_id=episode.patient.patient_id,
            facts={"group": str(group.pk), "place": given.place, "appointments": booked},
        )
    return Seated(given.pk, given.place, booked, left_out, counselor.pk if counselor else None)


def unseat(*, seat_id: UUID, ends_on: date, by: Actor, at: datetime) -> int:
    """End a seat; `ends_on` is the first day the chair is free. Returns how many bookings were given back.

    A seat that has not begun by then is removed. Sessions that were already held keep their bookings.
    Raises SeatNotHere, EndsBeforeToday.
    """
    with transaction.atomic():
        rows = Seat.objects.select_for_update(of=("self",)).select_related("episode")
        given = rows.filter(_open(ends_on), pk=seat_id).first()
        if given is None:
            raise SeatNotHere
        if ends_on < _today(by, at) and given.starts_on < _today(by, at):
            raise EndsBeforeToday
        patient_id, group_id = given.episode.patient_id, given.group_id
        if given.starts_on < ends_on:
            given.ends_on = ends_on
            given.save(update_fields=["ends_on"])
        else:
            given.delete()
        ahead = Booking.objects.filter(
            patient_id=patient_id,
            make_up=False,
            appointment__slot__group_id=group_id,
            appointment__slot_on__gte=ends_on,
            starts_at__gt=at,
        )
        released = Diary(by.organization_id).released(ahead, at)
        audit.record(
            by=by,
            at=at,
            event="timetable.seat.ended",
            subject_kind="seat",
            subject_id=seat_id,
            patient_id=patient_id,
            facts={"group": str(group_id), "ends_on": ends_on.isoformat(), "released": released},
        )
    return released


def end_counselor_hour(*, counselor_seat_id: UUID, ends_on: date, by: Actor, at: datetime) -> int:
    """End a weekly counselor hour; `ends_on` is the first day it is free. Returns the bookings given back.

    Raises SeatNotHere.
    """
    with transaction.atomic():
        rows = CounselorSeat.objects.select_for_update(of=("self",)).select_related("episode")
        given = rows.filter(_open(ends_on), pk=counselor_seat_id).first()
        if given is None:
            raise SeatNotHere
        given.ends_on = max(ends_on, given.starts_on + date.resolution)
        given.save(update_fields=["ends_on"])
        ahead = Booking.objects.filter(
            appointment__counselor_seat=given, appointment__slot_on__gte=given.ends_on, starts_at__gt=at
        )
        released = Diary(by.organization_id).released(ahead, at)
        audit.record(
            by=by,
            at=at,
            event="timetable.counselor_seat.ended",
            subject_kind="counselor_seat",
            subject_id=given.pk,
            patient_id=given.episode.patient_id,
            facts={"ends_on": ends_on.isoformat(), "released": released},
        )
    return released


def _open(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=on)


def _today(by: Actor, at: datetime) -> date:
    house = program.house(by.organization_id)
    return local_day(at, house.zone if house else "UTC")


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


@dataclass(frozen=True, slots=True)
class _Seating:
    """The writes of one seat, once nothing speaks against it."""

    group: Group
    episode: chart.EpisodeFacts
    by_video: bool
    starts_on: date
    by: Actor
    at: datetime

    def chair(self) -> Seat:
        """The lowest chair free from that day on. Raises AlreadySeated, GroupFull."""
        held = Seat.objects.filter(_open(self.starts_on))
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
        hour = CounselorHour.objects.select_for_update().filter(pk=hour_id).first()
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
