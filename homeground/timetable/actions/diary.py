"""Writing bookings: in bulk, and with the database's refusals by name."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from uuid import UUID

import psycopg
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from homeground.timetable.models import Appointment, Booking, CounselorSeat

_RESOURCES = {f"timetable_{resource}_booked_once": resource for resource in ("space", "staff", "patient")}


class DoubleBooked(Exception):
    """A space, a staff member or a patient is taken at that time: `resource` says which of the three."""

    def __init__(self, resource: str) -> None:
        super().__init__(resource)
        self.resource = resource


class refusing:
    """Turn constraints of the database into named refusals: `with refusing({"name": GroupFull()})`.

    Double bookings are known to all. The block is a savepoint, so the transaction goes on.
    """

    def __init__(self, named: dict[str, Exception] | None = None) -> None:
        self._named = named or {}
        self._atomic = transaction.atomic()

    def __enter__(self) -> None:
        self._atomic.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._atomic.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            broken = _constraint(error)
            if broken in _RESOURCES:
                raise DoubleBooked(_RESOURCES[broken]) from None
            if broken in self._named:
                raise self._named[broken] from None


def _constraint(error: IntegrityError) -> str:
    """The name of the constraint an error of the database speaks of, empty when it names none."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""


@dataclass(frozen=True, slots=True)
class Diary:
    """What appointments take of a clinic's spaces, staff and patients."""

    organization_id: UUID

    def booking(
        self,
        appointment: Appointment,
        *,
        space_id: UUID | None = None,
        staff_id: UUID | None = None,
        patient_id: UUID | None = None,
        by_video: bool = False,
        make_up: bool = False,
    ) -> Booking:
        """One row, not written yet, at the appointment's times."""
        return Booking(
            organization_id=self.organization_id,
            appointment=appointment,
            space_id=space_id,
            staff_id=staff_id,
            patient_id=patient_id,
            by_video=by_video,
            make_up=make_up,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
        )

    def counselor_hour(self, appointment: Appointment, seat: CounselorSeat) -> Iterator[Booking]:
        """What one talk takes: the counselor, the patient and, in person, the office. Not written yet."""
        yield self.booking(appointment, staff_id=seat.hour.staff_id)
        yield self.booking(appointment, patient_id=seat.episode.patient_id, by_video=seat.by_video)
        if seat.hour.space_id and not seat.by_video:
            yield self.booking(appointment, space_id=seat.hour.space_id)

    def write(self, rows: Iterable[Booking]) -> int:
        """Write all or none. Raises DoubleBooked. One statement."""
        ordered = sorted(rows, key=_by_time)
        with refusing():
            Booking.objects.bulk_create(ordered)
        return len(ordered)

    def write_where_free(self, rows: Sequence[Booking]) -> int:
        """Write what is not taken already; returns how many were. Two statements."""
        Booking.objects.bulk_create(sorted(rows, key=_by_time), ignore_conflicts=True)
        return Booking.objects.filter(pk__in=[row.pk for row in rows]).count()

    def release(self, appointment_ids: Collection[UUID], at: datetime) -> int:
        """Give back all that these appointments take. One statement."""
        return self.released(Booking.objects.filter(appointment__in=appointment_ids), at)

    def released(self, rows: QuerySet[Booking], at: datetime) -> int:
        """Give back these bookings; what was given back before keeps its moment. One statement."""
        return rows.filter(released_at=None).update(released_at=at)


def _by_time(row: Booking) -> tuple[datetime, str]:
    """One order for every writer, so that two of them wait for each other instead of deadlocking."""
    return row.starts_at, str(row.appointment_id)
