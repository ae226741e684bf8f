"""The judge passes a valid plan and names each rule that a spoiled one breaks."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance, Patient, Plan, Therapist, Track
from homeground.timetable.solver.poll import poll

DAY = 48
MORNINGS = ((18, 24), (DAY + 18, DAY + 24), (2 * DAY + 18, 2 * DAY + 24))
TRACK = Track(0, "core", "general", MORNINGS, True, 1, 2, 1, "group", 2, 0, "", False, False, "en")
TOPIC = replace(TRACK, id=1, kind="special", topic="trauma", meetings=((26, 28),), copies=1)
WORKDAYS = tuple((day * DAY + 16, day * DAY + 40) for day in range(5))
THERAPIST = Therapist(0, WORKDAYS, ("group",), ("en",), "F", 1600, 5)
SECOND = replace(THERAPIST, id=1)
PATIENT = Patient(
    id=0, busy=((30, 34),), travel=30, remote=False, gender="F", youth=False, dual=False, langs=("en",),
    priority=2, core_minutes=540, min_days=3, max_days=3, min_day_minutes=180, topics=("trauma",),
    family=((DAY + 30, DAY + 36),), daypart="am", counselors=(0, 1), family_counselors=(1,),
)  # fmt: skip
CLINIC = Instance("small", (THERAPIST, SECOND), (TRACK, TOPIC), (PATIENT, replace(PATIENT, id=1)), 1, 1)
PLAN = Plan(
    copies={0: 1, 1: 1},
    facilitators={0: (0,), 1: (1,)},
    core={0: (0, (0, 1, 2)), 1: (0, (0, 1, 2))},
    special={0: {"trauma": 1}, 1: {"trauma": 1}},
    solo={0: (0, DAY + 26), 1: (1, DAY + 26 + DAY)},
    family={0: (1, DAY + 32), 1: (1, DAY + 32)},
)


def rules(instance: Instance, plan: Plan) -> set[str]:
    return {each.rule for each in judge(instance, plan).violations}


def first(**changes: object) -> Instance:
    """The clinic with the first patient changed."""
    return replace(CLINIC, patients=(replace(PATIENT, **changes), *CLINIC.patients[1:]))  # type: ignore[arg-type]


def groups(**changes: object) -> Instance:
    """The clinic with its core group changed."""
    return replace(CLINIC, tracks=(replace(TRACK, **changes), TOPIC))  # type: ignore[arg-type]


def staff(**changes: object) -> Instance:
    """The clinic with its second therapist changed."""
    return replace(CLINIC, therapists=(THERAPIST, replace(SECOND, **changes)))  # type: ignore[arg-type]


def test_a_valid_plan_passes_and_its_price_can_be_added_up_by_hand() -> None:
    verdict = judge(CLINIC, PLAN)
    assert verdict.violations == ()
    assert verdict.served == 1 and verdict.in_core == 2
    assert verdict.cost.unmet == 0
    assert verdict.cost.burden == 2 * 3 * 2 * 30  # two people, three days each, both ways
    assert verdict.cost.staff == (540 + 60) / 2


def test_unmet_time_is_priced_by_priority() -> None:
    verdict = judge(CLINIC, Plan())
    assert verdict.cost.total == 10 * 2 * (540 + 60 + 60 + 30) * 2
    assert verdict.served == 0


def test_moves_are_priced_against_what_runs() -> None:
    from homeground.timetable.solver.model import Incumbent

    moved = first(incumbent=Incumbent(core=1, therapist=1, start=16))
    assert judge(moved, PLAN).cost.moves == 120 + 180 + 30
    kept = first(incumbent=Incumbent(core=0, therapist=0, start=DAY + 26))
    assert judge(kept, PLAN).cost.moves == 0


def test_a_soft_obligation_costs_its_minutes_with_the_way() -> None:
    assert judge(first(soft=((24, 26), (40, 44))), PLAN).cost.burden == judge(CLINIC, PLAN).cost.burden + 60
    # half an hour of way after the core group, half an hour before the topic group


@pytest.mark.parametrize(
    ("rule", "instance"),
    [
        ("obligation", first(busy=((17, 18),))),
        ("obligation", first(busy=((20, 21),))),
        ("gender", groups(gender="M")),
        ("age", groups(youth=True)),
        ("dual diagnosis", groups(dual=True)),
        ("language", groups(lang="es")),
        ("leader does not fit", groups(lang="es")),
        ("leader does not fit", groups(skill="trauma")),
        ("telehealth", groups(onsite=False)),
        ("group too small", groups(lo=3, hi=3)),
        ("group too large", groups(hi=1)),
        ("number of leaders", groups(facilitators=2)),
        ("wrong number of meetings", groups(attend=2)),
        ("copies", groups(copies=0)),
        ("core minutes", first(core_minutes=541)),
        ("days", first(min_days=4, max_days=5)),
        ("days", first(min_days=1, max_days=2)),
        ("minutes on a day", first(min_day_minutes=181)),
        ("topic not prescribed", first(topics=())),
        ("counselor does not fit", first(counselors=(1,))),
        ("family counselor does not fit", first(family_counselors=(0,))),
        ("family window", first(family=((DAY + 32, DAY + 33),))),
        ("kept apart", replace(CLINIC, exclusions=((1, 0),))),
        ("outside working time", staff(free=WORKDAYS[1:])),
        ("therapist minutes", staff(max_minutes=179)),
        ("caseload", staff(caseload=0)),
        ("group rooms", replace(CLINIC, group_rooms=0)),
        ("offices", replace(CLINIC, offices=0)),
    ],
)
def test_each_rule_of_the_clinic_is_checked(rule: str, instance: Instance) -> None:
    assert rule in rules(instance, PLAN)


@pytest.mark.parametrize(
    ("rule", "plan"),
    [
        ("in two places", replace(PLAN, solo={0: (0, 22)})),
        ("start of an hour", replace(PLAN, solo={0: (0, DAY + 27)})),
        ("start of an hour", replace(PLAN, solo={0: (0, 14)})),
        ("therapist in two places", replace(PLAN, solo={0: (1, DAY + 32)})),
        ("therapist in two places", replace(PLAN, facilitators={0: (1,), 1: (1,)}, solo={0: (1, 22)})),
        ("number of leaders", replace(PLAN, facilitators={0: (0,)})),
        ("number of leaders", replace(PLAN, copies={0: 2, 1: 1}, facilitators={0: (0, 0), 1: (1,)})),
        ("group too small", replace(PLAN, core={}, facilitators={1: (1,)})),
        ("group does not run", replace(PLAN, copies={1: 1})),
        ("group rooms", replace(PLAN, copies={0: 2, 1: 1}, facilitators={0: (0, 1), 1: (1,)})),
        ("not a core group", replace(PLAN, core={0: (1, (0,))})),
        ("wrong number of meetings", replace(PLAN, core={0: (0, (0, 1))})),
        ("wrong number of meetings", replace(PLAN, core={0: (0, (0, 1, 1))})),
    ],
)
def test_each_rule_of_the_plan_is_checked(rule: str, plan: Plan) -> None:
    assert rule in rules(CLINIC, plan)


def test_two_copies_part_a_pair_but_not_three_who_all_avoid_each_other() -> None:
    three = replace(
        CLINIC, patients=(*CLINIC.patients, replace(PATIENT, id=2)), exclusions=((0, 1),), group_rooms=2
    )
    plan = replace(
        PLAN,
        copies={0: 2, 1: 1},
        facilitators={0: (0, 1)},
        core=dict.fromkeys(range(3), (0, (0, 1, 2))),
        special={},
    )
    assert "kept apart" not in rules(three, plan)
    assert "kept apart" in rules(replace(three, exclusions=((0, 1), (1, 2), (2, 0))), plan)


@pytest.mark.parametrize("seed", range(3))
def test_the_rule_of_thumb_makes_valid_plans(seed: int) -> None:
    clinic = generate(30, seed)
    verdict = judge(clinic, poll(clinic))
    assert verdict.violations == ()
    assert 0.4 < verdict.served < 1


SHARED = Path(__file__).parents[5] / "shared" / "data" / "timetable" / "clinics"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared clinics are not part of a clone")
def test_shared_clinics_can_be_read_and_planned() -> None:
    from homeground.timetable.solver.model import read_instance

    clinic = read_instance(json.loads(gzip.decompress((SHARED / "clinic-30.json.gz").read_bytes())))
    known = json.loads((SHARED / "expected.json").read_text())["clinic-30"]
    verdict = judge(clinic, poll(clinic))
    assert verdict.violations == ()
    assert known["bound"] <= verdict.cost.total <= 2 * known["poll"]
