"""What stands in the way of moving an appointment, before anything is saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from homeground.timetable.models import Booking


@dataclass(frozen=True, slots=True)
class Clash:
    """A space, staff member or patient that is taken, and when. `resource` says which of the three."""

    resource: str
    name: str
    starts_at: datetime
    ends_at: datetime


def clashes(
    appointment_id: UUID, starts_at: datetime, ends_at: datetime, space_id: UUID | None
) -> tuple[Clash, ...]:
    """Everything of this appointment that is taken by another one in this time. Two statements."""
    mine = Booking.objects.filter(appointment_id=appointment_id, released_at=None)
    staff, patients = [], []
    for row in mine:
        staff.append(row.staff_id)
        patients.append(row.patient_id)
    rows = (
        Booking.objects.filter(released_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .exclude(appointment_id=appointment_id)
        .filter(
            Q(staff__in=[one for one in staff if one])
            | Q(patient__in=[one for one in patients if one])
            | Q(space_id=space_id, space__isnull=False)
        )
        .select_related("space", "staff", "patient__person")
        .order_by("starts_at", "id")
    )
    return tuple(_clash(row) for row in rows)


def _clash(row: Booking) -> Clash:
    patient: Any = row.patient
    if row.space:
        return Clash("space", row.space.name, row.starts_at, row.ends_at)
    person: Any = row.staff or patient.person
    name = f"{person.called or person.given_name} {person.family_name}".strip()
    return Clash("staff" if row.staff else "patient", name, row.starts_at, row.ends_at)
