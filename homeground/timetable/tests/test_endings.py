"""A group ends, a day is closed, a stay ends: chairs are freed and the calendar follows."""

from datetime import timedelta

import pytest

from homeground.people.roles import Role
from homeground.program.models import Closure
from homeground.timetable import actions, queries
from homeground.timetable.models import Appointment, Booking, CounselorSeat, Leading, Seat
from homeground.timetable.tests.factories import (
    AT,
    MONDAY,
    MORNINGS,
    ON,
    make_group,
    make_hour,
    make_patient,
    take_chairs,
    url,
)

WEEK = timedelta(weeks=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def running(clinic, inside, by):
    """An evening group with three people, two weeks of it in the calendar."""
    group = make_group(clinic)
    take_chairs(clinic, group, 3)
    actions.make_calendar(until=MONDAY + 2 * WEEK, by=by, at=AT)
    return group


def test_a_group_ends_with_its_chairs_and_leaves_the_calendar_from_that_day_on(running, by):
    done = actions.end_group(group_id=running.pk, ends_on=MONDAY + WEEK, by=by, at=AT)
    assert (done.seats, done.guests, done.appointments) == (3, 0, 3)
    assert set(Seat.objects.values_list("ends_on", flat=True)) == {MONDAY + WEEK}
    assert Leading.objects.get().ends_on == MONDAY + WEEK
    assert sorted(Appointment.objects.values_list("slot_on", flat=True)) == [
        MONDAY + timedelta(days=day) for day in (0, 1, 3)
    ]
    actions.make_calendar(until=MONDAY + 4 * WEEK, by=by, at=AT)
    assert Appointment.objects.count() == 3
    assert queries.groups_with_seats(MONDAY + WEEK) == ()


def test_a_guest_of_the_day_sees_that_the_session_is_not_held(clinic, running, by):
    episode = make_patient(clinic, 3101)
    make_up = Appointment.objects.filter(slot_on__gte=MONDAY + WEEK).earliest("starts_at")
    actions.book_make_up(
        appointment_id=make_up.pk, patient_id=episode.patient_id, by_video=False, by=by, at=AT
    )
    done = actions.end_group(group_id=running.pk, ends_on=MONDAY + WEEK, by=by, at=AT)
    assert (done.guests, done.appointments) == (1, 2)
    shown = queries.patient_week(episode.patient_id, make_up.starts_at, make_up.ends_at)
    assert [each.appointment.cancelled for each in shown] == ["other"]


@pytest.mark.parametrize(
    ("ends_on", "refusal"),
    [
        (ON - timedelta(days=1), actions.EndsTooEarly),
        (None, actions.EndsTooEarly),
    ],
)
def test_a_group_ends_neither_in_the_past_nor_before_it_begins(running, by, ends_on, refusal):
    with pytest.raises(refusal):
        actions.end_group(group_id=running.pk, ends_on=ends_on or running.starts_on, by=by, at=AT)
    running.refresh_from_db()
    assert running.ends_on is None


def test_an_end_moves_forward_but_not_back(running, by):
    actions.end_group(group_id=running.pk, ends_on=MONDAY + WEEK, by=by, at=AT)
    with pytest.raises(actions.EndedBefore):
        actions.end_group(group_id=running.pk, ends_on=MONDAY + 2 * WEEK, by=by, at=AT)
    actions.end_group(group_id=running.pk, ends_on=MONDAY, by=by, at=AT)
    running.refresh_from_db()
    assert running.ends_on == MONDAY


def test_a_stay_that_ends_frees_its_chair_its_hour_and_its_make_ups(clinic, running, by):
    episode = make_patient(clinic, 3102)
    hour = make_hour(clinic)
    actions.seat(
        episode_id=episode.pk, group_id=running.pk, counselor_hour_id=hour.pk, starts_on=MONDAY, by=by, at=AT
    )
    other = make_group(clinic, "Morning", MORNINGS, leader=False, in_room=False)
    actions.make_calendar(until=MONDAY + 2 * WEEK, by=by, at=AT)
    guest = Appointment.objects.filter(slot__group=other, slot_on__gte=MONDAY + WEEK).earliest("starts_at")
    actions.book_make_up(appointment_id=guest.pk, patient_id=episode.patient_id, by_video=False, by=by, at=AT)
    end = {"episode_id": episode.pk, "ends_on": MONDAY + WEEK, "by": by, "at": AT}
    assert actions.end_seats_of_stay(**end) == 2
    assert Seat.objects.get(episode=episode).ends_on == MONDAY + WEEK
    assert CounselorSeat.objects.get().ends_on == MONDAY + WEEK
    mine = Booking.objects.filter(patient=episode.patient_id, released_at=None)
    assert {row.appointment.slot_on for row in mine} <= {MONDAY + timedelta(days=day) for day in range(7)}
    assert not Appointment.objects.filter(counselor_seat__isnull=False, slot_on__gte=MONDAY + WEEK).exists()
    assert actions.end_seats_of_stay(**end) == 0


def test_a_director_sees_who_sits_there_before_ending_the_group(evening, director, desk, today):
    page = director.get(url("group_end", evening.pk))
    assert page.content.decode().count("Find another week") == 3
    last = today + timedelta(days=8)
    assert director.post(url("group_end", evening.pk), {"ends_on": "never"}).status_code == 422
    refused = director.post(url("group_end", evening.pk), {"ends_on": f"{today - WEEK:%m/%d/%Y}"})
    assert (refused.status_code, f"{today - WEEK:%m/%d/%Y}" in refused.content.decode()) == (422, True)
    assert director.post(url("group_end", evening.pk), {"ends_on": f"{last:%m/%d/%Y}"}).status_code == 302
    evening.refresh_from_db()
    assert evening.ends_on == last
    assert desk.get(url("group_end", evening.pk)).status_code == 403


def test_a_closed_day_is_shown_with_what_it_cancels_before_it_is_closed(clinic, ahead, director):
    told = {"center": str(clinic.center.pk), "on": f"{ahead.slot_on:%m/%d/%Y}", "name": "Snow"}
    page = director.post(url("closures"), told)
    assert page.status_code == 200
    assert "would be cancelled for everybody" in page.content.decode()
    assert not Closure.objects.exists()
    assert director.post(url("closures"), {**told, "seen": "on"}).status_code == 302
    ahead.refresh_from_db()
    assert ahead.cancellation.reason == "holiday"
    assert not ahead.bookings.filter(released_at=None).exists()
    assert director.post(url("closures"), {**told, "seen": "on"}).status_code == 422
    assert Closure.objects.count() == 1


@pytest.mark.parametrize("change", [{"on": "yesterday"}, {"on": "11/24/1999"}, {"name": ""}, {"center": "x"}])
def test_a_closed_day_that_cannot_be_is_refused_and_what_was_typed_is_kept(clinic, director, change):
    told = {"center": str(clinic.center.pk), "on": "11/24/2030", "name": "Snow", **change}
    page = director.post(url("closures"), told)
    assert page.status_code == 422
    assert f'value="{told["on"]}"' in page.content.decode()
    assert not Closure.objects.exists()


def test_today_cannot_be_closed(clinic, director, today):
    told = {"center": str(clinic.center.pk), "on": f"{today:%m/%d/%Y}", "name": "Snow", "seen": "on"}
    assert director.post(url("closures"), told).status_code == 422


def test_a_counselors_hour_ends_also_when_somebody_has_it(clinic, running, by):
    episode = make_patient(clinic, 3103)
    hour = make_hour(clinic)
    actions.seat(
        episode_id=episode.pk, group_id=running.pk, counselor_hour_id=hour.pk, starts_on=MONDAY, by=by, at=AT
    )
    assert actions.end_hour(hour_id=hour.pk, ends_on=MONDAY + WEEK, by=by, at=AT) == 1
    assert CounselorSeat.objects.get().ends_on == MONDAY + WEEK
    talks = Appointment.objects.filter(counselor_seat__isnull=False)
    assert all(talk.slot_on < MONDAY + WEEK for talk in talks)
    assert talks.exists()
    assert queries.counselor_hours(MONDAY + WEEK) == ()
    other = make_patient(clinic, 3104)
    with pytest.raises(actions.HourNotHere):
        actions.seat(
            episode_id=other.pk,
            group_id=running.pk,
            counselor_hour_id=hour.pk,
            starts_on=MONDAY + WEEK,
            by=by,
            at=AT,
        )
    with pytest.raises(actions.EndedBefore):
        actions.end_hour(hour_id=hour.pk, ends_on=MONDAY + WEEK, by=by, at=AT)
    keep = {"staff_id": hour.staff_id, "weekday": hour.weekday, "starts": hour.starts, "ends": hour.ends}
    assert actions.keep_hour(**keep, by_video=True, space_id=None, by=by, at=AT)


def test_a_director_ends_an_hour_in_the_browser(clinic, director, today):
    hour = make_hour(clinic)
    wrong = director.post(url("hour_end", hour.pk), {"ends_on": "soon"})
    assert (wrong.status_code, b'value="soon"' in wrong.content) == (422, True)
    past = {"ends_on": f"{today - WEEK:%m/%d/%Y}"}
    assert director.post(url("hour_end", hour.pk), past).status_code == 422
    last = today + WEEK
    assert director.post(url("hour_end", hour.pk), {"ends_on": f"{last:%m/%d/%Y}"}).status_code == 302
    hour.refresh_from_db()
    assert hour.ends_on == last
    assert b"End it" not in director.get(url("hours")).content
