"""Where a patient could make up missed time."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from homeground.ground.periods import Period
from homeground.ground.statement import Statement, one_of
from homeground.timetable.models import Appointment, Booking, Circumstances, Group, NoContact, Seat
from homeground.timetable.queries.obligations import hard_times
from homeground.timetable.rules.free_time import FreeTime
from homeground.timetable.rules.gates import Admits, Applicant, closed_gate

LONGEST = timedelta(hours=12)

type _Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenAppointment:
    """An appointment a patient could join for a day; `by_video` when only that fits. `free` chairs."""

    id: UUID
    group_id: UUID
    group: str
    starts_at: datetime
    ends_at: datetime
    by_video: bool
    free: int


def open_for_make_up(patient_id: UUID, start: datetime, end: datetime) -> tuple[OpenAppointment, ...]:
    """Core group appointments in this time that one patient could join; see `open_for_make_ups`."""
    return open_for_make_ups([patient_id], start, end).get(patient_id, ())


def open_for_make_ups(
    patient_ids: Collection[UUID], start: datetime, end: datetime
) -> dict[UUID, tuple[OpenAppointment, ...]]:
    """For each patient who has a seat: appointments of other core groups of their program, in order of time.

    Only with a free chair on that day, when the patient passes the group's gates, and when it leaves their
    hard obligations (with the way, in person) and other appointments alone. At most nine statements,
    whatever the number of patients.
    """
    guests = _guests(patient_ids, start)
    programs = {UUID(guest.applicant.program) for guest in guests.values()}
    offered = _OFFERED.rows(start=start, end=end, programs=list(programs))
    closed = _closed(guests, [row["id"] for row in offered])
    free_time = _free_time(guests, start, end)
    return {
        patient_id: tuple(
            found
            for row in offered
            if row["id"] not in closed[patient_id]
            and (found := _open(row, guest, free_time[patient_id])) is not None
        )
        for patient_id, guest in guests.items()
    }


@dataclass(frozen=True, slots=True)
class _Guest:
    """A patient with a seat: who, what the gates ask, how far, whether by video."""

    person_id: UUID
    applicant: Applicant
    travel_minutes: int
    video: bool


def _guests(patient_ids: Collection[UUID], start: datetime) -> dict[UUID, _Guest]:
    seated = _SEATED.rows(patient_ids=list(patient_ids), on=start.date())
    at_home = {
        row["person_id"]: row for row in _AT_HOME.rows(people=list({row["person_id"] for row in seated}))
    }
    return {row["patient_id"]: _guest(row, at_home.get(row["person_id"])) for row in seated}


_SEATED = Statement(
    lambda patient_ids, on: Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), one_of("episode__patient_id", patient_ids), hold=None
    ).values(
        patient_id=F("episode__patient_id"),
        program_id=F("episode__program_id"),
        population=F("episode__program__population"),
        person_id=F("episode__patient__person_id"),
        gender=F("episode__patient__person__gender"),
        language=F("episode__patient__person__language"),
    )
)
_AT_HOME = Statement(
    lambda people: Circumstances.objects.filter(one_of("person_id", people)).values(
        "person_id", "dual", "travel_minutes", "video_possible"
    )
)


def _guest(row: _Row, at_home: _Row | None) -> _Guest:
    return _Guest(
        person_id=row["person_id"],
        applicant=Applicant(
            program=str(row["program_id"]),
            # The seat they have was given to them by age and program; both agreed then.
            populations=frozenset({row["population"]}),
            gender=row["gender"],
            dual=at_home["dual"] if at_home else False,
            language=row["language"],
        ),
        travel_minutes=at_home["travel_minutes"] if at_home else 0,
        video=at_home["video_possible"] if at_home else False,
    )


_OFFERED = Statement(
    lambda start, end, programs: (
        Appointment.objects.filter(
            one_of("slot__group__program_id", programs),
            starts_at__gte=start,
            starts_at__lt=end,
            cancellation=None,
            slot__group__kind=Group.Kind.CORE,
        )
        .annotate(
            people=Count("bookings", filter=Q(bookings__released_at=None, bookings__patient__isnull=False))
        )
        .filter(people__lt=F("slot__group__capacity"))
        .order_by("starts_at", "id")
        .values(
            "id",
            "starts_at",
            "ends_at",
            "people",
            group_id=F("slot__group_id"),
            group=F("slot__group__name"),
            program_id=F("slot__group__program_id"),
            population=F("slot__group__population"),
            gender=F("slot__group__gender"),
            dual=F("slot__group__dual"),
            language=F("slot__group__language"),
            video=F("slot__group__video"),
            video_seats=F("slot__group__video_seats"),
            capacity=F("slot__group__capacity"),
        )
    )
)


def _free_time(guests: dict[UUID, _Guest], start: datetime, end: datetime) -> dict[UUID, FreeTime]:
    busy = hard_times([guest.person_id for guest in guests.values()], start, end)
    booked: defaultdict[UUID, list[Period]] = defaultdict(list)
    for who, starts_at, ends_at in _BOOKED.rows(patient_ids=list(guests), start=start, end=end + LONGEST):
        booked[who].append(Period(starts_at, ends_at))
    return {
        patient_id: FreeTime(
            busy=busy[guest.person_id],
            booked=tuple(booked[patient_id]),
            travel_minutes=guest.travel_minutes,
            video=guest.video,
        )
        for patient_id, guest in guests.items()
    }


_BOOKED = Statement(
    lambda patient_ids, start, end: Booking.objects.filter(
        one_of("patient_id", patient_ids), released_at=None, starts_at__lt=end, ends_at__gt=start
    ).values_list("patient_id", "starts_at", "ends_at")
)


def _closed(guests: dict[UUID, _Guest], appointment_ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """Appointments that are not available to a patient, for a reason nobody is told."""
    patients = {guest.person_id: patient_id for patient_id, guest in guests.items()}
    apart: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one, other in _APART.rows(people=list(patients)):
        apart[one].add(other)
        apart[other].add(one)
    found: dict[UUID, set[UUID]] = {patient_id: set() for patient_id in guests}
    if not apart:
        return found
    for appointment_id, person_id in _PRESENT.rows(appointment_ids=appointment_ids, people=list(apart)):
        for other in apart[person_id] & patients.keys():
            found[patients[other]].add(appointment_id)
    return found


_APART = Statement(
    lambda people: NoContact.objects.filter(
        one_of("one_id", people) | one_of("other_id", people)
    ).values_list("one_id", "other_id")
)
_PRESENT = Statement(
    lambda appointment_ids, people: Booking.objects.filter(
        one_of("appointment_id", appointment_ids), one_of("patient__person_id", people), released_at=None
    ).values_list("appointment_id", "patient__person_id")
)


def _open(row: _Row, guest: _Guest, time: FreeTime) -> OpenAppointment | None:
    admits = Admits(str(row["program_id"]), row["population"], row["gender"], row["dual"], row["language"])
    if closed_gate(admits, guest.applicant) is not None:
        return None
    when = Period(row["starts_at"], row["ends_at"])
    in_person = not row["video"] and time.can_come(when)
    if not in_person and not ((row["video"] or row["video_seats"]) and time.can_join(when)):
        return None
    return OpenAppointment(
        id=row["id"],
        group_id=row["group_id"],
        group=row["group"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        by_video=not in_person,
        free=row["capacity"] - row["people"],
    )
