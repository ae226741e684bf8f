"""Ending what repeats every week: a group, a counselor's hour, the seats of a stay; and closing a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.program import actions as closing
from homeground.timetable.actions.appointments import Reason
from homeground.timetable.actions.calendar import make_calendar
from homeground.timetable.actions.diary import Diary
from homeground.timetable.actions.holds import end_holds
from homeground.timetable.actions.notices import tell_booked
from homeground.timetable.actions.seating import GroupNotHere, HourNotHere
from homeground.timetable.actions.seats import end_counselor_hour, unseat
from homeground.timetable.models import (
    Appointment,
    Booking,
    Cancellation,
    CounselorHour,
    CounselorSeat,
    Group,
    Leading,
    Move,
    Seat,
)
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.day import clinic_day
from homeground.timetable.rules.occurrences import HORIZON


class EndsTooEarly(Exception):
    """What repeats ends today at the earliest; a group also after its first day."""


class EndedBefore(Exception):
    """It has an end already, and not a later one."""


@dataclass(frozen=True, slots=True)
class GroupEnded:
    """What ending a group did: chairs that ended, guests who lost a make-up, appointments taken away."""

    seats: int
    guests: int
    appointments: int


def end_group(*, group_id: UUID, ends_on: date, by: Actor, at: datetime) -> GroupEnded:
    """End a group; `ends_on` is the first day it no longer meets. Everybody's chair ends with it.

    What the calendar holds from that day on is taken out of it; an appointment that a guest for the day is
    booked into is cancelled instead, so that the guest sees it. Raises GroupNotHere, EndsTooEarly,
    EndedBefore.
    """
    with transaction.atomic():
        group = Group.objects.select_for_update().filter(pk=group_id).first()
        if group is None:
            raise GroupNotHere
        if ends_on <= group.starts_on or ends_on < clinic_day(by.organization_id, at):
            raise EndsTooEarly
        if group.ends_on is not None and group.ends_on <= ends_on:
            raise EndedBefore
        end_holds(which=Q(seat__group=group), why="group_ended", by=by, at=at)
        seats = list(Seat.objects.filter(lasting(ends_on), group=group).values_list("pk", flat=True))
        ahead = Appointment.objects.filter(slot__group=group, slot_on__gte=ends_on, starts_at__gt=at)
        tell_booked(rows=Booking.objects.filter(appointment__in=ahead), by=by, at=at)
        for seat_id in seats:
            unseat(seat_id=seat_id, ends_on=ends_on, tells=False, by=by, at=at)
        Leading.objects.filter(group=group, starts_on__gte=ends_on).delete()
        Leading.objects.filter(lasting(ends_on), group=group).update(ends_on=ends_on)
        Group.objects.filter(pk=group_id).update(ends_on=ends_on)
        guests = _cancel_for_guests(ahead, by, at)
        taken = _take_out(ahead.filter(cancellation=None))
        audit.record(
            by=by,
            at=at,
            event="timetable.group.ended",
            subject_kind="group",
            subject_id=group_id,
            facts={"ends_on": ends_on.isoformat(), "seats": len(seats), "guests": guests},
        )
    return GroupEnded(len(seats), guests, taken)


def end_hour(*, hour_id: UUID, ends_on: date, by: Actor, at: datetime) -> int:
    """A counselor keeps a weekly hour no longer; `ends_on` is the first day without it.

    Whoever has it loses it then: returns how many people that is. From now on it is offered to nobody.
    Raises HourNotHere, EndsTooEarly, EndedBefore.
    """
    with transaction.atomic():
        hour = CounselorHour.objects.select_for_update().filter(pk=hour_id).first()
        if hour is None:
            raise HourNotHere
        if ends_on < clinic_day(by.organization_id, at):
            raise EndsTooEarly
        if hour.ends_on is not None and hour.ends_on <= ends_on:
            raise EndedBefore
        held = list(CounselorSeat.objects.filter(lasting(ends_on), hour=hour).values_list("pk", flat=True))
        for seat_id in held:
            end_counselor_hour(counselor_seat_id=seat_id, ends_on=ends_on, by=by, at=at)
        CounselorHour.objects.filter(pk=hour_id).update(ends_on=ends_on)
        _take_out(
            Appointment.objects.filter(
                counselor_seat__in=held, slot_on__gte=ends_on, starts_at__gt=at, cancellation=None
            )
        )
        audit.record(
            by=by,
            at=at,
            event="timetable.hour.ended",
            subject_kind="counselor_hour",
            subject_id=hour_id,
            facts={"ends_on": ends_on.isoformat(), "people": len(held)},
        )
    return len(held)


def end_seats_of_stay(*, episode_id: UUID, ends_on: date, by: Actor, at: datetime) -> int:
    """Free every chair and hour a stay holds from a day on, because the stay ends then. Returns how many.

    Doing it again changes nothing.
    """
    with transaction.atomic():
        end_holds(which=Q(seat__episode=episode_id), why="stay_ended", by=by, at=at)
        ends_on = max(ends_on, clinic_day(by.organization_id, at))
        seats = list(Seat.objects.filter(lasting(ends_on), episode=episode_id).values_list("pk", flat=True))
        for seat_id in seats:
            unseat(seat_id=seat_id, ends_on=ends_on, tells=False, by=by, at=at)  # whoever discharges tells
        hours = CounselorSeat.objects.filter(lasting(ends_on), episode=episode_id)
        for held in list(hours.values_list("pk", flat=True)):
            end_counselor_hour(counselor_seat_id=held, ends_on=ends_on, by=by, at=at)
            seats.append(held)
        _take_out(
            Appointment.objects.filter(
                counselor_seat__episode=episode_id, slot_on__gte=ends_on, starts_at__gt=at, cancellation=None
            )
        )
        guest = Booking.objects.filter(
            patient__episodes=episode_id, make_up=True, starts_at__gt=at, appointment__slot_on__gte=ends_on
        )
        Diary(by.organization_id).released(guest, at)
    return len(seats)


def close_center(*, center_id: UUID, on: date, name: str, by: Actor, at: datetime) -> int:
    """Close a center on a day and cancel what its programs would have held. Returns how many appointments.

    Raises CenterNotHere, ClosedInThePast, ClosedAlready of the program room.
    """
    with transaction.atomic():
        today = clinic_day(by.organization_id, at)
        closing.close_on(center_id=center_id, on=on, today=today, name=name, by=by, at=at)
        here = Q(appointment__slot__group__program__center=center_id)
        here |= Q(appointment__counselor_seat__episode__program__center=center_id)
        tell_booked(rows=Booking.objects.filter(here, appointment__slot_on=on), by=by, at=at)
        return make_calendar(until=today + HORIZON, by=by, at=at).holidays


def _cancel_for_guests(ahead: QuerySet[Appointment], by: Actor, at: datetime) -> int:
    """Cancel the appointments somebody is still booked into; returns how many people that is."""
    here = Booking.objects.filter(appointment=OuterRef("pk"), patient__isnull=False, released_at=None)
    rows = list(ahead.filter(Exists(here), cancellation=None))
    guests = Booking.objects.filter(appointment__in=rows, patient__isnull=False, released_at=None).count()
    Cancellation.objects.bulk_create(
        Cancellation(
            organization_id=by.organization_id,
            appointment=row,
            reason=Reason.OTHER.value,
            at=at,
            by_id=by.account_id,
        )
        for row in rows
    )
    Diary(by.organization_id).release([row.pk for row in rows], at)
    return guests


def _take_out(rows: QuerySet[Appointment]) -> int:
    """Remove appointments to come that nobody will attend, with what they took."""
    gone = list(rows.values_list("pk", flat=True))
    for kind in (Booking, Move):
        kind.objects.filter(appointment__in=gone).delete()
    Appointment.objects.filter(pk__in=gone).delete()
    return len(gone)
