"""What is left of a plan after the clinic changed is valid and no smaller than it must be."""

from dataclasses import replace

import pytest

from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.trim import trim

CLINIC = generate(40, 1)
PLAN = poll(CLINIC)


def test_a_valid_plan_stays_as_it_is() -> None:
    assert trim(CLINIC, PLAN) == PLAN


@pytest.mark.parametrize(
    "changed",
    [
        replace(CLINIC, therapists=tuple(replace(each, free=each.free[1:]) for each in CLINIC.therapists)),
        replace(CLINIC, therapists=tuple(replace(each, max_minutes=600) for each in CLINIC.therapists)),
        replace(CLINIC, therapists=tuple(replace(each, caseload=2) for each in CLINIC.therapists)),
        replace(CLINIC, offices=1),
        replace(CLINIC, group_rooms=0),
        replace(CLINIC, patients=tuple(replace(each, busy=((18, 34),)) for each in CLINIC.patients)),
        replace(CLINIC, patients=tuple(replace(each, counselors=()) for each in CLINIC.patients)),
        replace(CLINIC, tracks=tuple(replace(each, hi=5, lo=1) for each in CLINIC.tracks)),
        replace(CLINIC, exclusions=tuple((one, one + 1) for one in range(0, 38, 2))),
    ],
)
def test_what_is_left_is_valid(changed: Instance) -> None:
    assert judge(changed, PLAN).violations != ()
    left = trim(changed, PLAN)
    assert judge(changed, left).violations == ()
    assert {**left.copies}.items() <= {**PLAN.copies}.items()
    assert set(left.solo.items()) <= set(PLAN.solo.items())


def test_people_who_left_are_taken_out() -> None:
    half = replace(CLINIC, patients=CLINIC.patients[:20], exclusions=())
    left = trim(half, PLAN)
    assert judge(half, left).violations == ()
    assert max({*left.core, *left.solo, *left.family}) < 20


def test_one_new_obligation_costs_one_hour_only() -> None:
    one = min(PLAN.solo)
    start = PLAN.solo[one][1]
    busier = tuple(
        replace(each, busy=(*each.busy, (start, start + 2)), travel=0) if each.id == one else each
        for each in CLINIC.patients
    )
    left = trim(replace(CLINIC, patients=busier), PLAN)
    assert set(PLAN.solo) - set(left.solo) == {one}
    assert left.core == PLAN.core
