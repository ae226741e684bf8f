"""The fit question against the clinic's open seats, through the eyes of a visitor."""

from datetime import date, time

import pytest

from homeground.chart import queries as chart
from homeground.ground import scope
from homeground.people.roles import Role
from homeground.timetable import queries
from homeground.timetable.models import CounselorSeat, Seat
from homeground.timetable.queries import Stands
from homeground.timetable.queries.fit import fit_for_all
from homeground.timetable.tests.factories import (
    AT,
    ENOUGH,
    EVENINGS,
    MORNINGS,
    ON,
    YOUTH,
    make_group,
    make_hour,
    make_patient,
    take_chairs,
)

OFFICE = frozenset((day, half) for day in range(5) for half in range(16, 34))
ALWAYS = frozenset((day, half) for day in range(7) for half in range(48))


@pytest.fixture
def as_visitor(clinic):
    def ask(busy=frozenset(), **change):
        question = {"travel_minutes": 25, "video": False, "population": "adult", "language": "en", "on": ON}
        with scope.entered(organization_id=clinic.id, channel=scope.Channel.PUBLIC):
            return queries.fit(busy=busy, **question | change)

    return ask


def test_a_working_person_is_offered_the_evenings(clinic, as_visitor):
    make_group(clinic, "Morning group", MORNINGS)
    evening = make_group(clinic)
    answer = as_visitor(OFFICE)
    assert answer.fits
    [offer] = answer.offers
    assert (offer.group_id, offer.group, offer.mode) == (evening.pk, "Evening group", "in person")
    assert [(m.weekday, m.starts, m.ends) for m in offer.meetings] == list(EVENINGS)
    assert (offer.hours, offer.minutes, offer.home_by, offer.evenings) == (9.0, 540, time(21, 25), 3)


def test_a_full_group_is_no_offer_and_a_visitor_sees_no_seat(clinic, as_visitor):
    group = make_group(clinic, capacity=2)
    take_chairs(clinic, group, 2)
    answer = as_visitor()
    assert not answer.fits
    assert [(change.kind, change.group) for change in answer.changes[0]] == [(Stands.FULL, "Evening group")]
    with scope.entered(organization_id=clinic.id, channel=scope.Channel.PUBLIC):
        assert Seat.objects.count() == 0


def test_the_smallest_change_names_the_time_to_free(clinic, as_visitor):
    make_group(clinic)
    busy = ALWAYS - {(day, half) for day in (0, 1, 3) for half in range(34, 44)} | {(1, 40), (1, 41)}
    answer = as_visitor(busy - {(2, 20), (2, 21), (2, 22), (2, 23), (2, 24)})
    assert [
        [(change.kind, change.weekday, change.starts, change.ends) for change in one]
        for one in answer.changes
    ] == [[(Stands.BUSY, 1, time(20), time(21))]]


def test_adolescents_and_adults_are_never_offered_each_others_group(clinic, as_visitor):
    make_group(clinic)
    youth = make_group(clinic, "Youth group", YOUTH, program=clinic.adolescent)
    assert [offer.group for offer in as_visitor().offers] == ["Evening group"]
    answer = as_visitor(population="adolescent")
    assert [offer.group_id for offer in answer.offers] == [youth.pk]
    assert answer.offers[0].hours == 6.0


def test_no_group_for_a_person_is_said_as_such(clinic, as_visitor):
    make_group(clinic, language="es")
    answer = as_visitor(language="en")
    assert (answer.fits, answer.changes, answer.no_group) == (False, (), True)
    assert as_visitor(language=None).fits


def test_breaks_do_not_count_towards_the_hours(clinic, as_visitor):
    group = make_group(clinic)
    group.slots.update(break_starts=time(19, 30), break_ends=time(19, 45))
    assert as_visitor().no_group
    group.slots.update(ends=time(21, 15))
    assert as_visitor().offers[0].minutes == 540


def test_video_removes_the_way(clinic, as_visitor):
    make_group(clinic, video=True)
    assert as_visitor().changes[0][0].kind is Stands.VIDEO
    busy = frozenset({(0, 35), (1, 35), (3, 35)})
    [offer] = as_visitor(busy, video=True).offers
    assert (offer.mode, offer.home_by) == ("video", None)


def test_a_counselor_hour_comes_along_when_one_is_free(clinic, as_visitor):
    make_group(clinic)
    assert as_visitor().offers[0].counselor is None
    make_hour(clinic, 2, time(10))
    beside = make_hour(clinic, 1, time(17))
    assert as_visitor().offers[0].counselor.hour_id == beside.pk
    assert as_visitor(frozenset({(1, 33)})).offers[0].counselor.weekday == 2


@pytest.fixture
def patient(clinic):
    """Somebody who has a talk on Monday from 18:30 on, and no group."""
    episode = make_patient(clinic, 1)
    with scope.entered(organization_id=clinic.id):
        CounselorSeat.objects.create(
            **clinic.owns(),
            hour=make_hour(clinic, 0, time(18, 30)),
            episode=episode,
            starts_on=ON,
            seated_at=AT,
            seated_by_id=clinic.staff[Role.SCHEDULER].account.pk,
        )
    return episode


def test_a_group_at_the_time_of_their_own_talk_is_not_offered(clinic, patient):
    make_group(clinic)
    with scope.entered(organization_id=clinic.id):
        episode = chart.episode(patient.pk, ON)
        answer, _week = queries.fit_for(episode, on=ON)
        same = fit_for_all([episode], on=ON)[episode.id]
    assert not answer.fits
    (moved,) = answer.changes
    assert [(each.kind, each.weekday, each.starts) for each in moved] == [(Stands.HELD, 0, time(18, 30))]
    assert same == answer


def test_a_group_beside_their_own_talk_is_offered_without_another_journey(clinic, patient):
    beside = [(0, time(15, 15), time(18, 30)), (1, time(18), time(21)), (3, time(18), time(21))]
    group = make_group(clinic, times=beside)
    with scope.entered(organization_id=clinic.id):
        answer, _week = queries.fit_for(chart.episode(patient.pk, ON), on=ON)
    assert [offer.group_id for offer in answer.offers] == [group.pk]


def test_the_number_of_statements_does_not_grow(clinic, as_visitor, django_assert_num_queries):
    for at in range(3):
        take_chairs(clinic, make_group(clinic, f"Group {at}"), 3, first_number=at * 100 + ENOUGH)
        make_hour(clinic, at)
    with scope.entered(organization_id=clinic.id), django_assert_num_queries(4):
        queries.fit(busy=OFFICE, travel_minutes=20, video=True, population="adult", language=None, on=ON)


def test_another_clinics_groups_are_not_there(cast, as_visitor):
    make_group(cast.other_clinic)
    assert as_visitor().no_group


def test_a_chair_whose_holder_leaves_is_free_from_that_day(clinic, as_visitor):
    group = make_group(clinic, capacity=1)
    take_chairs(clinic, group, 1)
    Seat.objects.update(ends_on=ON)
    assert as_visitor().fits
    Seat.objects.update(ends_on=date(2026, 11, 22))
    assert not as_visitor().fits


def test_a_group_of_the_wrong_population_is_not_offered_even_inside_a_program(clinic, as_visitor):
    make_group(clinic, population="adolescent")
    assert as_visitor().no_group
