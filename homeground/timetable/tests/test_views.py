"""The week, a group and an appointment, opened and sent as people do it, with good input and bad."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from homeground.ground import clock
from homeground.people.roles import Role
from homeground.timetable import actions
from homeground.timetable.models import Appointment, Leading, Move, Seat
from homeground.timetable.tests.factories import (
    MORNINGS,
    make_group,
    make_patient,
    take_chairs,
    url,
)

NOWHERE = uuid4()


def test_the_week_shows_seats_used_and_leads_on(evening, desk, today):
    page = desk.get(url("week"), {"on": (today + timedelta(weeks=1)).isoformat()})
    assert page.status_code == 200
    text = page.content.decode()
    assert "3 of 10 seats" in text
    assert "Evening group" in text


@pytest.mark.parametrize("on", ["", "tomorrow", "9999-12-31", "0001-01-01", "2026-02-30", "\x00"])
def test_a_week_that_cannot_be_read_is_this_week(evening, desk, on):
    assert desk.get(url("week"), {"on": on}).status_code == 200


def test_an_empty_week_says_what_to_do(clinic, desk, director):
    assert b"Nothing in the calendar" in desk.get(url("week")).content
    assert b"New group" not in desk.get(url("week")).content
    assert b"New group" in director.get(url("week")).content


def test_the_week_takes_few_statements(clinic, evening, desk, django_assert_max_num_queries):
    for number in range(4):
        group = make_group(clinic, f"Group {number}", MORNINGS, leader=False, in_room=False)
        take_chairs(clinic, group, 2, first_number=5000 + 10 * number)
    desk.get(url("week"))
    with django_assert_max_num_queries(18):
        desk.get(url("week"))


def test_the_week_of_one_room_or_one_person(clinic, evening, desk, today):
    make_group(clinic, "Other group", MORNINGS, leader=False, in_room=False)
    said = {"by": clinic.staff[Role.SCHEDULER].actor, "at": clock.now()}
    actions.make_calendar(until=today + timedelta(weeks=3), **said)
    next_week = (today + timedelta(weeks=1)).isoformat()
    leader = clinic.staff[Role.FACILITATOR].person.pk
    for of, told in ((f"room:{clinic.room.pk}", True), (f"staff:{leader}", True), (f"room:{uuid4()}", None)):
        page = desk.get(url("week"), {"on": next_week, "of": of})
        grid = [item.label for item in page.context["items"]]
        assert ("Evening group" in grid, "Other group" in grid) == (True, told is None)
    nobody = clinic.staff[Role.COUNSELOR].person.pk
    page = desk.get(url("week"), {"on": next_week, "of": f"staff:{nobody}"})
    assert page.context["items"] == []


def test_a_facilitator_sees_the_groups_they_lead_and_no_other(clinic, evening, facilitator, ahead):
    other = make_group(clinic, "Other group", MORNINGS, leader=False, in_room=False)
    assert facilitator.get(url("group", evening.pk)).status_code == 200
    assert facilitator.get(url("appointment", ahead.pk)).status_code == 200
    assert facilitator.get(url("group", other.pk)).status_code == 404
    assert b"Other group" not in facilitator.get(url("week")).content
    assert facilitator.post(url("cancellation", ahead.pk), {"reason": "staff"}).status_code == 403


def test_a_group_page_names_its_members(evening, desk):
    text = desk.get(url("group", evening.pk)).content.decode()
    assert "Sample2001 Testperson" in text
    assert "3 of 10 seats used" in text


@pytest.mark.parametrize("name", ["group", "appointment", "obligations", "fit"])
def test_what_is_not_here_is_404(cast, clinic, desk, name):
    foreign = make_group(cast.other_clinic)
    assert desk.get(url(name, NOWHERE)).status_code == 404
    assert desk.get(url(name, foreign.pk)).status_code == 404


def test_an_appointment_is_cancelled_once(evening, ahead, desk):
    assert desk.post(url("cancellation", ahead.pk), {"reason": "mood"}).status_code == 422
    assert desk.post(url("cancellation", ahead.pk), {"reason": "weather"}).status_code == 302
    again = desk.post(url("cancellation", ahead.pk), {"reason": "weather"})
    assert again.status_code == 422
    assert b"counts as excused" in desk.get(url("appointment", ahead.pk)).content


def moving(ahead, **change):
    on = ahead.slot_on + timedelta(days=1)
    return {"on": f"{on:%m/%d/%Y}", "starts": "6p", "ends": "9 pm", "space": "", **change}


def test_a_move_is_looked_at_before_it_is_saved(clinic, evening, ahead, desk):
    make_group(clinic, "Other", [((ahead.slot_on.weekday() + 1) % 7, time(19), time(22))])
    by = clinic.staff[Role.SCHEDULER].actor
    actions.make_calendar(until=ahead.slot_on + timedelta(days=3), by=by, at=clock.now())
    shown = desk.get(url("appointment", ahead.pk), moving(ahead)).content.decode()
    assert "Taken at that time:" in shown
    assert "Facilitator Sample" in shown
    refused = desk.post(url("moves", ahead.pk), moving(ahead))
    assert refused.status_code == 422
    assert b"The person who leads is taken at this time." in refused.content
    who_and_where = refused.content.decode()
    assert "Facilitator Sample: <a" in who_and_where
    assert ">Other</a>" in who_and_where
    free = moving(ahead, starts="7 am", ends="10 am")
    assert b"Nothing stands in the way" in desk.get(url("appointment", ahead.pk), free).content
    assert desk.post(url("moves", ahead.pk), free).status_code == 302
    assert Move.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"on": ""},
        {"on": "yesterday"},
        {"on": "1/1/1926"},
        {"on": "1/1/9999"},
        {"on": "11/24/26"},
        {"starts": "25:00"},
        {"starts": "9p", "ends": "6p"},
        {"starts": "x" * 5000},
        {"space": "not-an-id"},
        {"space": str(NOWHERE)},
        {"on": "01/05/2026"},
    ],
)
def test_a_move_that_makes_no_sense_is_refused_and_kept(evening, ahead, desk, change):
    sent = moving(ahead, **change)
    page = desk.post(url("moves", ahead.pk), sent)
    assert page.status_code == 422
    if len(sent["starts"]) < 100:
        assert f'value="{sent["starts"]}"' in page.content.decode()
    assert Move.objects.count() == 0


def test_a_colleague_who_is_taken_is_named_with_what_they_do(clinic, evening, ahead, desk):
    busy = clinic.staff[Role.COUNSELOR].person
    times = [(ahead.slot_on.weekday(), time(19), time(22))]
    other = make_group(clinic, "Other", times, leader=False, in_room=False)
    Leading.objects.create(**clinic.owns(), group=other, staff=busy, starts_on=other.starts_on)
    by = clinic.staff[Role.SCHEDULER].actor
    actions.make_calendar(until=ahead.slot_on + timedelta(days=3), by=by, at=clock.now())
    refused = desk.post(url("substitutes", ahead.pk), {"staff": str(busy.pk)})
    assert refused.status_code == 422
    assert ">Other</a>" in refused.content.decode()


def test_the_week_says_what_is_held_in_the_room_that_is_missing(clinic, evening, ahead, desk):
    late = [(ahead.slot_on.weekday(), time(19), time(22))]
    group = make_group(clinic, "Late group", late, leader=False)
    by = clinic.staff[Role.SCHEDULER].actor
    actions.make_calendar(until=ahead.slot_on + timedelta(days=3), by=by, at=clock.now())
    page = desk.get(url("week"), {"on": ahead.slot_on.isoformat()}).content.decode()
    assert "has no room: in Cedar there is" in page
    missing = Appointment.objects.get(slot__group=group, slot_on=ahead.slot_on)
    assert ">Evening group</a>" in desk.get(url("appointment", missing.pk)).content.decode()


def test_somebody_else_leads(clinic, evening, ahead, desk):
    counselor = clinic.staff[Role.COUNSELOR].person
    assert desk.post(url("substitutes", ahead.pk), {"staff": counselor.pk}).status_code == 302
    assert b"Counselor Sample" in desk.get(url("appointment", ahead.pk)).content
    assert desk.post(url("substitutes", ahead.pk), {"staff": str(NOWHERE)}).status_code == 422


def test_a_guest_is_booked_for_a_day(clinic, evening, ahead, desk, today):
    morning = make_group(clinic, "Morning group", MORNINGS, leader=False, in_room=False)
    episode = make_patient(clinic, 3005)
    by = clinic.staff[Role.SCHEDULER].actor
    actions.seat(episode_id=episode.pk, group_id=morning.pk, starts_on=today, by=by, at=clock.now())
    sent = {"patient": str(episode.patient_id)}
    assert desk.post(url("make_ups", ahead.pk), sent).status_code == 302
    assert b"make-up" in desk.get(url("appointment", ahead.pk)).content
    again = desk.post(url("make_ups", ahead.pk), sent)
    assert again.status_code == 422
    assert b"already has a seat" in again.content
    assert desk.post(url("make_ups", ahead.pk), {"patient": "x"}).status_code == 404
    assert desk.post(url("make_ups", ahead.pk), {"patient": str(NOWHERE)}).status_code == 404


@pytest.mark.parametrize("name", ["seats", "cancellation", "moves", "painted", "seat_end", "make_ups"])
def test_what_only_writes_is_not_read(desk, evening, ahead, name):
    seat = Seat.objects.filter(group=evening).select_related("episode__patient").first()
    ids = {"seats": seat.episode_id, "painted": seat.episode.patient.person_id, "seat_end": seat.pk}
    assert desk.get(url(name, ids.get(name, ahead.pk))).status_code == 405


def test_times_are_shown_on_the_clinics_clock(evening, ahead, desk):
    text = desk.get(url("appointment", ahead.pk)).content.decode()
    assert ", 18:00" in text
    assert isinstance(ahead.starts_at, datetime)
