"""Dated appointments: for sheets, weeks and the patient's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from homeground.ground.statement import Statement, one_of
from homeground.program import queries as program
from homeground.timetable.models import Appointment, Booking, CounselorSeat, Move

TALK = "talk"

type _Row = Mapping[str, Any]


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
    """An appointment and who is expected, by family name. For a cancelled one: who had been.

    `zone` is the clinic's time zone, in which the appointment's day is reckoned.
    """

    appointment: AppointmentFacts
    people: tuple[Attendee, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a patient is told of an appointment. `group` is empty for a talk, `space` when none is booked;
    `cancelled` is the reason or empty."""

    id: UUID
    group: str
    starts_at: datetime
    ends_at: datetime
    space: str
    cancelled: str


@dataclass(frozen=True, slots=True)
class PatientAppointment:
    """One appointment as a patient has it."""

    appointment: Planned
    by_video: bool
    make_up: bool


def roster(appointment_id: UUID) -> Roster | None:
    """One appointment with everybody expected; None when it is not here. Two statements."""
    found = _facts(_ONE.rows(appointment_id=appointment_id))
    return found[0] if found else None


def rosters(appointment_ids: Iterable[UUID]) -> tuple[Roster, ...]:
    """Several rosters in order of time; ids that are not here are left out. Two statements."""
    return _facts(_SEVERAL.rows(appointment_ids=list(appointment_ids)))


def appointments_between(
    start: datetime, end: datetime, *, staff_id: UUID | None = None
) -> tuple[AppointmentFacts, ...]:
    """Appointments that begin at `start` or later and before `end`, in order. Two statements.

    With `staff_id` only those this person leads, cancelled ones included.
    """
    if staff_id is None:
        return tuple(each.appointment for each in _facts(_BETWEEN.rows(start=start, end=end)))
    return tuple(
        each.appointment
        for each in _facts(_LED_BETWEEN.rows(start=start, end=end, staff_id=staff_id))
        if any(staff_id == leader.person_id for leader in each.appointment.leaders)
    )


def patient_week(patient_id: UUID, start: datetime, end: datetime) -> tuple[PatientAppointment, ...]:
    """A patient's appointments that begin in this time, in order, cancelled ones included. One statement."""
    return tuple(
        PatientAppointment(
            Planned(
                row["appointment_id"],
                row["group"] or "",
                row["starts"],
                row["ends"],
                row["space_name"] or "",
                row["cancelled"] or "",
            ),
            row["by_video"],
            row["make_up"],
        )
        for row in _PATIENT_WEEK.rows(patient_id=patient_id, start=start, end=end)
    )


def _standing(cancelled_at: F | OuterRef) -> Q:
    """A booking stands, or stood until the whole appointment was cancelled."""
    return Q(released_at=None) | Q(released_at=cancelled_at)


def _patient_week(patient_id: UUID, start: datetime, end: datetime) -> QuerySet[Booking, Any]:
    """Reads the patient's own bookings alone: who else comes is not asked."""
    spaces = Booking.objects.filter(
        _standing(OuterRef("appointment__cancellation__at")),
        appointment=OuterRef("appointment"),
        space__isnull=False,
    )
    rows = Booking.objects.filter(
        _standing(F("appointment__cancellation__at")),
        patient_id=patient_id,
        starts_at__gte=start,
        starts_at__lt=end,
    )
    return rows.order_by("starts_at", "appointment_id").values(
        "appointment_id",
        "by_video",
        "make_up",
        starts=F("appointment__starts_at"),
        ends=F("appointment__ends_at"),
        group=F("appointment__slot__group__name"),
        space_name=Subquery(spaces.values("space__name")[:1]),
        cancelled=F("appointment__cancellation__reason"),
    )


_PATIENT_WEEK = Statement(_patient_week)


def _between(start: datetime, end: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end)


def _plain(rows: QuerySet[Appointment]) -> QuerySet[Appointment, Any]:
    # Not joined: planning a statement over nine tables costs more than running it.
    talk = CounselorSeat.objects.filter(pk=OuterRef("counselor_seat_id"))
    return rows.order_by("starts_at", "id").values(
        "id",
        "slot_on",
        "starts_at",
        "ends_at",
        "break_starts_at",
        "break_ends_at",
        group_id=F("slot__group_id"),
        group=F("slot__group__name"),
        kind=F("slot__group__kind"),
        topic=F("slot__group__topic"),
        program_id=F("slot__group__program_id"),
        video=F("slot__group__video"),
        capacity=F("slot__group__capacity"),
        slot_space_id=F("slot__space_id"),
        talk_program_id=Subquery(talk.values("episode__program_id")),
        talk_video=F("counselor_seat__by_video"),
        talk_space_id=Subquery(talk.values("hour__space_id")),
        moved=Exists(Move.objects.filter(appointment=OuterRef("pk"))),
        zone=program.zone_of_row(),
        cancelled=F("cancellation__reason"),
        cancelled_at=F("cancellation__at"),
    )


_ONE = Statement(lambda appointment_id: _plain(Appointment.objects.filter(pk=appointment_id)))
_SEVERAL = Statement(
    lambda appointment_ids: _plain(Appointment.objects.filter(one_of("id", appointment_ids)))
)
_BETWEEN = Statement(lambda start, end: _plain(_between(start, end)))
# Whoever leads or led there; `appointments_between` looks whether the booking stands.
_LED_BETWEEN = Statement(
    lambda start, end, staff_id: _plain(
        _between(start, end).filter(
            Exists(Booking.objects.filter(appointment=OuterRef("pk"), staff_id=staff_id))
        )
    )
)


def _facts(found: list[_Row]) -> tuple[Roster, ...]:
    cancelled_at = {row["id"]: row["cancelled_at"] for row in found}
    taken: defaultdict[UUID, list[_Row]] = defaultdict(list)
    for booking in _BOOKINGS.rows(appointment_ids=list(cancelled_at)):
        # As `_standing` says.
        if booking["released_at"] in (None, cancelled_at[booking["appointment_id"]]):
            taken[booking["appointment_id"]].append(booking)
    return tuple(_roster(row, taken[row["id"]]) for row in found)


def _bookings(appointment_ids: list[UUID]) -> QuerySet[Booking, Any]:
    return Booking.objects.filter(one_of("appointment_id", appointment_ids)).values(
        "appointment_id",
        "released_at",
        "by_video",
        "make_up",
        "space_id",
        "staff_id",
        "patient_id",
        space_name=F("space__name"),
        number=F("patient__number"),
        person_id=F("patient__person_id"),
        credentials=F("staff__credentials"),
        called=Coalesce("patient__person__called", "staff__called"),
        given_name=Coalesce("patient__person__given_name", "staff__given_name"),
        family_name=Coalesce("patient__person__family_name", "staff__family_name"),
    )


_BOOKINGS = Statement(_bookings)


def _roster(row: _Row, taken: list[_Row]) -> Roster:
    group = row["group_id"] is not None
    cancelled = row["cancelled"] or ""
    wanted_space = row["slot_space_id"] if group else None if row["talk_video"] else row["talk_space_id"]
    space_id, space = next(
        ((each["space_id"], each["space_name"]) for each in taken if each["space_id"]), (None, "")
    )
    leaders = sorted((_leader(each) for each in taken if each["staff_id"]), key=lambda each: each.name)
    people = _attendees(taken)
    facts = AppointmentFacts(
        id=row["id"],
        kind=row["kind"] if group else TALK,
        group_id=row["group_id"],
        group=row["group"] or "",
        topic=row["topic"] or "",
        program_id=row["program_id"] if group else row["talk_program_id"],
        slot_on=row["slot_on"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        break_starts_at=row["break_starts_at"],
        break_ends_at=row["break_ends_at"],
        leaders=tuple(leaders),
        space_id=space_id,
        space=space,
        video=row["video"] if group else row["talk_video"],
        cancelled=cancelled,
        moved=row["moved"],
        people=len(people),
        capacity=row["capacity"] if group else 1,
        lacks_space=wanted_space is not None and space_id is None and not cancelled,
        lacks_leader=not leaders and not cancelled,
    )
    return Roster(facts, people, row["zone"])


def _leader(booking: _Row) -> Leader:
    return Leader(booking["staff_id"], _name(booking), booking["credentials"])


def _attendees(taken: list[_Row]) -> tuple[Attendee, ...]:
    rows = [each for each in taken if each["patient_id"]]
    rows.sort(key=lambda each: (each["family_name"], each["given_name"], str(each["patient_id"])))
    return tuple(_attendee(each) for each in rows)


def _attendee(booking: _Row) -> Attendee:
    return Attendee(
        patient_id=booking["patient_id"],
        person_id=booking["person_id"],
        number=booking["number"],
        name=_name(booking),
        by_video=booking["by_video"],
        make_up=booking["make_up"],
    )


def _name(row: _Row) -> str:
    return f"{row['called'] or row['given_name']} {row['family_name']}".strip()
