"""The engine says what brute force says."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeground.timetable.solver import oracle
from homeground.timetable.solver.explain import Blocker
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance, Patient, Plan
from homeground.timetable.solver.place import Board, Offer
from homeground.timetable.solver.poll import poll
from homeground.timetable.tests.solver.tiny import clinic

SEEDS = st.integers(min_value=0, max_value=10**6)
quick = settings(max_examples=25, derandomize=True, deadline=None, database=None)


def asked(seed: int) -> tuple[Instance, Plan, Patient]:
    """A running plan and somebody who is not in it."""
    instance = clinic(seed)
    *others, newcomer = instance.patients
    rest = {each.id for each in others}
    pairs = tuple(pair for pair in instance.exclusions if set(pair) <= rest)
    return instance, poll(replace(instance, patients=tuple(others), exclusions=pairs)), newcomer


def facts(change: tuple[Blocker, ...]) -> frozenset[oracle.Fact]:
    """Blockers in the oracle's words: obligations slot by slot."""
    found: set[oracle.Fact] = set()
    for each in change:
        if each.kind == "busy":
            found |= {("busy", slot) for slot in range(int(each.what[0]), int(each.what[1]))}
        else:
            found.add((each.kind, *each.what))
    return frozenset(found)


@pytest.mark.parametrize("partial", [False, True])
@given(seed=SEEDS)
@quick
def test_offers_are_the_cheapest_weeks_of_every_group_option(partial: bool, seed: int) -> None:
    instance, plan, newcomer = asked(seed)
    offers = Board.of(instance, plan).place(newcomer, 100, partial=partial).offers
    assert {each.core: each.cost for each in offers} == oracle.offers(instance, plan, newcomer, partial)
    assert [each.cost for each in offers] == sorted(each.cost for each in offers)


@given(seed=SEEDS)
@quick
def test_changes_are_exactly_the_minimal_blocker_sets(seed: int) -> None:
    instance, plan, newcomer = asked(seed)
    answer = Board.of(instance, plan).place(newcomer, 10_000, explain=True)
    expected = oracle.changes(instance, plan, newcomer)
    assert {facts(change) for change in answer.changes} == expected
    assert bool(answer.offers) == (frozenset() in expected)


@given(seed=SEEDS)
@quick
def test_a_conflict_meets_every_blocker_set_and_needs_each_of_its_facts(seed: int) -> None:
    instance, plan, newcomer = asked(seed)
    answer = Board.of(instance, plan).place(newcomer, 1)
    sets = oracle.changes(instance, plan, newcomer)
    if answer.offers:
        assert answer.conflict == ()
        return
    if not sets:
        assert [each.kind for each in answer.conflict] == ["gate"]
        return
    coarse = [
        frozenset(fact[:1] if fact[0] in ("counselor", "office") else fact for fact in each) for each in sets
    ]
    assert all(facts(answer.conflict) & each for each in coarse)
    for fact in answer.conflict:
        rest = tuple(each for each in answer.conflict if each != fact)
        assert not all(facts(rest) & each for each in coarse)


@given(seed=SEEDS)
@quick
def test_a_smaller_limit_keeps_the_cheapest(seed: int) -> None:
    instance, plan, newcomer = asked(seed)
    board = Board.of(instance, plan)
    prices = [each.cost for each in board.place(newcomer, 100).offers]
    assert [each.cost for each in board.place(newcomer, 2).offers] == prices[:2]


def seat(plan: Plan, patient: int, offer: Offer) -> Plan:
    """The plan after accepting an offer, shift included."""
    core, solo = dict(plan.core), dict(plan.solo)
    if offer.shift is not None:
        table = core if offer.shift.kind == "core" else solo
        table[offer.shift.patient] = offer.shift.after  # type: ignore[assignment]
    return replace(
        plan,
        core={**core, patient: offer.core},
        special={**plan.special, patient: offer.special},
        solo={**solo, **({patient: offer.solo} if offer.solo else {})},
        family={**plan.family, **({patient: offer.family} if offer.family else {})},
    )


def test_offers_by_ejection_are_valid_and_cost_the_other_person_nothing() -> None:
    clinic_of_40 = generate(40, 1)
    staff = {each.id for each in clinic_of_40.therapists}
    plan = poll(clinic_of_40)
    board, before = Board.of(clinic_of_40, plan), judge(clinic_of_40, plan)
    kinds = set()
    for each in generate(60, 7).patients:
        guest = replace(
            each,
            id=1000 + each.id,
            counselors=tuple(who for who in each.counselors if who in staff),
            family_counselors=tuple(who for who in each.family_counselors if who in staff),
        )
        for offer in board.place(guest, eject=True).offers:
            joined = replace(clinic_of_40, patients=(*clinic_of_40.patients, guest))
            assert judge(joined, seat(plan, guest.id, offer)).violations == ()
            if offer.shift is not None:
                kinds.add(offer.shift.kind)
                others = judge(clinic_of_40, seat(plan, guest.id, offer).without(guest.id))
                assert others.cost.burden <= before.cost.burden
    assert "core" in kinds
