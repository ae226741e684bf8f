"""The week grid: spans, days, travel margins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeground.timetable.solver.week import Week, members, runs

HALF, QUARTER = Week.of(30), Week.of(15)


def test_a_week_has_336_half_hours_and_672_quarters() -> None:
    assert (HALF.slots, HALF.per_day, HALF.hour) == (336, 48, 2)
    assert (QUARTER.slots, QUARTER.per_day, QUARTER.hour) == (672, 96, 4)


@pytest.mark.parametrize("grid", [0, -30, 7, 25, 90])
def test_a_grid_that_does_not_divide_the_hour_is_refused(grid: int) -> None:
    with pytest.raises(ValueError, match="60"):
        Week.of(grid)


def test_travel_rounds_up_to_whole_slots() -> None:
    assert [HALF.margin(minutes) for minutes in (0, 1, 30, 31, 70)] == [0, 1, 1, 2, 3]


def test_the_way_stays_inside_its_day() -> None:
    first_of_tuesday = HALF.span((48, 50))
    assert runs(HALF.widen(first_of_tuesday, 3)) == ((48, 53),)
    last_of_monday = HALF.span((46, 48))
    assert runs(HALF.widen(last_of_monday, 3)) == ((43, 48),)


def test_hours_start_on_the_hour_from_eight_to_twenty() -> None:
    monday = [slot for slot in members(QUARTER.hour_starts) if slot < QUARTER.per_day]
    assert monday == [hour * 4 for hour in range(8, 21)]
    assert QUARTER.hour_starts.bit_count() == 7 * 13


@given(spans=st.lists(st.tuples(st.integers(0, 330), st.integers(1, 6)), max_size=8), pad=st.integers(0, 50))
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
def test_sets_of_slots_agree_with_plain_sets(spans: list[tuple[int, int]], pad: int) -> None:
    pairs = [(start, start + length) for start, length in spans]
    plain = {slot for pair in pairs for slot in range(*pair)}
    bits = HALF.spans(pairs)
    assert set(members(bits)) == plain
    assert {slot for run in runs(bits) for slot in range(*run)} == plain
    grown = {
        slot + step for slot in plain for step in range(-pad, pad + 1) if slot // 48 == (slot + step) // 48
    }
    assert set(members(HALF.widen(bits, pad))) == grown
    touching = {slot for slot in range(336) if plain & set(range(slot, slot + 2))}
    assert set(members(HALF.reach_back(bits, 2))) == touching
