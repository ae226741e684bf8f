"""The design board: what the engine is asked, what it answers, and a scenario made the week."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from homeground.ground import clock
from homeground.people.roles import LEADING
from homeground.timetable import actions, queries, tasks
from homeground.timetable.models import (
    Candidate,
    Chosen,
    Group,
    Placing,
    Scenario,
    Seat,
    Solving,
    SolvingPoint,
    Waiting,
)
from homeground.timetable.queries.design import scenario_question
from homeground.timetable.rules.clinic import Seeker
from homeground.timetable.rules.design import PATIENCE, Asker, Idea, Question, Staffer, ask, read
from homeground.timetable.rules.drawing import drawing
from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.week import Meeting
from homeground.timetable.solver import judge, poll
from homeground.timetable.tests.designing import MONDAY, mornings, solve
from homeground.timetable.tests.factories import AT, make_patient, url

OWED = Prescription(540, 3, 5, 60)
EVENINGS = tuple(Meeting(day, time(18), time(21, 15), 15) for day in (0, 1, 3))
MORNINGS = tuple(Meeting(day, time(9), time(12, 15), 15) for day in (0, 2, 4))


def key(number):
    return UUID(int=number)


def somebody(number, *, by_night=False, now=None, **change):
    busy = tuple(
        (day * 96 + (68 if by_night else 32), day * 96 + (92 if by_night else 66)) for day in range(7)
    )
    told = {"travel_minutes": 0, "video": False, "population": "adult"} | change
    return Asker(key(number), Seeker(busy=busy, **told), OWED, now=now)


def question(*askers, **change):
    ideas = (
        Idea(key(1), "Evening", EVENINGS, 8, "en", leaders=(key(90),), running=True),
        Idea(key(2), "Morning", MORNINGS, 8, "en"),
    )
    told = {"ideas": ideas, "askers": askers, "staff": (Staffer(key(90)), Staffer(key(91))), "rooms": 2}
    return Question(**told | change)


# rules; the rule of thumb answers here, the engine itself has its own tests


def test_the_question_names_nobody_and_the_running_week_is_valid():
    asked = ask(question(somebody(10, now=key(1)), somebody(11, by_night=True)))
    assert judge(asked.instance, asked.running).violations == ()
    assert asked.running.core == {0: (0, (0, 1, 2))}
    assert asked.instance.patients[0].incumbent.core == 0


def test_the_answer_says_where_everybody_goes_and_why_not():
    told = question(somebody(10), somebody(11, by_night=True), somebody(12, population="adolescent"))
    asked = ask(told)
    found = read(told, asked, poll(asked.instance))
    assert found.places == {key(10): key(1), key(11): key(2), key(12): None}
    assert found.why == {key(12): "none"}
    assert set(found.leaders) == {key(1), key(2)}
    assert (found.figures.people, found.figures.in_core, found.figures.evenings) == (3, 2, 1)


def test_who_is_left_out_reads_what_is_in_the_way():
    told = question(somebody(11, by_night=True), ideas=question().ideas[:1])
    asked = ask(told)
    assert read(told, asked, asked.running).why == {key(11): "busy"}
    small = Idea(key(1), "Evening", EVENINGS, 1, "en", leaders=(key(90),), running=True)
    told = question(somebody(10, now=key(1)), somebody(12), ideas=(small,))
    asked = ask(told)
    assert read(told, asked, asked.running).why == {key(12): "full"}


def test_nobody_travels_between_a_talk_and_the_group_after_it():
    before = tuple(
        ((day * 96 + 68), (day * 96 + 72)) for day in (0,)
    )  # 17:00 to 18:00, the group is at 18:00
    near = somebody(10, travel_minutes=30)
    told = question(Asker(key(10), near.seeker, OWED, talks=before))
    busy = Seeker(busy=before, travel_minutes=30, video=False, population="adult")
    away = question(Asker(key(10), busy, OWED), ideas=told.ideas[:1])
    assert poll(ask(told).instance).core[0][0] == 0
    assert poll(ask(away).instance).core == {}


def test_a_group_of_another_program_takes_a_room_and_nobody_joins_it():
    other = Idea(key(3), "Youth", EVENINGS, 8, "en", leaders=(key(91),), running=True, ours=False)
    told = question(somebody(10))
    told = question(somebody(10), ideas=(*told.ideas[:1], other), rooms=1)
    asked = ask(told)
    assert asked.wishes.run == {1}
    assert judge(asked.instance, asked.running).violations != ()  # two groups, one room


def test_two_lines_come_together():
    assert drawing([(0.0, None, 0.0), (1.0, 10.0, 2.0)]) is None
    found = drawing([(0.0, 10.0, 0.0), (2.0, 6.0, 3.0), (4.0, 5.0, 5.0)])
    assert (found.seconds, found.last_cost, found.last_bound) == (4.0, 5.0, 5.0)
    assert found.cost.split()[-1] == found.bound.split()[-1]


# actions


def test_the_engine_begins_a_group_for_who_waits_and_publishing_makes_it_the_week(clinic, scene, by):
    actions.add_candidate(scenario_id=scene.scenario, plan=mornings(), by=by, at=AT)
    run = solve(scene, by)
    assert (run.failed, run.people, run.in_core) == ("", 3, 3)
    assert run.unmet == pytest.approx(run.bound, abs=1)
    assert SolvingPoint.objects.filter(solving=run).exists()
    moves = queries.moves(run.pk)
    assert [(each.episode_id, each.was, each.to) for each in moves] == [(scene.waits.pk, "", "Early")]
    done = actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=AT)
    assert (done.begun, done.ended, done.moved, done.waiting) == (1, 0, 1, 0)
    begun = Group.objects.get(name="Early")
    assert begun.starts_on == MONDAY
    assert begun.leaders.count() == 1
    assert {slot.space.name for slot in begun.slots.all()} == {"Birch"}
    assert Seat.objects.get(group=begun).episode_id == scene.waits.pk
    assert Waiting.objects.get().left_why == Waiting.Left.SEATED
    with pytest.raises(actions.AlreadyPublished):
        actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=AT)


def test_without_the_evening_its_people_wait_first(clinic, scene, by):
    told = actions.Assumptions(dropped=frozenset({scene.group.pk}))
    actions.assume(scenario_id=scene.scenario, told=told, by=by, at=AT)
    run = solve(scene, by)
    assert run.in_core == 0
    assert {each.to for each in queries.moves(run.pk)} == {""}
    done = actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=AT)
    assert (done.begun, done.ended, done.moved, done.waiting) == (0, 1, 0, 2)
    scene.group.refresh_from_db()
    assert scene.group.ends_on == MONDAY
    assert not Seat.objects.filter(group=scene.group, ends_on=None).exists()
    assert {each.urgency for each in Waiting.objects.filter(episode__in=scene.seated)} == {1}


def test_a_plan_made_for_other_people_is_not_published(clinic, scene, by):
    run = solve(scene, by)
    actions.put_on_list(episode_id=make_patient(clinic, 3009).pk, urgency=1, by=by, at=AT)
    with pytest.raises(actions.PlanIsStale):
        actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=AT)


def test_pins_that_contradict_end_in_words(clinic, scene, by):
    for name in ("One", "Two", "Three"):
        plan = mornings(name=name, must=True, starts=time(18), ends=time(21, 15), days=(0, 1, 3))
        actions.add_candidate(scenario_id=scene.scenario, plan=plan, by=by, at=AT)
    run = solve(scene, by)
    assert run.failed == "clash"
    with pytest.raises(actions.SolvingNotHere):
        actions.publish(solving_id=run.pk, leading=LEADING, by=by, at=AT)


def test_stopping_before_it_began_ends_it_and_two_runs_at_once_are_refused(clinic, scene, by):
    run = actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    with pytest.raises(actions.AlreadySolving):
        actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    actions.stop_engine(solving_id=run, by=by, at=AT)
    tasks.solve_scenario(str(by.organization_id), str(run))
    assert Solving.objects.get().failed == "stopped"
    assert not Placing.objects.exists()


def test_a_run_whose_worker_was_killed_can_be_stopped_and_asked_again(clinic, scene, by):
    run = actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    actions.take_up(solving_id=run, by=by, at=AT)
    actions.stop_engine(solving_id=run, by=by, at=AT + PATIENCE)
    with pytest.raises(actions.AlreadySolving):  # its worker may still be there
        actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    actions.stop_engine(solving_id=run, by=by, at=AT + PATIENCE + timedelta(seconds=1))
    actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)


def test_being_told_to_stop_is_heard_at_the_next_point(clinic, scene, by):
    run = actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    note = {"solving_id": run, "seconds": 1.0, "unmet": 2.0, "bound": 1.0, "by": by, "at": AT}
    actions.take_up(solving_id=run, by=by, at=AT)
    assert actions.note_point(**note)
    actions.stop_engine(solving_id=run, by=by, at=AT)
    assert not actions.note_point(**note)


def test_refusals(clinic, scene, by):
    told = {"program_id": clinic.adult.pk, "name": "x", "today": AT.date(), "by": by, "at": AT}
    for day in (MONDAY + timedelta(days=1), date(2026, 11, 16)):
        with pytest.raises(actions.NotAMonday):
            actions.make_scenario(**told, starts_on=day)
    for _ in range(3):
        actions.make_scenario(**told, starts_on=MONDAY)
    with pytest.raises(actions.TooManyScenarios):
        actions.make_scenario(**told, starts_on=MONDAY)
    actions.discard_scenario(scenario_id=scene.scenario, by=by, at=AT)
    with pytest.raises(queries.ScenarioNotHere):
        actions.add_candidate(scenario_id=scene.scenario, plan=mornings(), by=by, at=AT)
    with pytest.raises(actions.CandidateNotHere):
        actions.remove_candidate(candidate_id=uuid4(), by=by, at=AT)


def test_the_database_refuses_nonsense(clinic, scene, by):
    made = actions.add_candidate(scenario_id=scene.scenario, plan=mornings(), by=by, at=AT)
    for wrong in ({"days": []}, {"days": [7]}, {"ends": time(8)}, {"capacity": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.filter(pk=made).update(**wrong)
    run = actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Solving.objects.filter(pk=run).update(published_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chosen.objects.create(**clinic.owns(), solving_id=run)


def test_asking_for_more_people_takes_no_more_statements(clinic, scene, by, django_assert_max_num_queries):
    for number in range(3010, 3015):
        actions.put_on_list(episode_id=make_patient(clinic, number).pk, urgency=2, by=by, at=AT)
    with django_assert_max_num_queries(27):
        assert len(scenario_question(scene.scenario, leading=LEADING).askers) == 8


# pages


def test_the_director_makes_a_scenario_adds_a_group_asks_and_publishes(clinic, evening, director, today):
    monday = today + timedelta(days=14 - today.weekday())
    sent = {"name": "Earlier", "program": str(clinic.adult.pk), "starts_on": monday.isoformat()}
    where = director.post(url("scenarios"), sent)["Location"]
    scenario = Scenario.objects.get()
    group = {
        "name": "Early",
        "track": "morning",
        "days": ["0", "2", "4"],
        "starts": "9:00",
        "ends": "12:15",
        "break_minutes": "15",
        "capacity": "8",
        "language": "en",
    }
    assert director.post(url("candidates", scenario.pk), group).status_code == 302
    told = {"more_rooms": "0", "more_leaders": "0", f"group-{evening.pk}": "pin"}
    assert director.post(url("assumptions", scenario.pk), told).status_code == 302
    assert director.post(url("solvings", scenario.pk)).status_code == 302
    assert "The engine looks for the best week" in director.get(where).content.decode()
    run = Solving.objects.get()
    tasks.solve_scenario(str(clinic.organization.pk), str(run.pk))
    page = director.get(where).content.decode()
    assert "No plan serves more." in page
    assert "Early" in page
    assert "3 of 3 people" in director.get(url("design")).content.decode()
    assert director.get(url("progress", scenario.pk)).status_code == 200
    assert director.post(url("publication", run.pk)).status_code == 302
    again = director.post(url("publication", run.pk))
    assert again.status_code == 422
    assert b"is the week already" in again.content
    assert director.post(url("discarding", scenario.pk)).status_code == 302
    assert director.get(where).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": []}, b"required"),
        ({"ends": "9:10"}, b"later than its break"),
        ({"capacity": "0"}, b"greater than or equal"),
        ({"name": ""}, b"required"),
    ],
)
def test_a_group_that_cannot_be_is_refused_at_the_field(clinic, director, today, change, words):
    monday = today + timedelta(days=14 - today.weekday())
    sent = {"name": "Earlier", "program": str(clinic.adult.pk), "starts_on": monday.isoformat()}
    director.post(url("scenarios"), sent)
    group = {
        "name": "Early",
        "track": "morning",
        "days": ["0"],
        "starts": "9:00",
        "ends": "12:15",
        "break_minutes": "15",
        "capacity": "8",
        "language": "en",
    }
    answer = director.post(url("candidates", Scenario.objects.get().pk), group | change)
    assert answer.status_code == 422
    assert words in answer.content
    late = director.post(url("scenarios"), sent | {"starts_on": str(clock.now().date())})
    assert late.status_code == 422
