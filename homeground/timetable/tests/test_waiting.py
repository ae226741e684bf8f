"""Kept chairs and the waiting list: nothing is promised twice, nothing is kept for ever."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from homeground.audit.models import Entry
from homeground.people.roles import Role
from homeground.timetable import actions, queries
from homeground.timetable.models import Booking, Group, Hold, Obligation, Seat, Waiting
from homeground.timetable.rules.fit import FitAnswer, Offer
from homeground.timetable.rules.waiting import KEPT_FOR, Place, in_order, offered
from homeground.timetable.tests.designing import mornings
from homeground.timetable.tests.factories import (
    AT,
    MONDAY,
    MORNINGS,
    ON,
    make_group,
    make_patient,
    take_chairs,
    url,
)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


@pytest.fixture
def hold(by):
    def keep(episode, group, **change):
        told = {"episode_id": episode.pk, "group_id": group.pk, "starts_on": MONDAY, "by": by, "at": AT}
        return actions.hold(**told | change)

    return keep


@pytest.fixture
def wait(by):
    def put(episode, urgency=2, at=AT):
        return actions.put_on_list(episode_id=episode.pk, urgency=urgency, by=by, at=at)

    return put


def seat(episode, group, by, **change):
    told = {"episode_id": episode.pk, "group_id": group.pk, "starts_on": MONDAY, "by": by, "at": AT}
    return actions.seat(**told | change)


# rules


def offer(group, free):
    return Offer(group, str(group), (), 540, "in person", None, 3, 3, None, free)


def answers(**groups):
    return {
        who: FitAnswer(True, tuple(offer(group, free) for group, free in found))
        for who, found in groups.items()
    }


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        ([("a", 2, 1), ("b", 1, 9)], "ba"),  # urgency before waiting time
        ([("a", 2, 5), ("b", 2, 3)], "ba"),  # then who waits longer
        ([("b", 2, 3), ("a", 2, 3)], "ab"),  # then always the same
    ],
)
def test_the_order_of_the_list(waiting, order):
    places = [Place(who, urgency, AT + timedelta(days=days)) for who, urgency, days in waiting]
    assert "".join(each.episode_id for each in in_order(places)) == order


@pytest.mark.parametrize(
    ("found", "dealt"),
    [
        ({"a": [("eve", 1)], "b": [("eve", 1)]}, {"a": "eve"}),
        ({"a": [("eve", 2)], "b": [("eve", 2)]}, {"a": "eve", "b": "eve"}),
        ({"a": [("eve", 1)], "b": [("eve", 1), ("day", 1)]}, {"a": "eve", "b": "day"}),
        ({"a": [], "b": [("eve", 1)]}, {"b": "eve"}),
    ],
)
def test_a_free_chair_is_offered_to_the_first_it_fits(found, dealt):
    places = [Place(who, 2, AT + timedelta(days=n)) for n, who in enumerate("ab")]
    assert {who: each.group_id for who, each in offered(places, answers(**found)).items()} == dealt


# actions


def test_a_kept_chair_is_taken_and_nothing_is_booked(clinic, inside, hold, by):
    group = make_group(clinic, capacity=1)
    actions.make_calendar(until=MONDAY + timedelta(weeks=1), by=by, at=AT)
    first, second = make_patient(clinic, 3001), make_patient(clinic, 3002)
    kept = hold(first, group)
    assert kept.until == AT + KEPT_FOR
    assert not Booking.objects.filter(patient=first.patient).exists()
    with pytest.raises(actions.GroupFull):
        seat(second, group, by)
    actions.make_calendar(until=MONDAY + timedelta(weeks=2), by=by, at=AT)
    assert not Booking.objects.filter(patient=first.patient).exists(), "the night must not book it either"


def test_taking_the_seat_ends_the_hold_and_books(clinic, inside, hold, wait, by):
    group = make_group(clinic, capacity=1)
    actions.make_calendar(until=MONDAY + timedelta(weeks=1), by=by, at=AT)
    episode = make_patient(clinic, 3001)
    wait(episode)
    hold(episode, group)
    given = seat(episode, group, by)
    assert given.appointments == 3
    assert not Hold.objects.exists()
    assert Waiting.objects.get().left_why == Waiting.Left.SEATED
    assert Entry.objects.filter(event="timetable.hold.ended").get().facts["why"] == "taken_up"


def test_a_refused_seat_leaves_the_kept_chair_alone(clinic, inside, hold, by):
    group, full = make_group(clinic), make_group(clinic, "Full", MORNINGS, leader=False, capacity=1)
    take_chairs(clinic, full, 1)
    episode = make_patient(clinic, 3001)
    hold(episode, group)
    with pytest.raises(actions.GroupFull):
        seat(episode, full, by)
    assert Hold.objects.filter(seat__group=group).exists()


def test_after_its_time_a_chair_is_free_for_whoever_comes(clinic, inside, hold, by):
    group = make_group(clinic, capacity=1)
    hold(make_patient(clinic, 3001), group)
    later = AT + KEPT_FOR
    assert seat(make_patient(clinic, 3002), group, by, at=later).place == 1


def test_the_worker_frees_what_was_kept_long_enough(clinic, inside, hold, by):
    group = make_group(clinic)
    hold(make_patient(clinic, 3001), group)
    assert actions.end_expired_holds(by=by, at=AT + KEPT_FOR - timedelta(seconds=1)) == 0
    assert actions.end_expired_holds(by=by, at=AT + KEPT_FOR) == 1
    assert not Seat.objects.filter(group=group).exists()


def test_the_database_wants_an_end_after_the_beginning_and_one_entry_a_stay(clinic, inside, hold, wait):
    kept = hold(make_patient(clinic, 3001), make_group(clinic))
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=kept.hold_id).update(until=AT)
    episode = make_patient(clinic, 3002)
    entry = wait(episode)
    with pytest.raises(actions.AlreadyWaiting):
        wait(episode)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiting.objects.filter(pk=entry).update(left_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiting.objects.filter(pk=entry).update(urgency=4)


def test_who_left_may_wait_again(clinic, inside, wait, by):
    episode = make_patient(clinic, 3001)
    actions.leave_list(waiting_id=wait(episode), why="no_longer", by=by, at=AT)
    wait(episode)
    assert Waiting.objects.filter(episode=episode).count() == 2


# the list


def test_the_list_deals_out_chairs_and_names_what_would_help(clinic, inside, wait):
    group = make_group(clinic, capacity=1)
    late, early, blocked = (make_patient(clinic, number) for number in (3001, 3002, 3003))
    for episode, days in ((late, 2), (early, 1), (blocked, 3)):
        wait(episode, at=AT + timedelta(days=days))
    Obligation.objects.create(
        **clinic.owns(), person=blocked.patient.person, weekday=1, starts=time(18), ends=time(19)
    )
    found = queries.waiting_list(ON)
    assert [each.episode_id for each in found] == [early.pk, late.pk, blocked.pk]
    assert found[0].offer.group_id == group.pk
    assert found[1].offer is None
    assert found[1].fits
    assert [change.weekday for change in found[2].changes] == [1]


def test_the_list_asks_as_much_for_six_as_for_two(clinic, inside, wait, django_assert_max_num_queries):
    make_group(clinic)
    for number in range(3001, 3007):
        wait(make_patient(clinic, number))
    with django_assert_max_num_queries(14):
        assert len(queries.waiting_list(ON)) == 6


def test_the_list_knows_the_groups_that_could_begin_for_each(scene, by):
    actions.add_candidate(scenario_id=scene.scenario, plan=mornings(), by=by, at=AT)
    late = mornings(name="Late", starts=time(18), ends=time(21, 15))
    actions.add_candidate(scenario_id=scene.scenario, plan=late, by=by, at=AT)
    (found,) = queries.waiting_list(ON)
    assert [(idea.group, idea.scenario) for idea in found.could] == [("Early", "Mornings")]
    actions.discard_scenario(scenario_id=scene.scenario, by=by, at=AT)
    (found,) = queries.waiting_list(ON)
    assert found.could == ()


# pages


def test_a_freed_seat_is_offered_to_the_first_who_fits_on_the_page_of_the_group(
    clinic, inside, evening, episode, desk, today, wait
):
    full = Group.objects.filter(pk=evening.pk)
    full.update(capacity=3)
    blocked = make_patient(clinic, 3002)
    Obligation.objects.create(
        **clinic.owns(), person=blocked.patient.person, weekday=1, starts=time(18), ends=time(19)
    )
    wait(blocked)
    wait(episode)
    assert "The free chair fits" not in desk.get(url("group", evening.pk)).content.decode()
    sent = {"ends_on": today.isoformat()}
    seat = Seat.objects.filter(group=evening).first()
    freed = desk.post(url("seat_end", seat.pk), sent, follow=True).content.decode()
    assert "The free chair fits" in freed
    assert "Sample3001" in freed.split("The free chair fits")[1][:200]


def test_the_desk_keeps_a_chair_from_the_list_and_gives_it_back(clinic, evening, episode, desk, today):
    assert desk.post(url("waits", episode.pk), {"urgency": "1"}).status_code == 302
    page = desk.get(url("waiting")).content.decode()
    assert "1 can be offered a chair now." in page
    sent = {"group": str(evening.pk), "starts_on": today.isoformat()}
    assert desk.post(url("holds", episode.pk), sent).status_code == 302
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "is kept until" in page
    kept = Hold.objects.get()
    assert desk.post(url("release", kept.pk)).status_code == 302
    assert desk.post(url("release", kept.pk)).status_code == 404


def test_what_cannot_be_kept_is_said_on_the_fit_page(clinic, evening, episode, desk, today):
    sent = {"group": str(evening.pk), "starts_on": today.isoformat()}
    desk.post(url("seats", episode.pk), sent)
    again = desk.post(url("holds", episode.pk), sent)
    assert again.status_code == 422
    assert b"already has a seat" in again.content
    assert desk.post(url("waits", episode.pk), {"urgency": "9"}).status_code == 422
    assert desk.post(url("holds", episode.pk), {"group": "x"}).status_code == 422


def test_leaving_needs_a_reason(clinic, episode, desk):
    desk.post(url("waits", episode.pk), {"urgency": "2"})
    entry = Waiting.objects.get()
    assert desk.post(url("leaving", entry.pk), {"why": ""}).status_code == 404
    assert desk.post(url("leaving", entry.pk), {"why": "elsewhere"}).status_code == 302
    assert isinstance(Waiting.objects.get().left_at, datetime)


def test_a_group_with_a_free_chair_asks_as_much_for_six_who_wait_as_for_two(
    inside, clinic, evening, desk, wait, django_assert_num_queries
):
    for number in (3001, 3002):
        wait(make_patient(clinic, number))
    desk.get(url("group", evening.pk))
    with CaptureQueriesContext(connection) as two:
        desk.get(url("group", evening.pk))
    assert len(two) <= 34
    for number in (3003, 3004, 3005, 3006):
        wait(make_patient(clinic, number))
    with django_assert_num_queries(len(two)):
        desk.get(url("group", evening.pk))
