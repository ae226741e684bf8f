"""What an ending or a closed day would touch, before it is decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from homeground.timetable.models import Appointment, Booking


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody booked for one day into a group that is about to end."""

    name: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Touched:
    """An appointment a closed day would cancel; `group` is empty for a talk."""

    id: UUID
    group: str
    starts_at: datetime
    people: int


def guests_ahead(group_id: UUID, at: datetime) -> tuple[Guest, ...]:
    """Who comes to a group as a guest from now on, in order of time. One statement."""
    rows = Booking.objects.filter(
        appointment__slot__group=group_id, make_up=True, released_at=None, starts_at__gt=at
    ).select_related("patient__person")
    return tuple(_guest(row) for row in rows.order_by("starts_at", "id"))


def touched_by_closing(center_id: UUID, on: date, at: datetime) -> tuple[Touched, ...]:
    """What a center's programs would have held on a day to come, in order. One statement."""
    rows = Appointment.objects.filter(
        Q(slot__group__program__center=center_id) | Q(counselor_seat__episode__program__center=center_id),
        slot_on=on,
        starts_at__gt=at,
        cancellation=None,
    )
    here = Q(bookings__patient__isnull=False, bookings__released_at=None)
    return tuple(
        Touched(id, group or "", starts_at, people)
        for id, group, starts_at, people in rows.annotate(people=Count("bookings", filter=here))
        .order_by("starts_at", "id")
        .values_list("id", "slot__group__name", "starts_at", "people")
    )


def _guest(row: Booking) -> Guest:
    assert row.patient is not None
    person = row.patient.person
    return Guest(f"{person.called or person.given_name} {person.family_name}".strip(), row.starts_at)
