"""Groups whose members come to some of the sessions: each member's week is made of those that fit."""

from datetime import time, timedelta

import pytest

from homeground.ground import clock
from homeground.people.roles import Role
from homeground.timetable import actions, queries
from homeground.timetable.models import Booking, Group, Obligation, Seat, SeatSlot
from homeground.timetable.tests.factories import make_group, make_patient, url

DAILY = tuple((day, time(18), time(21)) for day in range(5))
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


@pytest.fixture
def group(clinic, today, by):
    """Three of five evenings, in the calendar."""
    group = make_group(clinic, "Any three", DAILY, attend=3)
    actions.make_calendar(until=today + timedelta(weeks=3), by=by, at=clock.now())
    return group


@pytest.fixture
def tuesdays_out(clinic, episode):
    Obligation.objects.create(
        **clinic.owns(), person=episode.patient.person, weekday=TUESDAY, starts=time(8), ends=time(20)
    )
    return episode


def booked_weekdays(episode):
    rows = Booking.objects.filter(patient=episode.patient, released_at=None)
    return set(rows.values_list("appointment__slot__weekday", flat=True))


def seated(group, episode, today, by, *days):
    return actions.seat(
        episode_id=episode.pk,
        group_id=group.pk,
        sessions=frozenset((day, time(18)) for day in days),
        starts_on=today,
        by=by,
        at=clock.now(),
    )


def test_a_seat_books_the_sessions_that_were_chosen_and_no_other(group, episode, today, by):
    seated(group, episode, today, by, MONDAY, WEDNESDAY, FRIDAY)
    assert booked_weekdays(episode) == {MONDAY, WEDNESDAY, FRIDAY}


def test_weeks_that_come_later_are_booked_the_same(group, episode, today, by):
    seated(group, episode, today, by, MONDAY, WEDNESDAY, FRIDAY)
    before = Booking.objects.filter(patient=episode.patient).count()
    actions.make_calendar(until=today + timedelta(weeks=5), by=by, at=clock.now())
    assert Booking.objects.filter(patient=episode.patient).count() == before + 6
    assert booked_weekdays(episode) == {MONDAY, WEDNESDAY, FRIDAY}


def test_where_none_are_named_those_that_fit_are_taken(group, tuesdays_out, today, by):
    seated(group, tuesdays_out, today, by)
    assert TUESDAY not in booked_weekdays(tuesdays_out)
    assert len(booked_weekdays(tuesdays_out)) == 3


def test_the_offer_names_its_sessions_and_the_seat_comes_to_these(group, tuesdays_out, today, desk):
    page = desk.get(url("fit", tuesdays_out.pk)).content.decode()
    assert "9 h a week, 3 days" in page
    sent = page.split('name="sessions" value="')[1].split('"')[0]
    assert "1 18:00" not in sent
    wanted = {int(each[0]) for each in sent.split(",")}
    told = {"group": str(group.pk), "sessions": sent, "starts_on": today.isoformat()}
    assert desk.post(url("seats", tuesdays_out.pk), told).status_code == 302
    assert booked_weekdays(tuesdays_out) == wanted
    shown = queries.held_seats(tuesdays_out.pk, today)[0].meetings
    assert {each.weekday for each in shown} == wanted


def test_a_kept_chair_keeps_its_sessions(group, episode, today, desk):
    told = {"group": str(group.pk), "sessions": "1 18:00,2 18:00,4 18:00", "starts_on": today.isoformat()}
    assert desk.post(url("holds", episode.pk), told).status_code == 302
    assert booked_weekdays(episode) == set()
    assert 'value="1 18:00,2 18:00,4 18:00"' in desk.get(url("fit", episode.pk)).content.decode()


@pytest.mark.parametrize("days", [(MONDAY, TUESDAY), (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)])
def test_another_number_of_sessions_is_refused(group, episode, today, by, days):
    with pytest.raises(actions.NotTheseSessions):
        seated(group, episode, today, by, *days)
    assert not Seat.objects.filter(episode=episode).exists()


def test_a_session_the_group_does_not_have_is_refused(group, episode, today, desk):
    told = {"group": str(group.pk), "sessions": "5 18:00,2 18:00,4 18:00", "starts_on": today.isoformat()}
    refused = desk.post(url("seats", episode.pk), told)
    assert refused.status_code == 422
    assert b"The sessions of this group have changed." in refused.content
    assert desk.post(url("seats", episode.pk), told | {"sessions": "one 6pm"}).status_code == 422


def test_some_sessions_of_a_group_that_wants_all_are_refused(clinic, episode, today, by):
    group = make_group(clinic, "All three", DAILY[:3])
    with pytest.raises(actions.NotTheseSessions):
        seated(group, episode, today, by, MONDAY, TUESDAY)
    seated(group, episode, today, by, MONDAY, TUESDAY, WEDNESDAY)
    assert not SeatSlot.objects.exists()


def test_a_gradual_return_keeps_to_the_sessions_of_the_seat(group, episode, today, by):
    seated(group, episode, today - timedelta(days=1), by, MONDAY, WEDNESDAY, FRIDAY)
    base = queries.taper_base(episode.pk, today)
    assert {each.weekday for each in base.meetings.values()} == {MONDAY, WEDNESDAY, FRIDAY}


def test_a_director_says_how_many_sessions_a_member_comes_to(clinic, director, group, today, by):
    initial = queries.group_plan(group.pk, today)
    told = {name: value for name, value in initial.items() if value not in (None, False, [])}
    told |= {f"starts_{day}": "18:00" for day in range(5)} | {f"ends_{day}": "21:00" for day in range(5)}
    assert "each member comes to 3 of 5" in director.get(url("group", group.pk)).content.decode()
    assert director.post(url("edit_group", group.pk), told | {"attend": "4"}).status_code == 302
    assert Group.objects.get().attend == 4
    refused = director.post(url("edit_group", group.pk), told | {"attend": "6"})
    assert refused.status_code == 422
    assert b"The group has fewer sessions than that." in refused.content


def test_a_session_somebody_comes_to_is_not_taken_out_of_the_group(clinic, director, group, today, by):
    other = make_patient(clinic, 3002)
    actions.hold(
        episode_id=other.pk,
        group_id=group.pk,
        sessions=frozenset((day, time(18)) for day in (MONDAY, TUESDAY, FRIDAY)),
        starts_on=today,
        by=by,
        at=clock.now(),
    )
    initial = queries.group_plan(group.pk, today)
    told = {name: value for name, value in initial.items() if value not in (None, False, [])}
    told |= {f"starts_{day}": "18:00" for day in range(4)} | {f"ends_{day}": "21:00" for day in range(4)}
    told = {name: value for name, value in told.items() if name not in ("starts_4", "ends_4")}
    assert director.post(url("edit_group", group.pk), told).status_code == 422
