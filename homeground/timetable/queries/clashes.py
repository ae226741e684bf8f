"""What stands in the way of an appointment: who or what is taken, by which appointment, and where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from homeground.timetable.models import Appointment, Booking


@dataclass(frozen=True, slots=True)
class Clash:
    """A space, staff member or patient that is taken, and by what. `resource` says which of the three.

    `group` is empty for a talk, `where` for what is held by video.
    """

    resource: str
    name: str
    appointment_id: UUID
    group: str
    where: str
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
    taken = (
        Q(staff__in=[one for one in staff if one])
        | Q(patient__in=[one for one in patients if one])
        | Q(space_id=space_id, space__isnull=False)
    )
    return _clashes(taken, starts_at, ends_at, appointment_id)


def clashes_of_staff(appointment_id: UUID, staff_id: UUID) -> tuple[Clash, ...]:
    """What a colleague does while this appointment is held. Two statements."""
    row = Appointment.objects.filter(pk=appointment_id).values_list("starts_at", "ends_at").first()
    return _clashes(Q(staff=staff_id), *row, appointment_id) if row else ()


def rooms_taken(appointment_ids: Collection[UUID]) -> dict[UUID, Clash]:
    """What is held in the room that each of these appointments wants and has not got. At most two statements.

    One without such a room is left out.
    """
    if not appointment_ids:
        return {}
    wants = Appointment.objects.filter(pk__in=appointment_ids).values_list(
        "id", "starts_at", "ends_at", Coalesce("slot__space_id", "counselor_seat__hour__space_id")
    )
    wanted = [row for row in wants if row[3]]
    if not wanted:
        return {}
    which = Q()
    for _id, starts_at, ends_at, space in wanted:
        which |= Q(space=space, starts_at__lt=ends_at, ends_at__gt=starts_at)
    taken = list(_rows(which))
    return {
        id: _clash(row)
        for id, starts_at, ends_at, space in wanted
        for row in taken
        if row["space_id"] == space and row["starts_at"] < ends_at and row["ends_at"] > starts_at
    }


def _clashes(which: Q, starts_at: datetime, ends_at: datetime, but: UUID) -> tuple[Clash, ...]:
    rows = _rows(which & Q(starts_at__lt=ends_at, ends_at__gt=starts_at)).exclude(appointment_id=but)
    return tuple(_clash(row) for row in rows)


def _rows(which: Q) -> QuerySet[Booking, Any]:
    held_in = Booking.objects.filter(
        appointment=OuterRef("appointment_id"), space__isnull=False, released_at=None
    ).values("space__name")[:1]
    return (
        Booking.objects.filter(which, released_at=None)
        .order_by("starts_at", "id")
        .values(
            "space_id",
            "staff_id",
            "appointment_id",
            "starts_at",
            "ends_at",
            space_name=F("space__name"),
            group=F("appointment__slot__group__name"),
            where=Subquery(held_in),
            called=Coalesce("patient__person__called", "staff__called"),
            given_name=Coalesce("patient__person__given_name", "staff__given_name"),
            family_name=Coalesce("patient__person__family_name", "staff__family_name"),
        )
    )


def _clash(row: dict[str, Any]) -> Clash:
    if row["space_id"]:
        resource, name = "space", row["space_name"]
    else:
        resource = "staff" if row["staff_id"] else "patient"
        name = f"{row['called'] or row['given_name']} {row['family_name']}".strip()
    return Clash(
        resource=resource,
        name=name,
        appointment_id=row["appointment_id"],
        group=row["group"] or "",
        where=row["where"] or "",
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
    )
