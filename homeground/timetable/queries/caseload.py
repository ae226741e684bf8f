"""Whom a member of staff works with, by the groups they lead and the appointments they are booked for."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from homeground.timetable.models import Booking, Seat

NEAR = timedelta(days=30)


def patients_of(staff_id: UUID, on: date) -> frozenset[UUID]:
    """Patients in a group this person leads on a day, or whom they meet within 30 days. One statement.

    Whoever stands in for a leader is booked for the appointment, and so works with the people in it.
    """
    holds = Q(ends_on=None) | Q(ends_on__gt=on)
    leads = Q(group__leaders__ends_on=None) | Q(group__leaders__ends_on__gt=on)
    seated = Seat.objects.filter(holds, leads, group__leaders__staff_id=staff_id).values_list(
        "episode__patient_id"
    )
    met = Booking.objects.filter(
        patient_id__isnull=False,
        released_at=None,
        starts_at__date__range=(on - NEAR, on + NEAR),
        appointment__bookings__staff_id=staff_id,
        appointment__bookings__released_at=None,
    ).values_list("patient_id")
    return frozenset(patient_id for (patient_id,) in seated.union(met))
