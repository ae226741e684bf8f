"""Where a patient could make up missed time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from homeground.ground.periods import Period
from homeground.timetable.models import Appointment, Booking, Circumstances, Group, NoContact, Seat
from homeground.timetable.queries.gates import group_admits
from homeground.timetable.queries.obligations import hard_times
from homeground.timetable.rules.free_time import FreeTime
from homeground.timetable.rules.gates import Applicant, closed_gate

LONGEST = timedelta(hours=12)


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
    offered = _offered(start, end, {UUID(guest.applicant.program) for guest in guests.values()})
    closed = _closed(guests, [row.pk for row in offered])
    free_time = _free_time(guests, start, end)
    return {
        patient_id: tuple(
            found
            for row in offered
            if row.pk not in closed[patient_id]
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
    seats = Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=start.date()), episode__patient__in=patient_ids, hold=None
    )
    rows = seats.select_related("episode__patient__person", "episode__program")
    people = {row.episode.patient_id: row.episode for row in rows}
    at_home = {
        row.person_id: row
        for row in Circumstances.objects.filter(
            person__in=[episode.patient.person_id for episode in people.values()]
        )
    }
    return {
        patient_id: _guest(episode, at_home.get(episode.patient.person_id))
        for patient_id, episode in people.items()
    }


def _guest(episode: Any, at_home: Circumstances | None) -> _Guest:
    person = episode.patient.person
    return _Guest(
        person_id=person.pk,
        applicant=Applicant(
            program=str(episode.program_id),
            # The seat they have was given to them by age and program; both agreed then.
            populations=frozenset({episode.program.population}),
            gender=person.gender,
            dual=at_home.dual if at_home else False,
            language=person.language,
        ),
        travel_minutes=at_home.travel_minutes if at_home else 0,
        video=at_home.video_possible if at_home else False,
    )


def _offered(start: datetime, end: datetime, programs: set[UUID]) -> list[Any]:
    here = Q(bookings__released_at=None, bookings__patient__isnull=False)
    return list(
        Appointment.objects.filter(
            starts_at__gte=start,
            starts_at__lt=end,
            cancellation=None,
            slot__group__kind=Group.Kind.CORE,
            slot__group__program__in=programs,
        )
        .select_related("slot__group")
        .annotate(people=Count("bookings", filter=here))
        .filter(people__lt=F("slot__group__capacity"))
        .order_by("starts_at", "id")
    )


def _free_time(guests: dict[UUID, _Guest], start: datetime, end: datetime) -> dict[UUID, FreeTime]:
    busy = hard_times([guest.person_id for guest in guests.values()], start, end)
    booked: defaultdict[UUID | None, list[Period]] = defaultdict(list)
    taken = Booking.objects.filter(
        patient__in=list(guests), released_at=None, starts_at__lt=end + LONGEST, ends_at__gt=start
    )
    for row in taken:
        booked[row.patient_id].append(Period(row.starts_at, row.ends_at))
    return {
        patient_id: FreeTime(
            busy=busy[guest.person_id],
            booked=tuple(booked[patient_id]),
            travel_minutes=guest.travel_minutes,
            video=guest.video,
        )
        for patient_id, guest in guests.items()
    }


def _closed(guests: dict[UUID, _Guest], appointment_ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """Appointments that are not available to a patient, for a reason nobody is told."""
    patients = {guest.person_id: patient_id for patient_id, guest in guests.items()}
    apart: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one, other in NoContact.objects.filter(Q(one__in=patients) | Q(other__in=patients)).values_list(
        "one_id", "other_id"
    ):
        apart[one].add(other)
        apart[other].add(one)
    found: dict[UUID, set[UUID]] = {patient_id: set() for patient_id in guests}
    present = Booking.objects.filter(
        appointment__in=appointment_ids, released_at=None, patient__person__in=list(apart)
    )
    for appointment_id, person_id in present.values_list("appointment_id", "patient__person_id"):
        for other in apart[person_id] & patients.keys():
            found[patients[other]].add(appointment_id)
    return found


def _open(row: Any, guest: _Guest, time: FreeTime) -> OpenAppointment | None:
    group: Group = row.slot.group
    if closed_gate(group_admits(group), guest.applicant) is not None:
        return None
    when = Period(row.starts_at, row.ends_at)
    in_person = not group.video and time.can_come(when)
    if not in_person and not ((group.video or group.video_seats) and time.can_join(when)):
        return None
    return OpenAppointment(
        id=row.pk,
        group_id=group.pk,
        group=group.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        by_video=not in_person,
        free=group.capacity - row.people,
    )
