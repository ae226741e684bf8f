"""Pins, prohibitions, levels and scenarios."""

from dataclasses import replace

import pytest

from homeground.timetable.solver import (
    BadInstance,
    Change,
    Level,
    Limits,
    Plan,
    Wishes,
    WishesClash,
    changed,
    design,
    held,
    judge,
    poll,
    replan,
    summary,
)
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.program import Solve
from homeground.timetable.tests.solver.tiny import clinic

QUICK = Limits(seconds=30, gap=1e-4)
CLINIC = generate(14, 2)


@pytest.fixture(scope="module")
def best(solve: Solve) -> Plan:
    return design(CLINIC, solve, QUICK).plan


def test_a_group_that_is_not_to_run_does_not_and_one_that_is_to_run_does(solve: Solve) -> None:
    tiny = clinic(40)
    free = design(tiny, solve, QUICK)
    gone = min(free.plan.copies)
    dropped = design(tiny, solve, QUICK, running=free.plan, wishes=Wishes(drop=frozenset({gone})))
    assert gone not in dropped.plan.copies
    assert judge(tiny, dropped.plan).violations == ()
    assert dropped.broken == () and dropped.cost >= free.cost
    back = design(tiny, solve, QUICK, running=dropped.plan, wishes=Wishes(run=frozenset({gone})))
    assert back.plan.copies[gone] and back.broken == ()


def test_seats_and_leaders_are_kept_as_wished(best: Plan, solve: Solve) -> None:
    one, (group, _) = min(best.core.items())
    leader = best.facilitators[group]
    wishes = Wishes(seats={one: group}, leaders={group: leader})
    found = design(CLINIC, solve, QUICK, wishes=wishes).plan
    assert found.core[one][0] == group
    assert set(found.facilitators[group]) <= set(leader)
    away = Wishes(never=frozenset({(one, group)}))
    assert design(CLINIC, solve, QUICK, wishes=away).plan.core.get(one, (None,))[0] != group


def test_wishes_that_cannot_be_met_are_refused(solve: Solve) -> None:
    track = CLINIC.tracks[0].id
    with pytest.raises(WishesClash):
        design(CLINIC, solve, QUICK, wishes=Wishes(run=frozenset({track}), drop=frozenset({track})))
    everybody = {each.id: track for each in CLINIC.patients}
    with pytest.raises(WishesClash):
        design(CLINIC, solve, QUICK, wishes=Wishes(seats=everybody))


@pytest.mark.parametrize("seed", [3, 7])
def test_levels_put_unmet_time_before_everything_and_tell_each(seed: int, solve: Solve) -> None:
    tiny = clinic(seed)
    summed, ordered = design(tiny, solve, QUICK), design(tiny, solve, QUICK, levels=True)
    cost = judge(tiny, ordered.plan).cost
    assert cost.unmet <= judge(tiny, summed.plan).cost.unmet
    assert [each.level for each in ordered.levels] == list(Level)
    assert [each.cost for each in ordered.levels] == [cost.unmet, cost.moves, cost.burden, cost.staff]
    assert all(each.bound <= each.cost + 0.02 for each in ordered.levels)
    assert ordered.bound == pytest.approx(ordered.cost)


def test_levels_move_nobody_for_the_sake_of_a_shorter_way(solve: Solve) -> None:
    tiny = clinic(7)
    running = poll(tiny)
    settled = replan(held(tiny, running), running, solve, QUICK, levels=True).design.plan
    assert replan(held(tiny, settled), settled, solve, QUICK, levels=True).moves == ()


def test_a_scenario_changes_the_clinic_and_its_worth_is_seen(best: Plan, solve: Solve) -> None:
    counselor = replace(CLINIC.therapists[0], id=77, langs=("en", "es"))
    richer = changed(CLINIC, Change(add_counselors=(counselor,), offices=1, group_rooms=1))
    more = design(richer, solve, QUICK, running=best).plan
    before, after = summary(CLINIC, best), summary(richer, more)
    assert after.cost <= before.cost
    assert after.minutes == pytest.approx(
        after.served * (after.minutes + sum(x.minutes for x in after.left_out))
    )
    assert after.served == pytest.approx(judge(richer, more).served)
    assert before.fully_served + len(before.left_out) == before.people


def test_a_counselor_away_has_no_working_time_then() -> None:
    first = CLINIC.therapists[0]
    found = changed(CLINIC, Change(away={first.id: ((0, 336),)}))
    assert found.therapists[0].free == ()
    gone = changed(CLINIC, Change(drop_counselors=frozenset({first.id})))
    assert all(first.id not in each.counselors for each in gone.patients)


def test_a_scenario_that_contradicts_the_clinic_is_refused() -> None:
    with pytest.raises(BadInstance):
        changed(CLINIC, Change(group_rooms=-99))
    with pytest.raises(BadInstance):
        changed(CLINIC, Change(add_groups=(CLINIC.tracks[0],)))
