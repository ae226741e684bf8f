"""Who must not meet whom. Only these functions read it; what they return never names a reason."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from homeground.timetable.models import Booking, NoContact, Seat


def apart_from(person_id: UUID) -> frozenset[UUID]:
    """The persons this one must not meet here. One statement. Not for display."""
    rows = NoContact.objects.filter(Q(one_id=person_id) | Q(other_id=person_id)).values_list(
        "one_id", "other_id"
    )
    return frozenset(one if other == person_id else other for one, other in rows)


def closed_groups(person_id: UUID, on: date) -> frozenset[UUID]:
    """Groups that are not available to this person from a day on. Two statements."""
    apart = apart_from(person_id)
    rows = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), episode__patient__person__in=apart)
    return frozenset(rows.values_list("group_id", flat=True).distinct())


def closed_appointments(person_id: UUID, appointment_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Appointments among these that are not available to this person. Two statements."""
    rows = Booking.objects.filter(
        appointment__in=appointment_ids,
        released_at=None,
        patient__person__in=apart_from(person_id),
    )
    return frozenset(rows.values_list("appointment_id", flat=True))
