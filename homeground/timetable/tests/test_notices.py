"""Whose times a change touches is told that they changed; nobody else is."""

from datetime import datetime, time, timedelta

import pytest

from homeground.people.models import Notice
from homeground.people.roles import Role
from homeground.timetable import actions
from homeground.timetable.models import Appointment, Seat
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.tests.factories import AT, MONDAY, make_group, take_chairs

ZONE = "America/Denver"
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def said(clinic):
    return {"by": clinic.staff[Role.SCHEDULER].actor, "at": AT}


@pytest.fixture
def evening(clinic, inside, said):
    """An evening group with two people, in the calendar for two weeks."""
    group = make_group(clinic)
    take_chairs(clinic, group, 2)
    actions.make_calendar(until=MONDAY + timedelta(weeks=2), **said)
    return group


@pytest.fixture
def monday(evening):
    return Appointment.objects.order_by("starts_at").first()


@pytest.fixture
def people(evening):
    """The persons with a chair in the group."""
    return set(Seat.objects.filter(group=evening).values_list("episode__patient__person", flat=True))


@pytest.fixture
def leader(clinic):
    return clinic.staff[Role.FACILITATOR].person.pk


def told():
    return set(Notice.objects.values_list("person_id", flat=True))


def when(hour: int) -> datetime:
    return at_clock(MONDAY, time(hour), ZONE)


def test_making_the_calendar_tells_nobody(evening):
    assert told() == set()


def test_a_cancelled_appointment(monday, people, leader, said):
    actions.cancel_appointment(appointment_id=monday.pk, reason=actions.Reason.STAFF, **said)
    assert told() == people | {leader}


def test_a_moved_appointment(monday, people, leader, said):
    actions.move_appointment(
        appointment_id=monday.pk, starts_at=when(13), ends_at=when(16), space_id=None, **said
    )
    assert told() == people | {leader}


def test_a_move_that_is_refused_tells_nobody(monday, said):
    with pytest.raises(actions.BadTimes):
        actions.move_appointment(
            appointment_id=monday.pk, starts_at=when(16), ends_at=when(13), space_id=None, **said
        )
    assert told() == set()


def test_somebody_else_leads_tells_both_of_them(clinic, monday, leader, said):
    other = clinic.staff[Role.COUNSELOR].person.pk
    actions.substitute_leader(appointment_id=monday.pk, staff_id=other, **said)
    assert told() == {leader, other}


def test_by_video_instead(monday, people, leader, said):
    actions.hold_by_video(appointment_id=monday.pk, **said)
    assert told() == people | {leader}


def test_a_closed_day(clinic, evening, people, leader, said):
    actions.close_center(center_id=clinic.center.pk, on=MONDAY, name="Snow", **said)
    assert told() == people | {leader}


def test_a_closed_day_without_appointments(clinic, evening, said):
    actions.close_center(center_id=clinic.center.pk, on=MONDAY + timedelta(days=5), name="Snow", **said)
    assert told() == set()


def test_the_end_of_a_seat_tells_the_one_who_had_it(evening, said):
    seat = Seat.objects.filter(group=evening).select_related("episode__patient").first()
    actions.unseat(seat_id=seat.pk, ends_on=WEDNESDAY, **said)
    assert told() == {seat.episode.patient.person_id}


def test_the_end_of_a_group_tells_everybody_in_it(evening, people, leader, said):
    actions.end_group(group_id=evening.pk, ends_on=WEDNESDAY, **said)
    assert told() == people | {leader}


def test_a_discharge_is_told_by_whoever_discharges(evening, said):
    seat = Seat.objects.filter(group=evening).first()
    actions.end_seats_of_stay(episode_id=seat.episode_id, ends_on=WEDNESDAY, **said)
    assert told() == set()
