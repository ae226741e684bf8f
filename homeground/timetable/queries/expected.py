"""When people are expected: for the hours ledger, which wants times and no more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from homeground.ground.statement import Statement, one_of
from homeground.timetable.models import Appointment, Booking, Seat


@dataclass(frozen=True, slots=True)
class ExpectedTime:
    """One patient expected at one appointment; `group` is empty for a talk. The break counts for nobody."""

    patient_id: UUID
    appointment_id: UUID
    group: str
    starts_at: datetime
    ends_at: datetime
    break_starts_at: datetime | None
    break_ends_at: datetime | None


def expected_between(
    patient_ids: Collection[UUID], start: datetime, end: datetime
) -> tuple[ExpectedTime, ...]:
    """Where these patients are expected from `start` on and before `end`, in order. One statement.

    Bookings given back, and so everything cancelled, are left out.
    """
    return tuple(
        ExpectedTime(who, appointment, group or "", starts, ends, pause_from, pause_to)
        for who, appointment, group, starts, ends, pause_from, pause_to in _EXPECTED.rows(
            patient_ids=list(patient_ids), start=start, end=end
        )
    )


_EXPECTED = Statement(
    lambda patient_ids, start, end: (
        Booking.objects.filter(
            one_of("patient_id", patient_ids), released_at=None, starts_at__gte=start, starts_at__lt=end
        )
        .order_by("starts_at", "id")
        .values_list(
            "patient_id",
            "appointment_id",
            "appointment__slot__group__name",
            "starts_at",
            "ends_at",
            "appointment__break_starts_at",
            "appointment__break_ends_at",
        )
    )
)


def groups_of(episode_id: UUID, on: date) -> tuple[str, ...]:
    """The names of the groups a stay has a chair in on this day or later. One statement."""
    return tuple(name for (name,) in _GROUPS.rows(episode_id=episode_id, on=on))


_GROUPS = Statement(
    lambda episode_id, on: (
        Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), episode_id=episode_id, hold=None)
        .order_by("starts_on", "id")
        .values_list("group__name")
    )
)


def group_names(appointment_ids: Collection[UUID]) -> dict[UUID, str]:
    """The group of each appointment; talks, and ids that are not here, are left out. One statement."""
    return dict(_NAMES.rows(appointment_ids=list(appointment_ids)))


_NAMES = Statement(
    lambda appointment_ids: Appointment.objects.filter(
        one_of("id", appointment_ids), slot__isnull=False
    ).values_list("id", "slot__group__name")
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One appointment that was not cancelled; `group` is empty for a talk, `people` are those expected."""

    id: UUID
    group: str
    starts_at: datetime
    ends_at: datetime
    people: int


def meetings_between(start: datetime, end: datetime, *, staff_id: UUID | None = None) -> tuple[Meeting, ...]:
    """Appointments that begin from `start` on and before `end`, in order; cancelled ones left out.

    With `staff_id` only those this person leads. One statement.
    """
    rows = (
        _MEETINGS.rows(start=start, end=end)
        if staff_id is None
        else _MEETINGS_OF.rows(start=start, end=end, staff_id=staff_id)
    )
    return tuple(
        Meeting(id, group or "", starts_at, ends_at, people) for id, group, starts_at, ends_at, people in rows
    )


def _meetings(start: datetime, end: datetime) -> QuerySet[Appointment, Any]:
    here = Q(bookings__patient__isnull=False, bookings__released_at=None)
    return (
        Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end, cancellation=None)
        .annotate(people=Count("bookings", filter=here))
        .order_by("starts_at", "id")
        .values_list("id", "slot__group__name", "starts_at", "ends_at", "people")
    )


_MEETINGS = Statement(_meetings)
_MEETINGS_OF = Statement(
    lambda start, end, staff_id: _meetings(start, end).filter(
        Exists(Booking.objects.filter(appointment=OuterRef("pk"), staff_id=staff_id, released_at=None))
    )
)
