"""When people are expected: for the hours ledger, which wants times and no more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

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
    rows = Booking.objects.filter(
        patient__in=patient_ids, released_at=None, starts_at__gte=start, starts_at__lt=end
    ).order_by("starts_at", "id")
    return tuple(
        ExpectedTime(who, appointment, group or "", starts, ends, pause_from, pause_to)
        for who, appointment, group, starts, ends, pause_from, pause_to in rows.values_list(
            "patient_id",
            "appointment_id",
            "appointment__slot__group__name",
            "starts_at",
            "ends_at",
            "appointment__break_starts_at",
            "appointment__break_ends_at",
        )
    )


def groups_of(episode_id: UUID, on: date) -> tuple[str, ...]:
    """The names of the groups a stay has a chair in on this day or later. One statement."""
    rows = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), episode_id=episode_id, hold=None)
    return tuple(rows.order_by("starts_on", "id").values_list("group__name", flat=True))


def group_names(appointment_ids: Collection[UUID]) -> dict[UUID, str]:
    """The group of each appointment; talks, and ids that are not here, are left out. One statement."""
    rows = Appointment.objects.filter(pk__in=appointment_ids, slot__isnull=False)
    return dict(rows.values_list("id", "slot__group__name"))


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
    here = Q(bookings__patient__isnull=False, bookings__released_at=None)
    rows = Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end, cancellation=None)
    if staff_id is not None:
        led = Booking.objects.filter(appointment=OuterRef("pk"), staff=staff_id, released_at=None)
        rows = rows.filter(Exists(led))
    return tuple(
        Meeting(id, group or "", starts_at, ends_at, people)
        for id, group, starts_at, ends_at, people in rows.annotate(people=Count("bookings", filter=here))
        .order_by("starts_at", "id")
        .values_list("id", "slot__group__name", "starts_at", "ends_at", "people")
    )
