"""Exceptions to the weekly template: an appointment cancelled, moved, or led by somebody else."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.timetable.actions.diary import Diary, refusing
from homeground.timetable.actions.notices import tell_booked
from homeground.timetable.models import Appointment, Booking, Cancellation, Move

LONGEST = timedelta(hours=12)
FARTHEST = timedelta(days=366)


class Reason(StrEnum):
    """Why the program cancels. All of them count as excused for everybody (check D21)."""

    HOLIDAY = "holiday"
    STAFF = "staff"
    WEATHER = "weather"
    ROOM = "room"
    OTHER = "other"


class AppointmentNotHere(Exception):
    """No such appointment in the organization in scope."""


class AlreadyCancelled(Exception):
    """The appointment was cancelled before."""


class AlreadyBegun(Exception):
    """The appointment has begun: what happens in it is told by attendance, not by the calendar."""


class SpaceNotHere(Exception):
    """No such space in the organization in scope."""


class BadTimes(Exception):
    """An appointment ends after it starts, lasts at most 12 hours and lies within the coming year."""


def cancel_appointment(*, appointment_id: UUID, reason: Reason, by: Actor, at: datetime) -> None:
    """Cancel one appointment for everybody and give back what it takes.

    Raises AppointmentNotHere, AlreadyCancelled, AlreadyBegun.
    """
    with transaction.atomic():
        row = _ahead(appointment_id, at)
        with refusing({"timetable_cancellation_appointment_id_key": AlreadyCancelled()}):
            Cancellation.objects.create(
                organization_id=by.organization_id,
                appointment=row,
                reason=reason.value,
                at=at,
                by_id=by.account_id,
            )
        tell_booked(rows=Booking.objects.filter(appointment=row), by=by, at=at)
        released = Diary(by.organization_id).release([row.pk], at)
        audit.record(
            by=by,
            at=at,
            event="timetable.appointment.cancelled",
            subject_kind="appointment",
            subject_id=row.pk,
            facts={"reason": reason.value, "released": released},
        )


def move_appointment(
    *,
    appointment_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    space_id: UUID | None,
    by: Actor,
    at: datetime,
) -> None:
    """Give one appointment other times, and the space it is held in then (None: by video or elsewhere).

    The break keeps its distance from the start and falls away when it no longer fits. Everybody booked
    moves along. Raises AppointmentNotHere, AlreadyCancelled, AlreadyBegun, BadTimes, SpaceNotHere, and
    DoubleBooked with the space, staff or patient that is taken then; nothing is changed in that case.
    """
    if not at < starts_at < ends_at <= starts_at + LONGEST or starts_at > at + FARTHEST:
        raise BadTimes
    with transaction.atomic():
        row = _ahead(appointment_id, at)
        before = (row.starts_at, row.ends_at)
        tell_booked(rows=Booking.objects.filter(appointment=row), by=by, at=at)
        _shift(row, starts_at, ends_at)
        diary = Diary(by.organization_id)
        spaces = Booking.objects.filter(appointment=row, space__isnull=False, released_at=None)
        diary.released(spaces.exclude(space_id=space_id) if space_id else spaces, at)
        with refusing():
            Booking.objects.filter(appointment=row, released_at=None).update(
                starts_at=starts_at, ends_at=ends_at
            )
        if space_id is not None and not spaces.exists():
            diary.write([diary.booking(row, space_id=space_id)])
            if not spaces.filter(space__name__isnull=False).exists():
                raise SpaceNotHere  # a key is checked past the policies, this join is not
        Move.objects.create(
            organization_id=by.organization_id,
            appointment=row,
            from_starts_at=before[0],
            from_ends_at=before[1],
            at=at,
            by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="timetable.appointment.moved",
            subject_kind="appointment",
            subject_id=row.pk,
            facts={"from": before[0].isoformat(), "to": starts_at.isoformat()},
        )


def substitute_leader(*, appointment_id: UUID, staff_id: UUID, by: Actor, at: datetime) -> None:
    """Have somebody else lead one appointment; whoever led it is free at that time.

    Raises AppointmentNotHere, AlreadyCancelled, AlreadyBegun, PersonNotHere, DoubleBooked("staff").
    """
    with transaction.atomic():
        people.require_person(staff_id)
        row = _ahead(appointment_id, at)
        diary = Diary(by.organization_id)
        leading = Booking.objects.filter(appointment=row, staff__isnull=False, released_at=None)
        tell_booked(rows=leading.exclude(staff_id=staff_id), by=by, at=at)
        diary.released(leading.exclude(staff_id=staff_id), at)
        if not leading.exists():
            diary.write([diary.booking(row, staff_id=staff_id)])
            tell_booked(rows=leading, by=by, at=at)
        audit.record(
            by=by,
            at=at,
            event="timetable.appointment.substituted",
            subject_kind="appointment",
            subject_id=row.pk,
            facts={"staff": str(staff_id)},
        )


def leave_to_others(*, appointment_id: UUID, staff_id: UUID, by: Actor, at: datetime) -> None:
    """Of several who lead, one does not come; the others hold the appointment.

    Raises AppointmentNotHere, AlreadyCancelled, AlreadyBegun.
    """
    with transaction.atomic():
        row = _ahead(appointment_id, at)
        leading = Booking.objects.filter(appointment=row, staff_id=staff_id, released_at=None)
        Diary(by.organization_id).released(leading, at)
        audit.record(
            by=by,
            at=at,
            event="timetable.appointment.left_to_others",
            subject_kind="appointment",
            subject_id=row.pk,
            facts={"staff": str(staff_id)},
        )


def hold_by_video(*, appointment_id: UUID, by: Actor, at: datetime) -> None:
    """Hold one appointment by video: everybody expected joins that way, and the room is free.

    Raises AppointmentNotHere, AlreadyCancelled, AlreadyBegun.
    """
    with transaction.atomic():
        row = _ahead(appointment_id, at)
        booked = Booking.objects.filter(appointment=row, released_at=None)
        tell_booked(rows=booked, by=by, at=at)
        joined = booked.filter(patient__isnull=False, by_video=False).update(by_video=True)
        Diary(by.organization_id).released(booked.filter(space__isnull=False), at)
        audit.record(
            by=by,
            at=at,
            event="timetable.appointment.by_video",
            subject_kind="appointment",
            subject_id=row.pk,
            facts={"people": joined},
        )


def _ahead(appointment_id: UUID, at: datetime) -> Appointment:
    """The appointment, locked, when it can still be changed."""
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise AppointmentNotHere
    if Cancellation.objects.filter(appointment=row).exists():
        raise AlreadyCancelled
    if row.starts_at <= at:
        raise AlreadyBegun
    return row


def _shift(row: Appointment, starts_at: datetime, ends_at: datetime) -> None:
    shift = starts_at - row.starts_at
    pause: tuple[datetime | None, datetime | None] = (None, None)
    if row.break_starts_at and row.break_ends_at and row.break_ends_at + shift <= ends_at:
        pause = (row.break_starts_at + shift, row.break_ends_at + shift)
    row.starts_at, row.ends_at = starts_at, ends_at
    row.break_starts_at, row.break_ends_at = pause
    row.save(update_fields=["starts_at", "ends_at", "break_starts_at", "break_ends_at"])
