"""The public course timetabling format through the neutral program, on a small problem of our own."""

from itertools import product

import pytest

from benchmarks import itc, itc2007
from homeground.timetable.solver.program import Limits
from homeground.timetable.solver.reader import BadInstance

SMALL = """Name: small
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 2
Curricula: 1
Constraints: 1

COURSES:
a t0 2 2 30
b t0 1 1 12
c t1 1 1 25

ROOMS:
r 20
s 28

CURRICULA:
q0 2 a c

UNAVAILABILITY_CONSTRAINTS:
a 0 0

END.
"""


# Two lectures share a period, and only one room is large: b is 5 too many, c 4, a twice 2; a day is missing.
CROWDED = (
    SMALL.replace("Rooms: 2", "Rooms: 3")
    .replace("s 28", "s 28\nu 21")
    .replace("b t0 1 1 12", "b t2 1 1 33")
    .replace("Days: 2", "Days: 1")
    .replace("Periods_per_day: 2", "Periods_per_day: 3")
)


def cheapest(problem: itc2007.Problem) -> int:
    """Every timetable, tried."""
    prices = []
    periods = range(problem.days * problem.per_day)
    for a1, a2, b, c in product(periods, repeat=4):
        try:
            prices.append(itc2007.price(problem, {"a": (a1, a2), "b": (b,), "c": (c,)}))
        except BadInstance:
            continue
    return min(prices)


@pytest.mark.parametrize(("text", "price"), [(SMALL, 2 * 2 + 2), (CROWDED, 5 + 4 + 2 * 2 + 5)])
def test_the_program_finds_the_price_of_the_best_timetable(text, price, tmp_path):
    file = tmp_path / "small.ctt"
    file.write_text(text)
    found = itc.solve_file(file, Limits(20), tmp_path / "out.json", "highs")
    assert found["cost"] == found["bound"] == cheapest(itc2007.read(text)) == price


def test_what_is_no_such_file_is_refused(tmp_path):
    with pytest.raises(BadInstance, match="Courses"):
        itc2007.read(SMALL.replace("Courses: 3", "Courses: 4"))
    with pytest.raises(BadInstance):
        itc2007.read(SMALL.replace("a t0 2", "a t0 two"))
    other = tmp_path / "small.txt"
    other.write_text(SMALL)
    with pytest.raises(BadInstance, match="ctt"):
        itc.solve_file(other, Limits(1), None)


def test_hard_rules_are_named():
    problem = itc2007.read(SMALL)
    assert set(itc2007.broken(problem, {"a": (0, 1), "b": (1,), "c": (2,)})) == {
        "unavailable",
        "in two places",
    }
    assert set(itc2007.broken(problem, {"a": (1,), "b": (2,), "c": (3,)})) == {"lectures"}
