"""The product's order of aims: unmet time, moves, burden, staff. None is traded for one below it.

Each level is one program: the sum of that level is made small while the sums of the levels before it stay
where they are. The benchmark format adds all four up instead, so that one bound can be told.
"""

from array import array
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from homeground.timetable.solver.program import Program

if TYPE_CHECKING:
    from homeground.timetable.solver.formulate import Formulation

SLACK = 0.01  # minute-equivalents a level may lose to rounding


class Level(StrEnum):
    """The aims, most important first; the fields of `judge.Cost` have the same names."""

    UNMET = "unmet"
    MOVES = "moves"
    BURDEN = "burden"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached at one level: its part of the price, and a bound that holds as long as the levels
    before it are kept at what they reached."""

    level: Level
    cost: float
    bound: float


def program_of(form: "Formulation", level: Level, caps: dict[Level, float]) -> Program:
    """The formulation's program with one level as the only price and the levels before it capped."""
    whole = form.program
    costs = array("d", bytes(8 * len(whole.costs)))
    for at, cost in form.shares[level].items():
        costs[at] = cost
    found = replace(
        whole,
        offset=whole.offset if level is Level.UNMET else 0.0,
        costs=costs,
        row_lowers=whole.row_lowers[:],
        row_uppers=whole.row_uppers[:],
        starts=whole.starts[:],
        indices=whole.indices[:],
        values=whole.values[:],
        near=whole.near if level is Level.UNMET else 0.0,  # below it HiGHS goes on from what is known
    )
    for before, cap in caps.items():
        offset = whole.offset if before is Level.UNMET else 0.0
        if form.shares[before]:
            found.row(form.shares[before], upper=cap - offset + SLACK)
    return found
