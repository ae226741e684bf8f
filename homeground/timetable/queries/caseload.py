"""Whom a member of staff works with, by the groups they lead and the appointments they are booked for."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from homeground.timetable.models import Booking, Seat

NEAR = timedelta(days=30)


WORKS_WITH = """
(exists (
   select from timetable_seat s
     join timetable_leading l on l.group_id = s.group_id
     join chart_episode e on e.id = s.episode_id
    where e.patient_id = stays.patient_id and l.staff_id = %(me)s
      and (s.ends_on is null or s.ends_on > %(on)s) and (l.ends_on is null or l.ends_on > %(on)s))
 or exists (
   select from timetable_booking b
     join timetable_booking m on m.appointment_id = b.appointment_id
    where b.patient_id = stays.patient_id and b.released_at is null
      and b.starts_at > %(at)s - interval '30 days' and b.starts_at < %(at)s + interval '30 days'
      and m.staff_id = %(me)s and m.released_at is null)
) as works_with
"""
"""What `patients_of` says, as a column of a larger statement that knows `stays.patient_id`."""


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


def caseloads(staff_ids: Collection[UUID], on: date) -> frozenset[tuple[UUID, UUID]]:
    """Who of these works with whom, as `patients_of` says it: pairs of staff and patient. One statement."""
    holds = Q(ends_on=None) | Q(ends_on__gt=on)
    leads = Q(group__leaders__ends_on=None) | Q(group__leaders__ends_on__gt=on)
    seated = Seat.objects.filter(holds, leads, group__leaders__staff_id__in=staff_ids).values_list(
        "group__leaders__staff_id", "episode__patient_id"
    )
    met = Booking.objects.filter(
        patient_id__isnull=False,
        released_at=None,
        starts_at__date__range=(on - NEAR, on + NEAR),
        appointment__bookings__staff_id__in=staff_ids,
        appointment__bookings__released_at=None,
    ).values_list("appointment__bookings__staff_id", "patient_id")
    return frozenset(seated.union(met))
