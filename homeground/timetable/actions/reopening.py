"""Taking back that a center is closed on a day: what was cancelled for it is held again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from homeground.ground.actor import Actor
from homeground.program import actions as closing
from homeground.timetable.actions.calendar import make_calendar
from homeground.timetable.actions.notices import tell_booked
from homeground.timetable.models import Booking, Cancellation
from homeground.timetable.queries.day import clinic_day
from homeground.timetable.rules.occurrences import HORIZON


@dataclass(frozen=True, slots=True)
class Reopened:
    """What opening again did: appointments held again, bookings that were taken meanwhile, and guests.

    `guests` had made up hours there; they were told that it is off and have to be booked anew.
    """

    appointments: int
    refused: int
    guests: int


def reopen_center(*, center_id: UUID, on: date, by: Actor, at: datetime) -> Reopened:
    """Open a center again on a day to come. Chairs, rooms and staff are booked as the week says now.

    A booking that had been given back before the day was closed stays given back; what was cancelled for
    another reason stays cancelled. Raises CenterNotHere, ClosedInThePast, NotClosed of the program room.
    """
    with transaction.atomic():
        today = clinic_day(by.organization_id, at)
        closing.reopen_on(center_id=center_id, on=on, today=today, by=by, at=at)
        here = Q(appointment__slot__group__program__center=center_id)
        here |= Q(appointment__counselor_seat__episode__program__center=center_id)
        cancelled = Cancellation.objects.filter(here, appointment__slot_on=on, reason="holiday")
        appointments = list(cancelled.values_list("appointment_id", flat=True))
        given_back = Booking.objects.filter(
            appointment__in=appointments, released_at=F("appointment__cancellation__at")
        )
        guests = given_back.filter(make_up=True).count()
        given_back.filter(make_up=False).delete()
        Cancellation.objects.filter(appointment__in=appointments).delete()
        made = make_calendar(until=today + HORIZON, by=by, at=at)
        tell_booked(rows=Booking.objects.filter(appointment__in=appointments), by=by, at=at)
    return Reopened(len(appointments), made.refused, guests)
