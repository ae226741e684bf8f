"""Pods share out a clinic, lose and double nothing, and end in one valid plan with a true bound."""

from collections import Counter

from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.pods import design_in_pods, join, split
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Solve

CLINIC = generate(40, 4)


def test_pods_share_out_everything_once() -> None:
    parts = split(CLINIC, 3)
    people = sorted(each.id for part in parts for each in part.patients)
    assert people == [each.id for each in CLINIC.patients]
    assert sorted(each.id for part in parts for each in part.therapists) == [
        each.id for each in CLINIC.therapists
    ]
    assert sum(part.offices for part in parts) == CLINIC.offices
    assert sum(part.group_rooms for part in parts) == CLINIC.group_rooms
    copies = Counter[int]()
    for part in parts:
        copies.update({track.id: track.copies for track in part.tracks})
    assert all(copies[track.id] == track.copies for track in CLINIC.tracks)


def test_the_pods_plans_joined_break_no_rule_but_the_pairs_across_pods() -> None:
    one, other = split(CLINIC, 2)
    verdict = judge(CLINIC, join(poll(one), poll(other)))
    assert {each.rule for each in verdict.violations} <= {"kept apart"}


def test_a_clinic_in_pods_gets_a_valid_plan_below_the_rule_of_thumb(solve: Solve) -> None:
    found = design_in_pods(generate(14, 4), solve, Limits(seconds=40), size=7)
    verdict = judge(generate(14, 4), found.plan)
    assert verdict.violations == () and verdict.cost.total == found.cost
    assert 0 < found.bound <= found.cost <= judge(generate(14, 4), poll(generate(14, 4))).cost.total
