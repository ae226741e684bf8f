"""One question to the engine while it is worked on: time left, the best plan so far, the bound, the trace."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.judge import Verdict, judge
from homeground.timetable.solver.levels import Level, Reached, program_of
from homeground.timetable.solver.model import Instance, Plan
from homeground.timetable.solver.program import Limits, Outcome, Point, Solve, Watch
from homeground.timetable.solver.translate import plan_of, start_of
from homeground.timetable.solver.wishes import NO_WISHES, Wishes, WishesClash

INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Designed:
    """A plan with its proof. `gap` = (cost - bound) / cost; seconds are wall seconds of the solver's work.

    With levels, cost and bound are those of unmet time, and `levels` tells all four. `broken` names wishes
    the plan does not meet: only when the time ran out before one was found that does.
    """

    plan: Plan
    cost: float
    bound: float
    seconds: float
    cpu_seconds: float
    peak_mb: float
    trace: tuple[Point, ...]
    levels: tuple[Reached, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """How far at most the plan is from the best, as a share of its cost."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(slots=True)
class Run:
    """The work on one question. `cost` is the price of `plan`: the sum, or its unmet part with levels."""

    instance: Instance
    solve: Solve
    limits: Limits
    watch: Watch | None
    plan: Plan
    levels: bool = False
    wishes: Wishes = NO_WISHES
    bound: float = 0.0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    trace: tuple[Point, ...] = ()
    stopped: bool = False
    cost: float = INFINITY
    price: tuple[float, ...] = (INFINITY,)
    last: float = 0.0  # what the program asked last reached: before matching, the price hoped for
    proven: dict[Level, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._take(self.plan, judge(self.instance, self.plan))

    def _price(self, plan: Plan, verdict: Verdict) -> tuple[float, ...]:
        """What is compared: first whether the wishes are met."""
        broken = float(any(self.wishes.broken(plan)))
        cost = verdict.cost
        if self.levels:
            return (broken, cost.unmet, cost.moves, cost.burden, cost.staff)
        return (broken, cost.total)

    def _take(self, plan: Plan, verdict: Verdict) -> None:
        self.plan = plan
        self.price = self._price(plan, verdict)
        self.cost = self.price[1]
        self.trace = (*self.trace, Point(self.seconds, self.cost, self.bound))

    def keep(self, plan: Plan) -> bool:
        """Keep a plan if the judge passes it and it is better; whether it was kept."""
        verdict = judge(self.instance, plan)
        if verdict.violations or self._price(plan, verdict) >= self.price:
            return False
        self._take(plan, verdict)
        return True

    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.limits.seconds - self.seconds)

    def ask(
        self,
        form: Formulation,
        *,
        gap: float | None = None,
        share: float = 1.0,
        start: Plan | None = None,
        bounds: bool = False,
    ) -> Outcome:
        """Solve one program in a share of the time left; `bounds`: its bound holds for the whole question.

        With levels: one program after the other, each from the solution of the one before. WishesClash when
        there is no solution at all and wishes are the only reason there can be.
        """
        gap = self.limits.gap if gap is None else gap
        known = start_of(form, start) if start is not None else None
        if not self.levels:
            return self._ask(
                form, replace(self.limits, seconds=max(1.0, self.left() * share), gap=gap), known, bounds
            )
        caps: dict[Level, float] = {}
        best: Outcome | None = None
        end = self.left() * (1 - share)
        for level in Level:
            if best is not None and (not form.shares[level] or self.stopped or self.left() <= end):
                break
            limits = replace(self.limits, seconds=max(1.0, (self.left() - end) * 0.6), gap=gap)
            found = self._ask(form, limits, known, bounds and level is Level.UNMET, (level, caps))
            if not found.values or found.cost is None:
                break
            if bounds:
                self.proven[level] = found.bound
            caps[level] = found.cost
            known = dict(enumerate(found.values))
            best = found
        return best or found

    def relax(self, form: Formulation) -> Outcome:
        """Solve the program with fractions allowed: a bound, and a hint which groups matter."""
        program = form.program if not self.levels else program_of(form, Level.UNMET, {})
        outcome = self.solve(program.relaxed(), replace(self.limits, seconds=max(1.0, self.left())))
        self._spend(outcome)
        if outcome.stopped == "infeasible" and self.wishes:
            raise WishesClash("no plan meets them all")
        if outcome.stopped == "optimal":
            self.bound = max(self.bound, outcome.bound)
            self._tell(Point(self.seconds, self.cost, self.bound))
        return outcome

    def _tell(self, point: Point) -> bool:
        """Add to the trace and ask whoever watches; False: they want to stop."""
        if (self.trace[-1].cost, self.trace[-1].bound) != (point.cost, point.bound):
            self.trace = (*self.trace, point)
        self.stopped = self.watch is not None and not self.watch(point)
        return not self.stopped

    def _spend(self, outcome: Outcome) -> None:
        self.seconds += outcome.seconds
        self.cpu_seconds += outcome.cpu_seconds
        self.peak_mb = max(self.peak_mb, outcome.peak_mb)

    def _ask(
        self,
        form: Formulation,
        limits: Limits,
        known: dict[int, float] | None,
        bounds: bool,
        level: tuple[Level, dict[Level, float]] | None = None,
    ) -> Outcome:
        began = self.seconds

        def step(point: Point) -> bool:
            bound = max(self.bound, point.bound) if bounds else self.bound
            return self._tell(Point(round(began + point.seconds, 2), self.cost, bound))

        program = form.program if level is None else program_of(form, *level)
        outcome = self.solve(program, limits, known, step)
        self._spend(outcome)
        if outcome.stopped == "infeasible" and self.wishes and bounds:
            raise WishesClash("no plan meets them all")
        if level is None and outcome.cost is not None:
            self.last = outcome.cost
        if bounds:
            self.bound = max(self.bound, outcome.bound)
        return outcome

    def reached(self) -> Iterator[Reached]:
        """Every level's part of the plan's price with its bound."""
        for level, cost in zip(Level, self.price[1:], strict=True):
            yield Reached(level, cost, min(cost, max(0.0, self.proven.get(level, 0.0))))

    def result(self) -> Designed:
        """The best plan with its bound."""
        return Designed(
            plan=self.plan,
            cost=self.cost,
            bound=min(self.bound, self.cost),
            seconds=self.seconds,
            cpu_seconds=self.cpu_seconds,
            peak_mb=self.peak_mb,
            trace=self.trace,
            levels=tuple(self.reached()) if self.levels else (),
            broken=tuple(self.wishes.broken(self.plan)),
        )


def plan_found(form: Formulation, outcome: Outcome) -> Plan | None:
    """The plan of an outcome, None when the solver found none."""
    return plan_of(form, outcome.values) if outcome.values else None
