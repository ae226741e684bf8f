"""Design and replan with the real solver: valid plans, true prices, bounds below every known plan."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

import pytest

from homeground.timetable.solver.design import design
from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Plan
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Outcome, Point, Program, Solve, Watch
from homeground.timetable.solver.replan import held, moves, replan
from homeground.timetable.solver.translate import plan_of
from homeground.timetable.tests.solver.tiny import clinic

QUICK = Limits(seconds=30, gap=1e-4)
CLINIC = generate(14, 2)


def nothing(
    program: Program, limits: Limits, start: Mapping[int, float] | None = None, watch: Watch | None = None
) -> Outcome:
    """A solver that runs out of time at once."""
    return Outcome(cost=None, bound=float("-inf"), stopped="limit")


@pytest.mark.parametrize("seed", [3, 40])
def test_the_exact_program_and_the_judge_agree_on_the_price(seed: int, solve: Solve) -> None:
    tiny = clinic(seed)
    exact = Formulation(tiny, Frame(exact=True))
    found = solve(exact.program, QUICK)
    verdict = judge(tiny, plan_of(exact, found.values))
    assert verdict.violations == ()
    assert found.cost == pytest.approx(verdict.cost.total, abs=0.01)
    assert found.stopped == "optimal"
    assert verdict.cost.total <= judge(tiny, poll(tiny)).cost.total + 0.01
    pooled = Formulation(tiny, Frame())
    assert solve(pooled.program, QUICK).bound <= found.cost + 0.01, "a relaxation"


def test_design_proves_a_small_clinic_and_shows_its_way(solve: Solve) -> None:
    seen: list[Point] = []
    found = design(CLINIC, solve, QUICK, watch=lambda point: seen.append(point) or True)
    verdict = judge(CLINIC, found.plan)
    assert verdict.violations == () and verdict.cost.total == found.cost
    assert found.bound <= found.cost < judge(CLINIC, poll(CLINIC)).cost.total
    assert found.gap < 0.02
    assert seen and found.trace[-1].bound == pytest.approx(found.bound, rel=1e-3)


@pytest.mark.parametrize(("small", "large"), [(2, 150), (2, 5)])
def test_the_ways_of_large_clinics_end_in_valid_plans_with_true_bounds(
    small: int, large: int, solve: Solve, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = design(CLINIC, solve, QUICK)
    module = import_module("homeground.timetable.solver.design")
    monkeypatch.setattr(module, "SMALL", small)
    monkeypatch.setattr(module, "LARGE", large)
    found = design(CLINIC, solve, QUICK)
    assert judge(CLINIC, found.plan).violations == ()
    assert found.bound <= best.cost + 0.01
    assert all(each.bound <= best.cost + 0.01 for each in found.trace)
    assert [each.bound for each in found.trace] == sorted(each.bound for each in found.trace)
    assert found.cost <= judge(CLINIC, poll(CLINIC)).cost.total


def test_hours_by_day_are_a_relaxation_of_hours_by_start(solve: Solve) -> None:
    for seed in (3, 12, 40):
        tiny = clinic(seed)
        coarse = Formulation(tiny, Frame(coarse=True))
        pooled = Formulation(tiny, Frame())
        assert solve(coarse.program, QUICK).bound <= (solve(pooled.program, QUICK).cost or 0) + 0.01


def test_design_without_time_still_gives_a_valid_plan() -> None:
    found = design(CLINIC, nothing, Limits(seconds=0))
    assert judge(CLINIC, found.plan).violations == ()
    assert found.bound <= found.cost


def test_whoever_watches_can_stop_the_work(solve: Solve) -> None:
    found = design(CLINIC, solve, QUICK, watch=lambda point: False)
    assert found.plan == poll(CLINIC)


def test_replan_moves_nobody_without_need(solve: Solve) -> None:
    running = poll(CLINIC)
    best = replan(held(CLINIC, running), running, solve, QUICK).design.plan
    again = replan(held(CLINIC, best), best, solve, QUICK)
    assert again.moves == ()
    assert again.design.cost == pytest.approx(again.design.bound, rel=1e-3)


def test_replan_finds_hours_for_people_whose_counselor_is_away(solve: Solve) -> None:
    running = poll(CLINIC)
    away = running.solo[min(running.solo)][0]
    staff = tuple(replace(each, free=()) if each.id == away else each for each in CLINIC.therapists)
    found = replan(held(replace(CLINIC, therapists=staff), running), running, solve, QUICK)
    assert judge(replace(CLINIC, therapists=staff), found.design.plan).violations == ()
    theirs = {patient for patient, (who, _) in running.solo.items() if who == away}
    told = {each.patient for each in found.moves if each.kind == "solo" and each.why == "counselor"}
    assert theirs <= told
    assert set(found.design.plan.copies) <= set(running.copies), "no new group"


def test_somebody_who_left_frees_what_they_had(solve: Solve) -> None:
    running = poll(CLINIC)
    gone = min(running.core)
    rest = replace(
        CLINIC,
        patients=tuple(each for each in CLINIC.patients if each.id != gone),
        exclusions=tuple(pair for pair in CLINIC.exclusions if gone not in pair),
    )
    found = replan(held(rest, running), running, solve, QUICK)
    assert judge(rest, found.design.plan).violations == ()
    assert gone not in found.design.plan.core


def test_a_move_says_what_changed() -> None:
    before = Plan(copies={0: 1}, core={0: (0, (0, 1, 2))})
    (move,) = moves(CLINIC, before, Plan())
    assert (move.kind, move.before, move.after, move.why) == ("core", (0, (0, 1, 2)), None, "group")
