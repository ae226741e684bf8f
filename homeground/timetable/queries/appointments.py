"""Dated appointments: for sheets, weeks and the patient's page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from homeground.timetable.models import Appointment, Booking, Move

TALK = "talk"


@dataclass(frozen=True, slots=True)
class Leader:
    """A staff member who leads an appointment, with the letters shown after the name."""

    person_id: UUID
    name: str
    credentials: str


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """One dated appointment. `kind` is core, special, family, or talk for a counselor's hour.

    `group` is empty for a talk. Times are aware, the end exclusive; the break counts for nobody. `space` is
    empty when none is booked; `lacks_space` and `lacks_leader` say that the template wants one and it is not
    there. `cancelled` is the reason or empty. `people` counts patients booked, make-ups included.
    """

    id: UUID
    kind: str
    group_id: UUID | None
    group: str
    topic: str
    program_id: UUID
    slot_on: date
    starts_at: datetime
    ends_at: datetime
    break_starts_at: datetime | None
    break_ends_at: datetime | None
    leaders: tuple[Leader, ...]
    space_id: UUID | None
    space: str
    video: bool
    cancelled: str
    moved: bool
    people: int
    capacity: int
    lacks_space: bool
    lacks_leader: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """A patient who is expected. `name` is what staff call them; `make_up` marks a guest for the day."""

    patient_id: UUID
    person_id: UUID
    number: int
    name: str
    by_video: bool
    make_up: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """An appointment and who is expected, by family name. For a cancelled one: who had been."""

    appointment: AppointmentFacts
    people: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class PatientAppointment:
    """One appointment as a patient has it."""

    appointment: AppointmentFacts
    by_video: bool
    make_up: bool


def roster(appointment_id: UUID) -> Roster | None:
    """One appointment with everybody expected; None when it is not here. Two statements."""
    found = _facts(Appointment.objects.filter(pk=appointment_id))
    return found[0] if found else None


def rosters(appointment_ids: Iterable[UUID]) -> tuple[Roster, ...]:
    """Several rosters in order of time; ids that are not here are left out. Two statements."""
    return _facts(Appointment.objects.filter(pk__in=list(appointment_ids)))


def appointments_between(
    start: datetime, end: datetime, *, staff_id: UUID | None = None, patient_id: UUID | None = None
) -> tuple[AppointmentFacts, ...]:
    """Appointments that begin at `start` or later and before `end`, in order. Two statements.

    With `staff_id` or `patient_id` only those this person leads or is expected at, cancelled ones included.
    """
    rows = _between(start, end)
    if staff_id is not None:
        rows = rows.filter(_taking(staff_id=staff_id))
    if patient_id is not None:
        rows = rows.filter(_taking(patient_id=patient_id))
    return tuple(each.appointment for each in _facts(rows))


def patient_week(patient_id: UUID, start: datetime, end: datetime) -> tuple[PatientAppointment, ...]:
    """A patient's appointments that begin in this time, in order, cancelled ones included. Two statements."""
    return tuple(
        PatientAppointment(each.appointment, person.by_video, person.make_up)
        for each in _facts(_between(start, end).filter(_taking(patient_id=patient_id)))
        for person in each.people
        if person.patient_id == patient_id
    )


def _between(start: datetime, end: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end)


def _standing() -> Q:
    """Bookings that hold, or held until the whole appointment was cancelled."""
    return Q(released_at=None) | Q(released_at=F("appointment__cancellation__at"))


def _taking(**who: UUID) -> Exists:
    return Exists(Booking.objects.filter(_standing(), appointment=OuterRef("pk"), **who))


def _facts(rows: QuerySet[Appointment]) -> tuple[Roster, ...]:
    found = list(
        rows.select_related("slot__group", "counselor_seat__hour", "counselor_seat__episode")
        .annotate(
            was_moved=Exists(Move.objects.filter(appointment=OuterRef("pk"))),
            cancelled_for=Coalesce("cancellation__reason", Value("")),
        )
        .order_by("starts_at", "id")
    )
    taken: defaultdict[UUID, list[Booking]] = defaultdict(list)
    bookings = Booking.objects.filter(_standing(), appointment__in=[row.pk for row in found])
    for booking in bookings.select_related("space", "staff", "patient__person"):
        taken[booking.appointment_id].append(booking)
    return tuple(_roster(row, taken[row.pk]) for row in found)


def _roster(row: Any, taken: list[Booking]) -> Roster:
    """`row` carries what `_facts` annotates."""
    group = row.slot.group if row.slot else None
    seat = row.counselor_seat
    wanted_space = row.slot.space_id if row.slot else None if seat.by_video else seat.hour.space_id
    space = next((each.space for each in taken if each.space), None)
    leaders = sorted((_leader(each) for each in taken if each.staff), key=lambda each: each.name)
    people = _attendees(taken)
    facts = AppointmentFacts(
        id=row.pk,
        kind=group.kind if group else TALK,
        group_id=group.pk if group else None,
        group=group.name if group else "",
        topic=group.topic if group else "",
        program_id=group.program_id if group else seat.episode.program_id,
        slot_on=row.slot_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        break_starts_at=row.break_starts_at,
        break_ends_at=row.break_ends_at,
        leaders=tuple(leaders),
        space_id=space.pk if space else None,
        space=space.name if space else "",
        video=group.video if group else seat.by_video,
        cancelled=row.cancelled_for,
        moved=row.was_moved,
        people=len(people),
        capacity=group.capacity if group else 1,
        lacks_space=wanted_space is not None and space is None and not row.cancelled_for,
        lacks_leader=not leaders and not row.cancelled_for,
    )
    return Roster(facts, people)


def _leader(booking: Booking) -> Leader:
    staff: Any = booking.staff
    return Leader(staff.pk, _name(staff), staff.credentials)


def _attendees(taken: list[Booking]) -> tuple[Attendee, ...]:
    rows = [each for each in taken if each.patient_id]
    rows.sort(key=_by_family_name)
    return tuple(_attendee(each) for each in rows)


def _by_family_name(booking: Booking) -> tuple[str, str, str]:
    patient: Any = booking.patient
    return patient.person.family_name, patient.person.given_name, str(patient.pk)


def _attendee(booking: Booking) -> Attendee:
    patient: Any = booking.patient
    return Attendee(
        patient_id=patient.pk,
        person_id=patient.person_id,
        number=patient.number,
        name=_name(patient.person),
        by_video=booking.by_video,
        make_up=booking.make_up,
    )


def _name(person: Any) -> str:
    return f"{person.called or person.given_name} {person.family_name}".strip()
