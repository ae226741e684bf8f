"""A guest for one day: a patient makes up missed time in another group of their program."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor
from homeground.program import queries as program
from homeground.timetable.actions.appointments import AlreadyBegun, AlreadyCancelled, AppointmentNotHere
from homeground.timetable.actions.diary import Diary
from homeground.timetable.actions.seating import (
    AlreadySeated,
    GroupFull,
    NotAvailable,
    NotForThisPerson,
    NotForThisPopulation,
    NoVideoSeats,
)
from homeground.timetable.models import Appointment, Booking, Cancellation
from homeground.timetable.queries.apart import closed_appointments
from homeground.timetable.queries.gates import applicant, group_admits
from homeground.timetable.rules.gates import Gate, closed_gate
from homeground.timetable.rules.occurrences import local_day


class NoOpenEpisode(Exception):
    """The patient is in no program on that day."""


def book_make_up(
    *, appointment_id: UUID, patient_id: UUID, by_video: bool = False, by: Actor, at: datetime
) -> UUID:
    """Book a patient into one appointment of another group of their program. Returns the booking's id.

    The appointment's row is locked, so that its last chair is promised once. Raises AppointmentNotHere,
    AlreadyCancelled, AlreadyBegun, NoOpenEpisode, NotForThisPopulation, NotForThisPerson, NotAvailable,
    NoVideoSeats, AlreadySeated, GroupFull, or DoubleBooked("patient") when the patient is elsewhere then.
    """
    with transaction.atomic():
        rows = Appointment.objects.select_for_update(of=("self",)).select_related("slot__group__program")
        row = rows.filter(pk=appointment_id, slot__isnull=False).first()
        if row is None or row.slot is None:
            raise AppointmentNotHere
        _may_come(row, patient_id, by_video, by, at)
        group = row.slot.group
        diary = Diary(by.organization_id)
        booking = diary.booking(row, patient_id=patient_id, by_video=by_video or group.video, make_up=True)
        diary.write([booking])
        audit.record(
            by=by,
            at=at,
            event="timetable.make_up.booked",
            subject_kind="appointment",
            subject_id=row.pk,
            patient_id=patient_id,
            facts={"group": str(group.pk)},
        )
    return booking.pk


def _may_come(row: Appointment, patient_id: UUID, by_video: bool, by: Actor, at: datetime) -> None:
    assert row.slot is not None
    group = row.slot.group
    if Cancellation.objects.filter(appointment=row).exists():
        raise AlreadyCancelled
    if row.starts_at <= at:
        raise AlreadyBegun
    house = program.house(by.organization_id)
    on = local_day(row.starts_at, house.zone if house else "UTC")
    episode = chart.open_episode(patient_id, on)
    if episode is None or episode.starts_on > on:
        raise NoOpenEpisode
    gate = closed_gate(group_admits(group), applicant(episode, on))
    if gate is Gate.POPULATION:
        raise NotForThisPopulation(gate)
    if gate is not None:
        raise NotForThisPerson(gate)
    if by_video and not (group.video or group.video_seats):
        raise NoVideoSeats
    if closed_appointments(episode.patient.person_id, frozenset({row.pk})):
        raise NotAvailable
    people = Booking.objects.filter(appointment=row, released_at=None, patient__isnull=False)
    if people.filter(patient_id=patient_id).exists():
        raise AlreadySeated
    if people.count() >= group.capacity:
        raise GroupFull
