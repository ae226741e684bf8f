"""First settle a few columns by branching on the relaxation, then the rest near what it says.

In a repair the few columns are which groups run and who leads them: settled, the relaxation is a few
hundredths of a percent below the best plan, so a handful of columns around it hold a plan that proves itself.
HiGHS alone spends most of its time on heuristics over all columns.

Columns that are rarely used stay closed until their reduced price says that they pay; every bound is taken
after that, so it holds for all columns.
"""

import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from homeground.timetable.highs.form import FEASIBLE, all_whole, model_of, solver_of, sparse
from homeground.timetable.solver.program import Limits, Program

Floats = NDArray[np.float64]
Columns = NDArray[np.intp]
Fixed = tuple[tuple[int, float, float], ...]  # column, at least, at most

NOTHING: Columns = np.array([], dtype=np.intp)
CLOSE = 1e-6  # of a whole number, or of a reduced price that pays
NODES = 400  # of branching before the work is left to HiGHS
CHECKS = 30  # of HiGHS asking whether to go on: above that, all columns together are sooner done
SHARE = 0.9  # of the time for it
NEAR = 3e-9  # of the bound: a column with a higher reduced price, ties broken, is not looked at first


@dataclass(frozen=True, slots=True)
class Leaf:
    """A relaxation with all first columns whole."""

    bound: float
    values: Floats
    prices: Floats


class Relaxation:
    """The program with fractions allowed, kept warm from one question to the next."""

    def __init__(self, program: Program, limits: Limits) -> None:
        self.highs = solver_of(limits, 1e-6)
        self.uppers = np.array(program.uppers)
        self.first = np.array(program.first, dtype=np.int32)
        self.closed = np.zeros(len(self.uppers), dtype=bool)
        self.closed[np.array(program.rare, dtype=np.int32)] = True
        model = model_of(program.relaxed())
        model.col_upper_ = np.where(self.closed, 0.0, self.uppers)
        self.highs.passModel(model)

    def solve(self, fixed: Fixed) -> tuple[float, Floats, Floats] | None:
        """Bound, values and reduced prices with these columns fixed; None: there is no solution."""
        lowers, uppers = np.zeros(len(self.first)), self.uppers[self.first]
        place = {int(at): index for index, at in enumerate(self.first)}
        for at, low, high in fixed:
            lowers[place[at]], uppers[place[at]] = low, high
        self.highs.changeColsBounds(len(self.first), self.first, lowers, uppers)
        while True:
            self.highs.run()
            status = self.highs.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible and self.closed.any():
                self._open(self.closed)
                continue
            if status != highspy.HighsModelStatus.kOptimal:
                return None
            solution = self.highs.getSolution()
            prices = np.array(solution.col_dual)
            paying = self.closed & (prices < -CLOSE)
            if not paying.any():
                bound = self.highs.getInfo().objective_function_value
                return bound, np.array(solution.col_value), prices
            self._open(paying)

    def _open(self, columns: NDArray[np.bool_]) -> None:
        at = np.flatnonzero(columns).astype(np.int32)
        self.highs.changeColsBounds(len(at), at, np.zeros(len(at)), self.uppers[at])
        self.closed = self.closed & ~columns

    def infeasible(self) -> bool:
        """Whether the last question had no solution, rather than no time."""
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)


def settle(program: Program, limits: Limits, tell: Callable[..., None]) -> bool:
    """Solve that way and tell it; False when that came to no solution: nothing false was told then."""
    search = Search(program, limits, tell)
    for _ in range(NODES):
        if search.proven() or not search.waiting or not search.left():
            break
        search.step()
    if search.values is None:
        return False
    search.tell(stopped="optimal" if search.proven() or not search.waiting else "limit")
    return True


class Search:
    """Branching on the first columns, the node with the least bound first."""

    def __init__(self, program: Program, limits: Limits, tell: Callable[..., None]) -> None:
        self.program, self.limits, self.say = program, limits, tell
        self.end = time.monotonic() + limits.seconds * SHARE
        self.slack = 0.999 if all_whole(program) else CLOSE
        self.costs = np.array(program.costs)
        self.enough = max(limits.gap, program.near)
        self.relaxation = Relaxation(program, limits)
        self.waiting: list[tuple[float, int, Fixed, Leaf | None]] = [(-np.inf, 0, (), None)]
        self.nodes = 0
        self.cost, self.floor = np.inf, np.inf  # floor: least bound of the leaves worked to their end
        self.values: Floats | None = None

    def bound(self) -> float:
        """What no solution can be below."""
        return float(min(self.waiting[0][0] if self.waiting else np.inf, self.floor, self.cost))

    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.end - time.monotonic())

    def proven(self) -> bool:
        """Whether the best solution is within the gap asked for."""
        if self.values is None:
            return False
        return bool(self.cost - self.bound() <= max(self.slack, self.enough * abs(self.cost)))

    def tell(self, **message: Any) -> None:
        """Tell the best solution and the bound."""
        if self.values is not None:
            message |= {"cost": float(self.cost), "values": sparse(self.values)}
        self.say(bound=self.bound(), **message)

    def step(self) -> None:
        """Take the node with the least bound: branch on it, or look for a solution at it."""
        _, _, fixed, leaf = heapq.heappop(self.waiting)
        if leaf is not None:
            self._look_at(leaf)
            return
        found = self.relaxation.solve(fixed)
        if found is None:
            if not self.relaxation.infeasible():
                self.end = 0.0  # out of time: what waits keeps its bound
                self._wait(-np.inf, fixed)
            return
        bound, values, prices = found
        at = _part(self.relaxation.first, values, self.costs)
        if at is None:
            self._wait(bound, fixed, Leaf(bound, values, prices))
            return
        low = float(np.floor(values[at]))
        self._wait(bound, (*fixed, (at, 0.0, low)))
        self._wait(bound, (*fixed, (at, low + 1, self.program.uppers[at])))

    def _wait(self, bound: float, fixed: Fixed, leaf: Leaf | None = None) -> None:
        self.nodes += 1
        heapq.heappush(self.waiting, (bound, self.nodes, fixed, leaf))

    def _look_at(self, leaf: Leaf) -> None:
        """The best solution with the first columns as here: near the relaxation, then wherever it can pay.

        With these columns fixed, one whose reduced price is above cost less bound is in no better solution.
        """
        self._wait(leaf.bound, (), leaf)
        for taken in self._tries(leaf):
            self.tell()
            self._solve(leaf, NEAR * abs(leaf.bound), self.limits.gap, taken)
            if self.proven():
                return
        self.tell()
        bound = self._solve(leaf, self.cost - leaf.bound, self.enough)
        self.waiting = [each for each in self.waiting if each[3] is not leaf]
        heapq.heapify(self.waiting)
        self.floor = min(self.floor, bound)

    def _tries(self, leaf: Leaf) -> Iterator[Columns]:
        """What is kept while looking near the leaf.

        First, when a solution near it is good enough, all that it takes wholly of the columns that pay (who
        comes when, not who leads): the rest is soon found around it. Then nothing; where no columns are
        settled first, all columns are sooner done.
        """
        if self.program.near:
            whole = np.array(self.program.whole, dtype=bool)
            yield np.flatnonzero(whole & (self.costs < 0) & (leaf.values > 1 - CLOSE))
        if self.program.first:
            yield NOTHING

    def _solve(self, leaf: Leaf, reach: float, gap: float, taken: Columns = NOTHING) -> float:
        """A bound for solutions of the leaf with `taken` that use no column of a higher reduced price."""
        model = model_of(self.program)
        lowers = np.zeros(len(leaf.values))
        uppers = np.where((leaf.prices > reach) & (leaf.values < CLOSE), 0.0, self.program.uppers)
        first = self.relaxation.first
        lowers[first] = uppers[first] = np.round(leaf.values[first])
        lowers[taken] = 1.0
        model.col_lower_, model.col_upper_ = lowers, uppers
        limits = replace(self.limits, seconds=max(0.1, self.left()), gap=gap / 3)
        highs = solver_of(limits, self.slack)
        highs.setOptionValue("objective_target", leaf.bound + gap * abs(leaf.bound))
        if len(taken):
            _give_up_after(highs, CHECKS)
        highs.passModel(model)
        highs.run()
        info = highs.getInfo()
        if info.primal_solution_status == FEASIBLE and info.objective_function_value < self.cost:
            self.cost = info.objective_function_value
            self.values = np.array(highs.getSolution().col_value)
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return float(np.inf)
        return float(max(leaf.bound, info.mip_dual_bound))


def _give_up_after(highs: highspy.Highs, checks: int) -> None:
    """Stop a search that is harder than it was meant to be. Unlike seconds, checks come at the same points
    of the same work, so the answer is the same on every machine."""
    left = iter(range(checks))

    def asked(event: Any) -> None:
        event.interrupt(next(left, None) is None)

    highs.cbMipInterrupt.subscribe(asked)


def _part(first: NDArray[np.int32], values: Floats, costs: Floats) -> int | None:
    """The column to branch on, furthest from a whole number; None when all are whole.

    One with a price of its own goes first: whether a group runs decides who could lead it, not the other
    way round, and half the nodes do.
    """
    away = np.abs(values[first] - np.round(values[first]))
    if not len(first) or away.max() <= CLOSE:
        return None
    priced = np.where(costs[first] != 0, away, 0.0)
    return int(first[np.argmax(priced if priced.max() > CLOSE else away)])
