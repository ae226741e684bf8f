"""Twelve weeks of attendance: mostly there, sometimes late, sometimes away, as people are."""

import random
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.config.demo.clinic import TUE, House
from homeground.config.demo.patients import SEED, Seated
from homeground.timetable import actions as booking
from homeground.timetable import queries as timetable
from homeground.treatment import actions as treatment
from homeground.treatment import queries as treatments
from homeground.treatment.rules.sheet import Mark
from homeground.treatment.rules.vocabulary import CallResult, State

UNTAKEN = timedelta(hours=30)
FULL = 12
DENVER = ZoneInfo("America/Denver")
WAITING = timedelta(days=3)


def invite(house: House, seated: list[Seated], at: datetime) -> None:
    """The last Tuesday evening was full: people of the video group made up time there, by video."""
    evening = house.groups["Evening"].pk
    held = [
        each
        for each in timetable.appointments_between(at - timedelta(days=7), at)
        if each.group_id == evening and each.starts_at.astimezone(DENVER).weekday() == TUE
    ]
    if not held or held[-1].cancelled:
        return
    meeting = held[-1]
    guests = [each.person for each in seated if each.group == "Evening by video"]
    for person in guests[: FULL - meeting.people]:
        patient = chart.patient_of_person(person.pk)
        if patient is not None:
            booking.book_make_up(
                appointment_id=meeting.id,
                patient_id=patient.patient_id,
                by_video=True,
                by=house.by("scheduler"),
                at=meeting.starts_at - timedelta(days=2),
            )


def live_through(house: House, at: datetime) -> None:
    """Take attendance for every meeting that was held; the last day's sheets are left for the visitor."""
    chance = random.Random(SEED)
    begun = at - timedelta(weeks=12)
    held = timetable.appointments_between(begun, at - UNTAKEN)
    rosters = {r.appointment.id: r for r in timetable.rosters(a.id for a in held) if r.people}
    for appointment in held:
        if appointment.cancelled or appointment.ends_at > at - UNTAKEN:
            continue
        roster = rosters.get(appointment.id)
        if roster is None:
            continue
        pause = appointment.break_starts_at, appointment.break_ends_at
        treatment.take_attendance(
            appointment_id=appointment.id,
            marks=tuple(_mark(person.patient_id, appointment.starts_at, chance) for person in roster.people),
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            breaks=[(pause[0], pause[1])] if pause[0] and pause[1] else [],
            by=house.by("director"),
            at=appointment.ends_at + timedelta(minutes=5),
        )


def catch_up(house: House, at: datetime) -> None:
    """The calls owed for absences were made; those of the last days wait."""
    chance = random.Random(SEED)
    by = house.by("front_desk")
    while owed := [call for call in treatments.calls_today(at.date()) if call.starts_at < at - WAITING]:
        for call in owed:
            treatment.record_call(
                outreach_id=call.outreach_id,
                result=chance.choice((CallResult.REACHED, CallResult.REACHED, CallResult.NO_ANSWER)),
                by=by,
                at=call.starts_at + timedelta(hours=4),
            )


def _mark(patient_id: UUID, starts_at: datetime, chance: random.Random) -> Mark:
    drawn = chance.random()
    if drawn < 0.03:
        return Mark(patient_id, State.ABSENT)
    if drawn < 0.06:
        return Mark(patient_id, State.EXCUSED)
    if drawn < 0.11:
        return Mark(
            patient_id, State.LATE, in_at=starts_at + timedelta(minutes=chance.choice((10, 15, 20, 25)))
        )
    return Mark(patient_id, State.PRESENT)
