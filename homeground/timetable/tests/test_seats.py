"""Seating: one click, every refusal by name, the last chair once."""

import threading
from datetime import date, time, timedelta

import pytest
from cast import make_cast
from django.db import IntegrityError, connections, transaction

from homeground.audit.models import Entry
from homeground.ground import scope
from homeground.people.roles import Role
from homeground.timetable import actions
from homeground.timetable.models import Appointment, Booking, Circumstances, CounselorSeat, NoContact, Seat
from homeground.timetable.rules.gates import Gate
from homeground.timetable.tests.factories import (
    AT,
    EVENINGS,
    MONDAY,
    MORNINGS,
    YOUTH,
    make_group,
    make_hour,
    make_patient,
    take_chairs,
)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


@pytest.fixture
def seat(by):
    def give(episode, group, **change):
        return actions.seat(
            **{"episode_id": episode.pk, "group_id": group.pk, "starts_on": MONDAY, "by": by, "at": AT}
            | change
        )

    return give


@pytest.fixture
def calendar(by):
    return lambda weeks=2: actions.make_calendar(until=MONDAY + timedelta(weeks=weeks), by=by, at=AT)


def test_a_seat_takes_the_lowest_free_chair_and_every_appointment_ahead(clinic, inside, seat, calendar):
    group = make_group(clinic)
    first, second, _ = take_chairs(clinic, group, 3)
    Seat.objects.filter(pk=second.pk).update(ends_on=MONDAY)
    calendar()
    given = seat(make_patient(clinic, 3001), group)
    assert (given.place, given.appointments, given.left_out) == (2, 6, ())
    assert Entry.objects.filter(event="timetable.seat.given", subject_id=given.seat_id).count() == 1


def test_a_seat_and_the_calendar_agree(clinic, inside, seat, calendar):
    group = make_group(clinic)
    calendar()
    seat(make_patient(clinic, 3001), group)
    assert calendar().bookings == 0


def test_adults_and_adolescents_are_never_together(clinic, inside, seat):
    youth = make_group(clinic, "Youth group", YOUTH, program=clinic.adolescent)
    with pytest.raises(actions.NotForThisPopulation):
        seat(make_patient(clinic, 3001), youth)


def test_a_minor_in_an_adult_program_is_refused_by_age(clinic, inside, seat):
    episode = make_patient(clinic, 3001)
    person = episode.patient.person
    person.born_on = date(2010, 1, 1)
    person.save()
    with pytest.raises(actions.NotForThisPopulation):
        seat(episode, make_group(clinic))


@pytest.mark.parametrize(
    ("gates", "gate"),
    [({"gender": "woman"}, Gate.GENDER), ({"language": "es"}, Gate.LANGUAGE), ({"dual": True}, Gate.DUAL)],
)
def test_gates_refuse_by_name(clinic, inside, seat, gates, gate):
    with pytest.raises(actions.NotForThisPerson) as refused:
        seat(make_patient(clinic, 3001), make_group(clinic, **gates))
    assert refused.value.gate is gate


def test_a_group_for_co_occurring_conditions_admits_whom_it_is_for(clinic, inside, seat):
    episode = make_patient(clinic, 3001)
    Circumstances.objects.create(**clinic.owns(), person=episode.patient.person, dual=True)
    assert seat(episode, make_group(clinic, dual=True)).place == 1


@pytest.mark.parametrize(("length", "minutes"), [(time(20, 50), 510), (time(20, 59), 537)])
def test_a_week_below_the_floor_is_refused_with_the_numbers(clinic, inside, seat, length, minutes):
    short = make_group(clinic, times=[(day, starts, length) for day, starts, _ in EVENINGS])
    with pytest.raises(actions.BelowFloor) as refused:
        seat(make_patient(clinic, 3001), short)
    assert (refused.value.by.found, refused.value.by.wanted) == (minutes, 540)


def test_six_hours_are_enough_for_an_adolescent(clinic, inside, seat):
    youth = make_group(clinic, "Youth group", YOUTH, program=clinic.adolescent)
    episode = make_patient(clinic, 3001, program=clinic.adolescent)
    person = episode.patient.person
    person.born_on = date(2010, 1, 1)
    person.save()
    assert seat(episode, youth).place == 1


def test_a_no_contact_pair_is_refused_without_a_reason(clinic, inside, seat, by):
    group = make_group(clinic)
    one, other = make_patient(clinic, 3001), make_patient(clinic, 3002)
    low, high = sorted((one.patient.person, other.patient.person), key=lambda person: person.pk)
    NoContact.objects.create(
        **clinic.owns(), one=low, other=high, recorded_at=AT, recorded_by_id=by.account_id
    )
    seat(one, group)
    with pytest.raises(actions.NotAvailable) as refused:
        seat(other, group)
    assert str(refused.value) == ""
    assert not Seat.objects.filter(episode=other).exists()


def test_a_full_group_is_refused_and_nothing_is_written(clinic, inside, seat):
    group = make_group(clinic, capacity=1)
    take_chairs(clinic, group, 1)
    before = Entry.objects.count()
    with pytest.raises(actions.GroupFull):
        seat(make_patient(clinic, 3001), group)
    assert (Seat.objects.count(), Entry.objects.count()) == (1, before)


def test_one_core_group_at_a_time(clinic, inside, seat):
    episode = make_patient(clinic, 3001)
    seat(episode, make_group(clinic))
    with pytest.raises(actions.AlreadySeated):
        seat(episode, make_group(clinic, "Morning group", MORNINGS))


def test_a_patient_elsewhere_at_that_time_is_refused_by_the_database(clinic, inside, seat, calendar):
    evening = make_group(clinic)
    topic = make_group(clinic, "Topic", EVENINGS[:1], kind="special", leader=False, in_room=False)
    calendar()
    episode = make_patient(clinic, 3001)
    seat(episode, evening)
    with pytest.raises(actions.DoubleBooked) as refused:
        seat(episode, topic)
    assert refused.value.resource == "patient"
    assert Seat.objects.filter(episode=episode).count() == 1


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2027, 2, 1)])
def test_a_seat_lies_within_the_stay(clinic, inside, seat, day):
    episode = make_patient(clinic, 3001)
    episode.ends_on = date(2027, 2, 1)
    episode.save()
    with pytest.raises(actions.EpisodeNotOpen):
        seat(episode, make_group(clinic), starts_on=day)


def test_unknown_and_foreign_ids_are_not_here(cast, clinic, seat):
    foreign, ours = make_group(cast.other_clinic), make_group(clinic)
    episode = make_patient(clinic, 3001)
    with scope.entered(organization_id=clinic.id):
        with pytest.raises(actions.GroupNotHere):
            seat(episode, foreign)
        with pytest.raises(actions.EpisodeNotHere):
            seat(ours, ours)


def test_video_only_where_the_group_has_it(clinic, inside, seat):
    with pytest.raises(actions.NoVideoSeats):
        seat(make_patient(clinic, 3001), make_group(clinic), by_video=True)


def test_a_counselor_hour_comes_with_the_seat_once(clinic, inside, seat):
    group, hour = make_group(clinic), make_hour(clinic)
    given = seat(make_patient(clinic, 3001), group, counselor_hour_id=hour.pk)
    assert CounselorSeat.objects.get().pk == given.counselor_seat_id
    with pytest.raises(actions.HourTaken):
        seat(make_patient(clinic, 3002), group, counselor_hour_id=hour.pk)
    assert Seat.objects.count() == 1


def test_ending_a_seat_gives_the_days_ahead_back(clinic, inside, seat, calendar, by):
    group = make_group(clinic)
    calendar()
    given = seat(make_patient(clinic, 3001), group)
    released = actions.unseat(seat_id=given.seat_id, ends_on=MONDAY + timedelta(weeks=1), by=by, at=AT)
    assert released == 3
    assert seat(make_patient(clinic, 3002), group, starts_on=MONDAY + timedelta(weeks=1)).place == 1


def test_a_seat_that_never_began_is_removed_and_can_be_given_again(clinic, inside, seat, calendar, by):
    group, episode = make_group(clinic), make_patient(clinic, 3001)
    calendar()
    given = seat(episode, group)
    assert actions.unseat(seat_id=given.seat_id, ends_on=MONDAY, by=by, at=AT) == 6
    assert Seat.objects.count() == 0
    assert seat(episode, group).appointments == 6
    with pytest.raises(actions.SeatNotHere):
        actions.unseat(seat_id=given.seat_id, ends_on=MONDAY, by=by, at=AT)


def test_a_day_promised_to_a_guest_is_left_out(clinic, inside, seat, calendar, by):
    group = make_group(clinic, capacity=1)
    calendar()
    monday = Appointment.objects.order_by("starts_at").first()
    guest = make_patient(clinic, 3001)
    actions.book_make_up(appointment_id=monday.pk, patient_id=guest.patient_id, by=by, at=AT)
    assert seat(make_patient(clinic, 3002), group).left_out == (MONDAY,)
    assert calendar().bookings == 0


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({}, "timetable_seat_chair_once"),
        ({"place": 2, "same": True}, "timetable_seat_person_once"),
        ({"place": 0}, "timetable_seat_place"),
        ({"ends_on": date(2026, 10, 5)}, "timetable_seat_ends_later"),
    ],
)
def test_the_database_refuses(clinic, inside, change, constraint):
    group = make_group(clinic)
    [held] = take_chairs(clinic, group, 1)
    same = change.pop("same", False)
    values = {
        "episode": held.episode if same else make_patient(clinic, 3009),
        "place": 1,
        "starts_on": held.starts_on,
        "seated_at": AT,
        "seated_by_id": held.seated_by_id,
        **change,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Seat.objects.create(**clinic.owns(), group=group, **values)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_at_the_last_chair_seat_exactly_one():
    clinic = make_cast().clinic
    by = clinic.staff[Role.SCHEDULER].actor
    group = make_group(clinic, capacity=2)
    take_chairs(clinic, group, 1)
    actions_before = {"by": by, "at": AT}
    with scope.entered(organization_id=clinic.id):
        actions.make_calendar(until=MONDAY + timedelta(weeks=1), **actions_before)
    people = [make_patient(clinic, 4000 + n) for n in range(16)]
    results = attempts(clinic, group, people, by)
    assert sorted(results) == ["GroupFull"] * 15 + ["seated"]
    assert Seat.objects.filter(group=group).count() == 2
    assert Booking.objects.filter(patient__isnull=False).count() == 6


def attempts(clinic, group, episodes, by):
    """Everybody asks for a chair in this group at the same moment; what each was told."""
    start, told = threading.Barrier(len(episodes)), []

    def ask(episode):
        start.wait()
        try:
            with scope.entered(organization_id=clinic.id):
                actions.seat(episode_id=episode.pk, group_id=group.pk, starts_on=MONDAY, by=by, at=AT)
            told.append("seated")
        except actions.Refused as refused:
            told.append(type(refused).__name__)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=ask, args=(episode,)) for episode in episodes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
