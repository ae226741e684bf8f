"""One ITC-2019 problem from file to solution: students, a first timetable, improvement, a bound beside it."""

import time
from dataclasses import dataclass, field
from itertools import count
from subprocess import Popen

import numpy as np

from benchmarks.itc2019 import bound
from benchmarks.itc2019.anneal import Anneal
from benchmarks.itc2019.checker import Verdict, check
from benchmarks.itc2019.exact import MOST, Part
from benchmarks.itc2019.problem import Problem, Solution
from benchmarks.itc2019.search import State, build, spread
from benchmarks.itc2019.students import Sections
from benchmarks.itc2019.tables import Array, Tables
from homeground.timetable.solver.program import Limits, Point, Solve

ROUNDS = 4  # of improvement, each followed by putting students into classes again
ANNEALED = 0.55  # of the time goes to moving single classes, the rest to exact programs of some together
COLUMNS = 2500  # of one such program
MOST_CLASSES = 80
TRIED, CHEAPER = 8, 4  # classes looked at for the dearest; options whose way is cleared
PART_SECONDS = 15.0
LEAN = 1000.0  # how much rather a class takes what the relaxed program gives it
HOT, COOLER, COLD = 5.0, 3.0, 20.0  # each round begins at a third of the heat of the one before


@dataclass(slots=True)
class Found:
    """The best solution with its verdict, and what no solution can be below."""

    solution: Solution | None
    verdict: Verdict | None
    bound: float
    trace: list[Point] = field(default_factory=list)
    peak_mb: float = 0.0


@dataclass(slots=True)
class Work:
    """The work on one problem."""

    problem: Problem
    limits: Limits
    solve: Solve
    began: float = field(default_factory=time.monotonic)
    found: Found = field(default_factory=lambda: Found(None, None, 0.0))
    tables: Tables = field(init=False)
    sections: Sections = field(init=False)
    state: State = field(init=False)
    bounding: Popen[bytes] | None = None
    relaxed: bound.Relaxed = bound.NOTHING
    best: Array = field(init=False)

    def spent(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds left."""
        return self.limits.seconds - self.spent()

    def run(self) -> Found:
        """Do it all."""
        self.tables = Tables(self.problem)
        self.found.bound = float(sum(each.cost.min() for each in self.tables.options))
        self.bounding = bound.begin(
            self.problem, Limits(self.limits.seconds, memory_mb=self.limits.memory_mb)
        )
        try:
            self._times()
            while not self._proven() and self.bounding is not None and self.left() > 0:
                time.sleep(0.1)
        finally:
            self._end_bounding()
        return self.found

    def _end_bounding(self) -> None:
        if self.bounding is not None:
            child, self.bounding = self.bounding, None
            self.relaxed = bound.end(child)
            self.found.bound = max(self.found.bound, self.relaxed.bound)

    def _times(self) -> None:
        self.sections = Sections(self.tables)
        if not self.sections.begin(self.solve):
            return
        chance = np.random.default_rng(self.limits.seed)
        self.state = State(self.tables, self.sections.shared(), chance)
        if not build(self.state, lambda: self.left() > 0):
            return
        self.state.restore(self.state.chosen.copy())
        self._keep()
        self._students()
        self._keep()
        hot = HOT * max(1.0, spread(self.state))
        rounds = [hot / COOLER**turn for turn in range(ROUNDS)]
        while rounds and not self._proven():
            if self.relaxed.taken and self._again():
                rounds = rounds[-2:]
            self._anneal(rounds[0], rounds[0] / COLD, ANNEALED / ROUNDS)
            rounds.pop(0)
            self._students()
            self._keep()
        self._parts()

    def _again(self) -> bool:
        """Once: build anew along what the relaxed program does; whether that was cheaper."""
        taken, self.relaxed = self.relaxed.taken, bound.NOTHING
        lean = [LEAN * each for each in taken]
        self.state.restore(np.full(len(self.best), -1))
        if build(self.state, lambda: self.left() > 0, lean):
            self.state.restore(self.state.chosen.copy())
            self._students()
            if self._keep():
                return True
        self.state.restore(self.best)
        self._students()
        return False

    def _proven(self) -> bool:
        if self.bounding is not None and self.bounding.poll() is not None:
            self._end_bounding()
        return self.found.verdict is not None and self.found.verdict.cost <= self.found.bound + 1e-6

    def _anneal(self, hot: float, cold: float, share: float) -> None:
        began, length = self.spent(), share * self.limits.seconds
        anneal = Anneal(self.state, hot, cold)
        first = self._verdict()[1].cost

        def done() -> float:
            self._proven()  # takes the bound in once it is there
            if self.left() <= 0 or first + anneal.best <= self.found.bound + 1e-6:
                return 1.0
            return (self.spent() - began) / length

        anneal.run(done)

    def _students(self) -> None:
        if not self.problem.students:
            return
        conflicts = self.sections.conflicts(self.state.time, self.state.room)
        self.sections.improve(conflicts, self.solve, min(self.left(), self.limits.seconds / 20))
        self.state.share(self.sections.shared())

    def _keep(self) -> bool:
        """Keep what stands, if it is better than what is kept; the checker must pass it."""
        solution, verdict = self._verdict()
        if verdict.violations:
            raise AssertionError(f"made a solution that the checker refuses: {verdict.violations[0]}")
        known = self.found.verdict
        if known is not None and verdict.cost >= known.cost:
            return False
        self.found.solution, self.found.verdict, self.best = solution, verdict, self.state.chosen.copy()
        self.found.trace.append(Point(round(self.spent(), 2), verdict.cost, self.found.bound))
        return True

    def _verdict(self) -> tuple[Solution, Verdict]:
        solution = self.tables.solution(self.state.chosen, self.sections.members())
        return solution, check(self.problem, solution)

    def _parts(self) -> None:
        """Exact programs of some classes at once, until the time is over."""
        for turn in count(1):
            if self.left() < 1 or self._proven():
                return
            self._part()
            if turn % 20 == 0:
                self._students()
            self._keep()

    def _part(self) -> None:
        state = self.state
        free = self._neighbours()
        before = {one: state.take(one) for one in free}
        part = Part(state, free, before)
        outcome = self.solve(
            part.program, Limits(max(1.0, min(PART_SECONDS, self.left())), gap=1e-6), part.start()
        )
        self.found.peak_mb = max(self.found.peak_mb, outcome.peak_mb)
        for one, option in (part.chosen(outcome.values) if outcome.values else before).items():
            state.put(one, option)

    def _neighbours(self) -> list[int]:
        """A class that is dearer than it could be, who stands in its way to cheaper places, and in theirs."""
        state, chance = self.state, self.state.chance
        sizes = [len(each.time) for each in self.tables.options]
        movable = [at for at, size in enumerate(sizes) if size > 1]
        tried = [int(each) for each in chance.choice(movable, TRIED)]
        edge = [max(tried, key=self._excess)]
        found: list[int] = []
        ruled: set[int] = set()
        columns = 0
        while edge and columns < COLUMNS and len(found) < MOST_CLASSES:
            one = edge.pop(0)
            if one in found or sizes[one] < 2 or ruled & set(state.wholes[one]):
                continue
            found.append(one)
            ruled |= set(state.wholes[one])
            columns += min(MOST, sizes[one])
            edge += self._in_the_way(one)
            if not edge:
                edge = [int(chance.choice(movable))]
        return sorted(found)

    def _excess(self, one: int) -> float:
        """By how much a class is dearer than its cheapest option would be, were it open."""
        option = self.state.take(one)
        _, soft = self.state.look(one)
        self.state.put(one, option)
        return float(soft[option] - soft.min())

    def _in_the_way(self, one: int) -> list[int]:
        option = self.state.take(one)
        _, soft = self.state.look(one)
        cheap = np.argsort(soft + self.state.chance.random(len(soft)), kind="stable")[:CHEAPER]
        found = {other for each in cheap for other in self.state.against(one, int(each))}
        self.state.put(one, option)
        return [int(each) for each in self.state.chance.permutation(sorted(found))]


def work(problem: Problem, limits: Limits, solve: Solve) -> Found:
    """Solve one problem within limits; every solution kept has passed the checker."""
    return Work(problem, limits, solve).run()
