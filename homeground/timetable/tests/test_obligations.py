"""Obligations: times only, typed, painted or imported; who must not meet."""

from datetime import UTC, datetime, time, timedelta

import pytest
from cast import make_person

from homeground.audit.models import Entry
from homeground.chart import queries as chart
from homeground.ground import scope
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.timetable import actions, queries
from homeground.timetable.calendar_file import Busy
from homeground.timetable.models import NoContact, Obligation
from homeground.timetable.queries import Stands
from homeground.timetable.tests.factories import AT, MONDAY, MORNINGS, ON, make_group, make_hour, make_patient

pytestmark = pytest.mark.usefixtures("inside")
OFFICE = frozenset((day, half) for day in range(5) for half in range(16, 34))


@pytest.fixture
def said(clinic):
    return {"by": clinic.staff[Role.COUNSELOR].actor, "at": AT}


@pytest.fixture
def episode(clinic):
    return make_patient(clinic, 3001)


@pytest.fixture
def person(episode):
    return episode.patient.person


def weekly(person):
    rows = Obligation.objects.filter(person=person, weekday__isnull=False).order_by("weekday", "starts")
    return [(row.weekday, row.starts, row.ends, row.hard) for row in rows]


def test_a_painted_week_is_kept_as_stretches(person, said):
    actions.paint_week(person_id=person.pk, cells=OFFICE | {(0, 40)}, **said)
    assert weekly(person)[:2] == [(0, time(8), time(17), True), (0, time(20), time(20, 30), True)]
    assert queries.busy_of(person.pk, on=ON).cells == OFFICE | {(0, 40)}


def test_painting_leaves_exact_times_of_untouched_days_alone(person, said):
    actions.add_weekly(
        person_id=person.pk, weekday=2, starts=time(8, 10), ends=time(8, 50), hard=True, **said
    )
    actions.add_weekly(person_id=person.pk, weekday=2, starts=time(20), ends=time(21), hard=False, **said)
    actions.paint_week(person_id=person.pk, cells=frozenset({(2, 16), (2, 17), (4, 0)}), **said)
    assert weekly(person) == [
        (2, time(8, 10), time(8, 50), True),
        (2, time(20), time(21), False),
        (4, time(0), time(0, 30), True),
    ]
    actions.paint_week(person_id=person.pk, cells=frozenset(), **said)
    assert weekly(person) == [(2, time(20), time(21), False)]


def test_a_day_that_is_painted_to_its_end_ends_it(person, said):
    actions.paint_week(person_id=person.pk, cells=frozenset({(6, 47)}), **said)
    assert queries.busy_of(person.pk, on=ON).cells == {(6, 47)}


def test_importing_again_replaces_what_was_imported(person, said):
    first = datetime(2026, 11, 24, 15, tzinfo=UTC)
    hour = timedelta(hours=1)
    nothing = Busy(first, first, soft=False)
    assert (
        actions.take_calendar(
            person_id=person.pk, busy=[Busy(first, first + hour, soft=False), nothing], **said
        )
        == 1
    )
    weeks = [
        Busy(first + timedelta(weeks=n), first + timedelta(weeks=n) + hour, soft=n > 1) for n in range(4)
    ]
    actions.take_calendar(person_id=person.pk, busy=weeks, **said)
    assert Obligation.objects.filter(imported=True).count() == 4
    assert queries.busy_of(person.pk, on=ON).cells == {(1, 16), (1, 17)}


def test_a_flood_of_events_is_refused_whole(person, said):
    first = datetime(2026, 11, 24, 15, tzinfo=UTC)
    busy = [Busy(first + timedelta(hours=n), first + timedelta(hours=n + 1), soft=False) for n in range(3001)]
    with pytest.raises(actions.TooManyObligations):
        actions.take_calendar(person_id=person.pk, busy=busy, **said)
    assert Obligation.objects.count() == 0


def test_times_the_wrong_way_round_are_refused(person, said):
    with pytest.raises(actions.EndsBeforeStart):
        actions.add_weekly(person_id=person.pk, weekday=0, starts=time(9), ends=time(9), hard=True, **said)
    with pytest.raises(actions.EndsBeforeStart):
        actions.add_dated(person_id=person.pk, starts_at=AT, ends_at=AT, hard=True, **said)


def test_a_person_of_another_clinic_is_not_here(cast, said):
    with pytest.raises(people.PersonNotHere):
        actions.paint_week(person_id=cast.other_clinic.staff[Role.DIRECTOR].person.pk, cells=OFFICE, **said)


def test_an_obligation_is_removed_once(person, said):
    made = actions.add_weekly(
        person_id=person.pk, weekday=0, starts=time(9), ends=time(10), hard=True, **said
    )
    assert actions.remove_obligation(obligation_id=made, **said) == person.pk
    with pytest.raises(actions.ObligationNotHere):
        actions.remove_obligation(obligation_id=made, **said)


@pytest.mark.parametrize("change", [{"travel_minutes": 241}, {"daypart": "night"}, {"travel_minutes": -1}])
def test_circumstances_out_of_reason_are_refused(person, said, change):
    values = {"travel_minutes": 30, "video_possible": True, "daypart": "am", **change}
    with pytest.raises(actions.OutOfReason):
        actions.record_circumstances(person_id=person.pk, **values, **said)


def test_the_fit_of_a_patient_uses_their_week_and_their_counselor(clinic, episode, person, said):
    make_group(clinic, "Morning group", MORNINGS)
    make_group(clinic)
    other = make_hour(clinic, 0, time(17), staff=clinic.staff[Role.FACILITATOR].person)
    mine = make_hour(clinic, 5, time(10))
    actions.paint_week(person_id=person.pk, cells=OFFICE, **said)
    actions.record_circumstances(
        person_id=person.pk, travel_minutes=0, video_possible=False, daypart="eve", **said
    )
    answer, week = queries.fit_for(chart.episode(episode.pk, ON), on=ON)
    [offer] = answer.offers
    assert offer.group == "Evening group"
    assert (offer.counselor.hour_id, offer.counselor.same) == (mine.pk, True)
    assert other.pk != mine.pk
    assert week.travel_minutes == 0


def test_a_no_contact_pair_leaves_the_group_out_without_a_word(clinic, episode, person, said):
    group = make_group(clinic)
    other = make_patient(clinic, 3002)
    actions.keep_apart(one_id=person.pk, other_id=other.patient.person.pk, **said)
    actions.seat(episode_id=other.pk, group_id=group.pk, starts_on=MONDAY, **said)
    answer, _ = queries.fit_for(chart.episode(episode.pk, ON), on=ON)
    assert (answer.fits, answer.changes) == (False, ())
    assert not any(change.kind is Stands.FULL for changes in answer.changes for change in changes)


def test_a_pair_is_recorded_once_and_under_nobodys_name(clinic, person, said):
    other = make_person(clinic, "Sample3003", "Testperson")
    made = actions.keep_apart(one_id=other.pk, other_id=person.pk, **said)
    with pytest.raises(actions.AlreadyApart):
        actions.keep_apart(one_id=person.pk, other_id=other.pk, **said)
    with pytest.raises(actions.SamePerson):
        actions.keep_apart(one_id=person.pk, other_id=person.pk, **said)
    assert [each.other_id for each in queries.no_contacts(person.pk)] == [other.pk]
    assert set(Entry.objects.filter(event__contains="no_contact").values_list("patient_id", flat=True)) == {
        None
    }
    actions.lift_no_contact(pair_id=made, **said)
    assert NoContact.objects.count() == 0
    with pytest.raises(actions.PairNotHere):
        actions.lift_no_contact(pair_id=made, **said)


def test_statements_of_the_fit_do_not_grow_with_obligations(
    clinic, episode, person, said, django_assert_max_num_queries
):
    make_group(clinic)
    facts = chart.episode(episode.pk, ON)
    for n in range(40):
        start = datetime(2026, 11, 24, 15, tzinfo=UTC) + timedelta(days=n)
        actions.add_dated(
            person_id=person.pk, starts_at=start, ends_at=start + timedelta(hours=1), hard=True, **said
        )
    with django_assert_max_num_queries(11):
        queries.fit_for(facts, on=ON)


def test_visitors_see_no_obligation(clinic, person, said):
    actions.paint_week(person_id=person.pk, cells=OFFICE, **said)
    with scope.entered(organization_id=clinic.id, channel=scope.Channel.PUBLIC):
        assert Obligation.objects.count() == 0
