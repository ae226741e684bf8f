"""Seating a patient in a group and with a counselor, and ending it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.timetable.actions.diary import Diary
from homeground.timetable.actions.holds import end_holds
from homeground.timetable.actions.notices import tell_booked
from homeground.timetable.actions.seating import (
    EpisodeNotHere,
    GroupNotHere,
    Refused,
    Seating,
    Sessions,
)
from homeground.timetable.actions.waiting import stop_waiting
from homeground.timetable.models import Booking, CounselorSeat, Group, Hold, Seat
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.day import clinic_day
from homeground.timetable.rules.waiting import KEPT_FOR


class SeatNotHere(Refused):
    """No such seat in the organization in scope, or it has ended."""


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


@dataclass(frozen=True, slots=True)
class Held:
    """A chair kept until a moment."""

    hold_id: UUID
    seat_id: UUID
    place: int
    until: datetime


def seat(
    *,
    episode_id: UUID,
    group_id: UUID,
    counselor_hour_id: UUID | None = None,
    by_video: bool = False,
    sessions: Sessions = frozenset(),
    starts_on: date,
    by: Actor,
    at: datetime,
) -> Seated:
    """Give a patient the lowest free chair of a group from a day on, and a weekly counselor hour if asked.

    `sessions` says which ones they come to, where members of the group come to some of them.
    Books them into every appointment of the group that is already in the calendar. The group's row is
    locked, so of many at once one gets the last chair; the database's exclusion constraints stand behind.
    Raises a subclass of Refused that names the reason, or DoubleBooked when the patient is elsewhere then.
    """
    with transaction.atomic():
        taken = _opened(episode_id, group_id, by_video, starts_on, by, at, sessions)
        given = taken.chair()
        booked, left_out = taken.book(given)
        counselor = taken.counselor(counselor_hour_id) if counselor_hour_id else None
        if taken.group.kind == Group.Kind.CORE:
            stop_waiting(episode_id=episode_id, by=by, at=at)
        audit.record(
            by=by,
            at=at,
            event="timetable.seat.given",
            subject_kind="seat",
            subject_id=given.pk,
            patient_id=taken.episode.patient.patient_id,
            facts={"group": str(group_id), "place": given.place, "appointments": booked},
        )
    return Seated(given.pk, given.place, booked, left_out, counselor.pk if counselor else None)


def hold(
    *,
    episode_id: UUID,
    group_id: UUID,
    by_video: bool = False,
    sessions: Sessions = frozenset(),
    starts_on: date,
    by: Actor,
    at: datetime,
) -> Held:
    """Keep the lowest free chair of a group for a patient for 72 hours; nothing is booked meanwhile.

    Seating the same person in any group gives the kept chair back or uses it. Raises what `seat` raises.
    """
    with transaction.atomic():
        taken = _opened(episode_id, group_id, by_video, starts_on, by, at, sessions)
        kept = taken.chair()
        row = Hold.objects.create(
            organization_id=by.organization_id,
            seat=kept,
            until=at + KEPT_FOR,
            held_at=at,
            held_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="timetable.hold.made",
            subject_kind="hold",
            subject_id=row.pk,
            patient_id=taken.episode.patient.patient_id,
            facts={"group": str(group_id), "place": kept.place, "until": row.until.isoformat()},
        )
    return Held(row.pk, kept.pk, kept.place, row.until)


def _opened(
    episode_id: UUID,
    group_id: UUID,
    by_video: bool,
    starts_on: date,
    by: Actor,
    at: datetime,
    sessions: Sessions,
) -> Seating:
    """The group locked, every rule passed, and chairs kept for this person or past their time given back."""
    group = (
        Group.objects.select_for_update(of=("self",)).select_related("program").filter(pk=group_id).first()
    )
    if group is None:
        raise GroupNotHere
    episode = chart.episode(episode_id, starts_on)
    if episode is None:
        raise EpisodeNotHere
    taken = Seating(group, episode, by_video or group.video, starts_on, by, at, sessions)
    taken.check()
    end_holds(which=Q(seat__episode_id=episode_id), why="taken_up", by=by, at=at)
    end_holds(which=Q(seat__group=group, until__lte=at), why="expired", by=by, at=at)
    return taken


def unseat(*, seat_id: UUID, ends_on: date, tells: bool = True, by: Actor, at: datetime) -> int:
    """End a seat; `ends_on` is the first day the chair is free. Returns how many bookings were given back.

    Word is left for the person unless `tells` is off. A seat that has not begun by then is removed. Sessions
    that were already held keep their bookings.
    Raises SeatNotHere, EndsBeforeToday.
    """
    with transaction.atomic():
        rows = Seat.objects.select_for_update(of=("self",)).select_related("episode")
        given = rows.filter(lasting(ends_on), pk=seat_id).first()
        if given is None:
            raise SeatNotHere
        now = clinic_day(by.organization_id, at)
        if ends_on < now and given.starts_on < now:
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
        if tells:
            tell_booked(rows=ahead, by=by, at=at)
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
        given = rows.filter(lasting(ends_on), pk=counselor_seat_id).first()
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
