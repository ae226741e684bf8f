"""ITC-2019: the checker against rules worked out by hand, the search's tables against the checker."""

import json
from itertools import product

import numpy as np
import pytest

from benchmarks import itc
from benchmarks.itc2019.checker import check
from benchmarks.itc2019.problem import Placed, read, read_solution, written
from benchmarks.itc2019.search import State, build
from benchmarks.itc2019.standing import Standing
from benchmarks.itc2019.tables import Tables
from homeground.timetable.solver.program import Limits
from homeground.timetable.solver.reader import BadInstance
from homeground.timetable.tests.solver.itc2019 import (
    TIMES,
    course,
    problem_text,
    written_class,
    written_rule,
)

ALL = range(len(TIMES))


def some_problem(kind, penalty=None, classes=(1, 2), rooms=()):
    """Classes that may take any time, under one rule."""
    subparts = [[written_class(name, ALL, rooms)] for name in classes]
    return read(problem_text([course("c", *subparts)], [written_rule(kind, classes, penalty)]))


def placed(problem, *times, rooms=None):
    """Each class at one of TIMES."""
    rooms = rooms or [None] * len(times)
    return {
        name: Placed(each.times[time][0], room)
        for (name, each), time, room in zip(problem.classes.items(), times, rooms, strict=True)
    }


# For each rule: two of TIMES that keep it and two that break it, in this order.
PAIRS = {
    "SameStart": ((0, 3), (0, 1)),
    "SameTime": ((0, 1), (0, 2)),
    "DifferentTime": ((0, 2), (0, 3)),
    "SameDays": ((0, 4), (0, 3)),
    "DifferentDays": ((0, 3), (0, 4)),
    "SameWeeks": ((0, 2), (2, 4)),
    "DifferentWeeks": ((2, 4), (0, 2)),
    "Overlap": ((0, 1), (0, 2)),
    "NotOverlap": ((0, 2), (0, 1)),
    "SameAttendees": ((2, 4), (0, 1)),
    "Precedence": ((0, 3), (3, 0)),
    "WorkDay(6)": ((0, 1), (0, 2)),
    "MinGap(1)": ((0, 3), (0, 2)),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_a_rule_for_pairs_is_kept_or_broken(kind):
    keeps, breaks = PAIRS[kind]
    hard, soft = some_problem(kind), some_problem(kind, penalty=7)
    assert check(hard, placed(hard, *keeps)).violations == ()
    assert check(hard, placed(hard, *breaks)).violations == (f"{kind.partition('(')[0]} of classes 1, 2",)
    assert check(soft, placed(soft, *keeps)).distribution == 0
    assert check(soft, placed(soft, *breaks)).distribution == 5 * 7


def test_each_broken_pair_has_its_price():
    problem = some_problem("SameStart", penalty=1, classes=(1, 2, 3))
    assert check(problem, placed(problem, 0, 1, 2)).distribution == 5 * 3
    assert check(problem, placed(problem, 0, 3, 2)).distribution == 5 * 2


@pytest.mark.parametrize(
    ("kind", "times", "over"),
    [
        ("MaxDays(2)", (0, 1, 3), 0),  # the first two days
        ("MaxDays(1)", (0, 3, 4), 2),  # three days, one allowed
        ("MaxDayLoad(8)", (0, 1, 2), 4),  # 10 slots on the first day of two weeks
        ("MaxBreaks(0,1)", (0, 3, 5), 1),  # one break on the second day of the last week: 1 / 4
        ("MaxBlock(5,0)", (0, 2, 3), 2),  # 10 to 18 on the first day of two weeks
        ("MaxBlock(3,0)", (0, 3, 5), 0),  # no class has another one beside it: its own length is no block
    ],
)
def test_a_rule_over_all_its_classes(kind, times, over):
    hard, soft = some_problem(kind, classes=(1, 2, 3)), some_problem(kind, penalty=6, classes=(1, 2, 3))
    assert bool(check(hard, placed(hard, *times)).violations) == (over > 0)
    points = {"MaxDayLoad(8)": 6 * 4 // 4, "MaxBreaks(0,1)": 6 * 1 // 4, "MaxBlock(5,0)": 6 * 2 // 4}
    assert check(soft, placed(soft, *times)).distribution == 5 * points.get(kind, 6 * over)


def test_the_way_between_rooms_counts_for_those_who_attend_both():
    problem = some_problem("SameAttendees", rooms=(1, 2))
    assert check(problem, placed(problem, 0, 2, rooms=("1", "1"))).violations == ()
    assert check(problem, placed(problem, 0, 2, rooms=("1", "2"))).violations == (
        "SameAttendees of classes 1, 2",
    )


@pytest.mark.parametrize(("kind", "rooms"), [("SameRoom", ("1", "2")), ("DifferentRoom", ("1", "1"))])
def test_rules_about_rooms(kind, rooms):
    problem = some_problem(kind, rooms=(1, 2))
    assert check(problem, placed(problem, 0, 3, rooms=rooms)).violations == (f"{kind} of classes 1, 2",)


def test_a_place_must_be_allowed_open_and_free():
    problem = some_problem("SameStart", penalty=1, rooms=(1, 3))
    closed, twice, other = (
        check(problem, placed(problem, *times, rooms=rooms)).violations
        for times, rooms in [((1, 3), ("3", "1")), ((0, 1), ("1", "1")), ((0, 3), ("2", "1"))]
    )
    assert closed == ("class 1 in room 3 while it is closed",)
    assert twice == ("classes 1 and 2 in one room",)
    assert other == ("class 1 in a room that is not its own",)
    foreign = placed(problem, 0, 3, rooms=("1", "1"))
    foreign["1"] = Placed(foreign["1"].time.__class__(1, 11, 4, 15), "1")
    assert check(problem, foreign).violations == ("class 1 at a time that is not its own",)


def campus(limit=2):
    """Course a: one lecture (1), seminars 2 and 3, labs 4 under 2 and 5 under 3. Course b: class 6."""
    a = course(
        "a",
        [written_class(1, [0])],
        [written_class(2, [2, 3], limit=limit), written_class(3, [2, 3], limit=limit)],
        [written_class(4, [5], parent=2), written_class(5, [5], parent=3)],
    )
    return read(problem_text([a, course("b", [written_class(6, [2])])], [], ["a", "a b", "a b", "a"]))


def attended(problem, *classes):
    """Everybody's classes."""
    solution = placed(problem, *(0 for _ in problem.classes))
    for student, mine in enumerate(classes):
        for name in mine.split():
            held = solution[name]
            solution[name] = Placed(held.time, held.room, held.students | {str(student)})
    return solution


def test_students_attend_whole_configurations_with_parents_inside_limits():
    problem = campus()
    good = attended(problem, "1 2 4", "1 3 5 6", "1 3 5 6", "1 2 4")
    assert check(problem, good).violations == ()
    wrong = {
        "student 0 is in class 4 without its parent": ("1 3 4", "1 2 4 6", "1 3 5 6", "1 2 4"),
        "class 2 has more students than its limit": ("1 2 4", "1 2 4 6", "1 3 5 6", "1 2 4"),
        "student 0 is not in one whole configuration of course a": ("1 2", "1 3 5 6", "1 3 5 6", "1 2 4"),
        "student 0 is in a class of a course not asked for": ("1 2 4 6", "1 3 5 6", "1 3 5 6", "1 2 4"),
    }
    for said, classes in wrong.items():
        assert said in check(problem, attended(problem, *classes)).violations
    # Seminars are at the time of class 6, which two people attend.
    assert check(problem, good).student == 3 * 2


@pytest.mark.parametrize("penalty", [None, 6])
@pytest.mark.parametrize(
    "kind",
    [*PAIRS, "SameRoom", "DifferentRoom", "MaxDays(2)", "MaxDayLoad(8)", "MaxBreaks(0,1)", "MaxBlock(5,0)"],
)
def test_the_tables_know_what_the_checker_knows(kind, penalty):
    """Every choice of the last class, after every choice of the others, judged by both."""
    classes = (2, 1) if kind == "Precedence" else (1, 2)
    problem = some_problem(kind, penalty, classes, rooms=(1, 2, 3))
    tables = Tables(problem)
    state = State(tables, {}, np.random.default_rng(0))
    first, last = 0, 1
    for option in range(0, len(tables.options[first].time), 3):
        state.put(first, option)
        hard, soft = state.look(last)
        for other in range(len(hard)):
            verdict = check(problem, tables.solution(np.array([option, other]), {}))
            assert bool(verdict.violations) == bool(hard[other])
            if not verdict.violations:
                assert verdict.cost == soft[other] + tables.options[first].cost[option]
            assert (first in state.against(last, other)) == bool(hard[other])
        state.take(first)
    assert not state.load.any()


def test_a_first_timetable_needs_somebody_to_make_room():
    """Class 1 goes anywhere, 2 and 3 only where it goes first."""
    classes = [written_class(1, [0, 3]), written_class(2, [0]), written_class(3, [1])]
    text = problem_text([course("c", *([each] for each in classes))], [written_rule("NotOverlap", (1, 2))])
    tables = Tables(read(text))
    state = State(tables, {}, np.random.default_rng(0))
    assert build(state, lambda: True)
    assert check(tables.problem, tables.solution(state.chosen, {})).violations == ()


def cheapest(problem):
    """Every timetable, tried; nobody attends."""
    tables = Tables(problem)
    every = product(*(range(len(each.time)) for each in tables.options))
    verdicts = (check(problem, tables.solution(np.array(chosen), {})) for chosen in every)
    return min(each.cost for each in verdicts if not each.violations)


def test_the_command_finds_the_best_of_a_small_problem_and_writes_it(tmp_path):
    classes = [[written_class(name, (0, 1, 2, 3), (1, 3))] for name in (1, 2, 3)]
    rules = [
        written_rule("DifferentDays", (1, 2), 4),
        written_rule("NotOverlap", (2, 3)),
        written_rule("MaxDays(1)", (1, 3), 1),
    ]
    file, out = tmp_path / "small.xml", tmp_path / "out.xml"
    file.write_text(problem_text([course("c", *classes)], rules))
    found = itc.solve_file(file, Limits(60), out)
    problem = read(file.read_text())
    solution = read_solution(problem, out.read_text())
    assert check(problem, solution).violations == ()
    assert found["cost"] == check(problem, solution).cost == cheapest(problem)
    assert found["bound"] == found["cost"]
    json.dumps(found)


def test_students_are_put_where_they_have_fewest_conflicts(tmp_path):
    file, out = tmp_path / "campus.xml", tmp_path / "out.xml"
    a = course(
        "a",
        [written_class(1, [0])],
        [written_class(2, [2], limit=2), written_class(3, [3], limit=2)],
    )
    text = problem_text([a, course("b", [written_class(6, [2])])], [], ["a", "a b", "a b", "a"])
    file.write_text(text)
    found = itc.solve_file(file, Limits(60), out)
    solution = read_solution(read(text), out.read_text())
    assert check(read(text), solution).violations == ()
    assert solution["3"].students == {"1", "2"}
    assert found["cost"] == found["bound"] == 0


def test_what_is_written_is_read_again():
    problem = campus()
    solution = attended(problem, "1 2 4", "1 3 5 6", "1 3 5 6", "1 2 4")
    assert read_solution(problem, written(problem, solution, 1.0)) == solution


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<problem", "<nothing", "XML"),
        ('type="SameStart"', 'type="SameMood"', "distribution 1"),
        ('<class id="2"/>', '<class id="9"/>', "unknown class"),
        ('room id="1" penalty', 'room id="8" penalty', "unknown room"),
        ('nrWeeks="4"', "", "nrWeeks"),
    ],
)
def test_what_cannot_be_meant_is_refused(old, new, said):
    text = problem_text(
        [course("c", [written_class(1, [0], (1,))], [written_class(2, [0])])],
        [written_rule("SameStart", (1, 2))],
    )
    with pytest.raises(BadInstance, match=said):
        read(text.replace(old, new))


def test_the_figures_kept_up_to_date_are_those_worked_out_anew():
    """A problem with every kind of rule; classes move at random."""
    kinds = [*PAIRS, "SameRoom", "DifferentRoom", "MaxDays(2)", "MaxDayLoad(8)", "MaxBlock(5,0)"]
    names = range(1, 8)
    rules = [
        written_rule(kind, (1 + at % 7, 1 + (at + 3) % 7), None if at % 2 else 4)
        for at, kind in enumerate(kinds)
    ]
    classes = [[written_class(name, ALL, (1, 2, 3))] for name in names]
    problem = read(problem_text([course("c", *classes)], rules, ["c", "c"]))
    tables = Tables(problem)
    chance = np.random.default_rng(1)
    state = State(tables, {(0, 3): 2, (1, 2): 1}, chance)
    for one, options in enumerate(tables.options):
        state.put(one, int(chance.integers(len(options.time))))
    standing = Standing(state)
    for turn in range(150):
        one = turn % len(tables.options)
        kept = standing.look(one)
        option = standing.take(one)
        anew = state.look(one)
        assert np.allclose(kept, anew) and np.allclose(standing.look(one), anew)
        standing.put(one, option if turn % 5 == 0 else int(chance.integers(len(anew[0]))))
