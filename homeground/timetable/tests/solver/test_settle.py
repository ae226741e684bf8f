"""Looking near the relaxation: what is told holds, compared with every solution of tiny programs."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from homeground.timetable.highs.settle import settle
from homeground.timetable.solver.program import Limits, Program

COLUMNS = 6


@st.composite
def programs(draw):
    """Things worth something that share narrow room; a few cost something or make room."""
    program = Program(offset=draw(st.integers(60, 90)))
    for _ in range(COLUMNS):
        program.column(draw(st.integers(-12, 4)))
    for _ in range(draw(st.integers(1, 5))):
        inside = draw(st.sets(st.integers(0, COLUMNS - 1), min_size=2))
        weights = {at: float(draw(st.integers(-1, 6))) for at in sorted(inside)}
        program.row(weights, upper=draw(st.integers(0, 10)))
    return program


def holds(program, values):
    for row, upper in enumerate(program.row_uppers):
        entries = range(program.starts[row], program.starts[row + 1])
        if sum(program.values[at] * values[program.indices[at]] for at in entries) > upper + 1e-6:
            return False
    return True


def price(program, values):
    return program.offset + sum(cost * value for cost, value in zip(program.costs, values, strict=True))


@settings(max_examples=60, deadline=None)
@given(programs(), st.sampled_from((1e-9, 0.01, 0.2)))
def test_a_solution_near_the_relaxation_is_one_and_its_bound_holds(program, near):
    program.near = near
    every = (each for each in product((0, 1), repeat=COLUMNS) if holds(program, each))
    least = min(price(program, each) for each in every)
    told = []
    assert settle(program, Limits(20, gap=1e-9), lambda **message: told.append(message))
    last = told[-1]
    found = dict(last["values"])
    values = [round(found.get(at, 0)) for at in range(COLUMNS)]
    assert holds(program, values)
    assert abs(price(program, values) - last["cost"]) < 1e-6
    assert all(each["bound"] <= least + 1e-6 for each in told)
    assert last["cost"] - last["bound"] <= max(1.0, near * last["cost"]) + 1e-6
    if near == 1e-9:
        assert last["cost"] < least + 1
