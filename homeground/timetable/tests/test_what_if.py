"""What a scenario takes for granted: the usual set, rooms and people more or fewer, groups pinned."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from homeground.people.roles import LEADING, Role
from homeground.program.models import Space
from homeground.timetable import actions, queries
from homeground.timetable.models import Candidate, Placing, Scenario
from homeground.timetable.queries.design import scenario_question
from homeground.timetable.rules.floor import Prescription, shortfall
from homeground.timetable.rules.rooms import Room, Wants, rooms_for
from homeground.timetable.rules.usual import usual_set
from homeground.timetable.rules.week import Meeting
from homeground.timetable.tests.designing import mornings, solve
from homeground.timetable.tests.factories import AT, make_group, url
from homeground.timetable.tests.test_design import key

ADULT = Prescription(540, 3, 5, 60)
MORNING = tuple(Meeting(day, time(9), time(12, 15), 15) for day in (0, 2, 4))


# rules


@pytest.mark.parametrize(
    "owed",
    [ADULT, Prescription(360, 3, 5, 120), Prescription(600, 4, 5, 60), Prescription(540, 5, 5, 60)],
)
def test_each_of_the_usual_set_gives_the_hours_prescribed(owed):
    found = usual_set(owed, ())
    assert len(found) >= 4
    assert [shortfall(each.meetings, 0, owed) for each in found] == [None] * len(found)
    assert len({each.name for each in found}) == len(found)


def test_what_is_there_is_not_proposed_again():
    first = usual_set(ADULT, ())
    rest = usual_set(ADULT, [first[0].meetings])
    assert [each.name for each in rest] == [each.name for each in first[1:]]


def test_a_group_has_the_smallest_room_that_is_enough_for_its_whole_week():
    rooms = [Room(key(1), 20), Room(key(2), 10), Room(key(3), 6)]
    assert rooms_for([Wants(key(9), 8, MORNING)], rooms) == {key(9): (key(2),) * 3}


def test_a_room_is_given_once_and_the_largest_group_chooses_first():
    rooms = [Room(key(1), 20), Room(key(2), 10)]
    found = rooms_for([Wants(key(8), 8, MORNING), Wants(key(9), 12, MORNING)], rooms)
    assert found == {key(9): (key(1),) * 3, key(8): (key(2),) * 3}
    third = rooms_for([Wants(key(n), 8, MORNING) for n in (7, 8, 9)], rooms)
    assert sum(each == (None,) * 3 for each in third.values()) == 1


def test_where_no_room_is_free_all_week_each_meeting_has_its_own():
    wednesday = Meeting(2, time(9), time(10)).span
    rooms = [Room(key(1), 10, (wednesday,)), Room(key(2), 10, (Meeting(0, time(12), time(13)).span,))]
    assert rooms_for([Wants(key(9), 8, MORNING)], rooms) == {key(9): (key(1), key(2), key(1))}


# actions


def assume(scene, by, **told):
    told = {name: frozenset(each) if isinstance(each, list) else each for name, each in told.items()}
    actions.assume(scenario_id=scene.scenario, told=actions.Assumptions(**told), by=by, at=AT)


def test_the_usual_set_is_taken_once(scene, by):
    first = actions.add_usual(scenario_id=scene.scenario, by=by, at=AT)
    assert first == Candidate.objects.count() >= 5
    assert actions.add_usual(scenario_id=scene.scenario, by=by, at=AT) == 0


def test_without_its_only_counselor_and_with_one_more_as_many_are_served(scene, by):
    actions.add_candidate(scenario_id=scene.scenario, plan=mornings(), by=by, at=AT)
    everybody = [each.id for each in scenario_question(scene.scenario, leading=LEADING).staff]
    assume(scene, by, spared=everybody)
    run = solve(scene, by)
    assert run.in_core == 0
    assert queries.scenario(scene.scenario).run.more == -2
    assume(scene, by, spared=everybody, more_leaders=1)
    run = solve(scene, by)
    found = queries.scenario(scene.scenario)
    assert (run.in_core, found.run.had, found.run.more, found.stale) == (3, 2, 1, False)
    assert {each.leader for each in queries.plan_groups(run.pk)} == {""}
    with pytest.raises(actions.OnlyWhatIf):
        actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=AT)


def test_a_plan_is_stale_once_its_scenario_was_changed(scene, by):
    run = solve(scene, by)
    later = AT + timedelta(minutes=1)
    actions.assume(scenario_id=scene.scenario, told=actions.Assumptions(), by=by, at=later)
    assert queries.scenario(scene.scenario).stale
    with pytest.raises(actions.PlanIsStale):
        actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=later)


def test_rooms_fewer_and_more(scene, by):
    plan = mornings(starts=time(18), ends=time(21, 15), days=(0, 1, 3), must=True, name="Second")
    actions.add_candidate(scenario_id=scene.scenario, plan=plan, by=by, at=AT)
    assume(scene, by, more_rooms=-1, pinned=[scene.group.pk])
    assert solve(scene, by).failed == "clash"  # two pinned groups, one room
    assume(scene, by, more_rooms=0, pinned=[scene.group.pk])
    assert solve(scene, by).failed == ""


def test_a_pinned_group_runs_though_nobody_needs_it(clinic, scene, by):
    extra = make_group(
        clinic, "Empty", ((0, time(9), time(12)), (2, time(9), time(12)), (4, time(9), time(12)))
    )
    assume(scene, by, spared=[])
    for episode in (scene.waits,):
        actions.leave_list(waiting_id=queries.waits(episode.pk), why="elsewhere", by=by, at=AT)
    run = solve(scene, by)
    assert "Empty" not in {each.name for each in queries.plan_groups(run.pk)}
    assume(scene, by, pinned=[extra.pk])
    run = solve(scene, by)
    assert "Empty" in {each.name for each in queries.plan_groups(run.pk)}


def test_what_is_assumed_replaces_what_was_said_and_is_of_this_program(clinic, scene, by):
    assume(scene, by, dropped=[scene.group.pk], more_rooms=2)
    assume(scene, by, pinned=[scene.group.pk])
    found = queries.scenario(scene.scenario)
    assert (found.dropped, found.pinned, found.more_rooms) == (frozenset(), {scene.group.pk}, 0)
    youth = make_group(clinic, "Youth", program=clinic.adolescent)
    with pytest.raises(actions.GroupNotHere):
        assume(scene, by, dropped=[youth.pk])


def test_the_database_refuses_what_is_out_of_reason(scene):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scenario.objects.filter(pk=scene.scenario).update(more_rooms=40)


# pages


def test_the_board_says_who_is_left_out_and_why_beside_the_others(clinic, scene, by, director):
    solve(scene, by)
    assert Placing.objects.filter(group=None, candidate=None).count() == 1
    page = director.get(url("design")).content.decode()
    assert "Sample3003 Testperson: other times of theirs are in the way" in page
    assert "as many as now" in page


def test_the_page_of_a_scenario_takes_assumptions_and_refuses_nonsense(clinic, scene, by, director):
    where = url("assumptions", scene.scenario)
    leader = clinic.staff[Role.FACILITATOR].person.pk
    told = {"more_rooms": "1", "more_leaders": "0", f"group-{scene.group.pk}": "pin", "spared": [leader]}
    assert director.post(where, told).status_code == 302
    page = director.get(url("scenario", scene.scenario)).content.decode()
    assert "1 room more." in page
    assert "1 counselor fewer." in page
    for wrong in ({"more_rooms": "40"}, {"more_leaders": "-1"}, {"spared": ["x"]}, {"more_rooms": ""}):
        assert director.post(where, told | wrong).status_code == 422
    added = director.post(url("usual_set", scene.scenario), follow=True)
    assert b"groups could begin more." in added.content


def test_the_rooms_of_new_groups_are_named_before_they_begin(clinic, scene, by, director):
    actions.add_candidate(scenario_id=scene.scenario, plan=mornings(), by=by, at=AT)
    solve(scene, by)
    page = director.get(url("scenario", scene.scenario))
    assert "Birch" in page.content.decode()
    Space.objects.filter(name="Birch").update(seats=2)
    Space.objects.exclude(name="Birch").update(seats=2)
    assert "no room is free" in director.get(url("scenario", scene.scenario)).content.decode()
