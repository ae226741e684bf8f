"""Which groups should run, who leads them, who joins: pool, match, polish.

*Pool* solves the relaxation that forgets who gives an hour; its bound holds for every plan. *Match* gives the
pooled hours to counselors, setting loose whoever finds none. *Polish* is one exact replan inside the chosen
groups, when matching lost more than a little.
"""

from dataclasses import dataclass, replace

from homeground.timetable.solver.formulate import Formulation, Frame
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance, Plan
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Outcome, Point, Solve, Watch

ROUNDS = 4  # of setting loose in the match
LOST = 0.002  # of cost over bound after matching, above which polishing pays


@dataclass(frozen=True, slots=True)
class Designed:
    """A plan with its proof. `gap` = (cost - bound) / cost; seconds are wall seconds of the solver's work."""

    plan: Plan
    cost: float
    bound: float
    seconds: float
    cpu_seconds: float
    peak_mb: float
    trace: tuple[Point, ...]

    @property
    def gap(self) -> float:
        """How far at most the plan is from the best, as a share of its cost."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(slots=True)
class Run:
    """The solver's work on one question: time left, the best plan, the bound, the trace."""

    instance: Instance
    solve: Solve
    limits: Limits
    watch: Watch | None
    plan: Plan
    cost: float
    bound: float = 0.0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    trace: tuple[Point, ...] = ()
    stopped: bool = False

    def ask(
        self,
        form: Formulation,
        *,
        gap: float | None = None,
        share: float = 1.0,
        start: Plan | None = None,
        bounds: bool = False,
    ) -> Outcome:
        """Solve one program in what is left of the time; `bounds`: its bound holds for the whole question."""
        limits = replace(
            self.limits,
            seconds=max(1.0, (self.limits.seconds - self.seconds) * share),
            gap=self.limits.gap if gap is None else gap,
        )
        began = self.seconds

        def step(point: Point) -> bool:
            if not bounds:
                return True
            at = Point(began + point.seconds, self.cost, max(self.bound, point.bound))
            self.trace = (*self.trace, at)
            self.stopped = self.watch is not None and not self.watch(at)
            return not self.stopped

        known = form.start(start) if start is not None else None
        outcome = self.solve(form.program, limits, known, step)
        self.seconds += outcome.seconds
        self.cpu_seconds += outcome.cpu_seconds
        self.peak_mb = max(self.peak_mb, outcome.peak_mb)
        if bounds:
            self.bound = max(self.bound, outcome.bound)
        return outcome

    def keep(self, plan: Plan) -> bool:
        """Keep a plan if the judge passes it and it is cheaper; whether it was kept."""
        verdict = judge(self.instance, plan)
        if verdict.violations or verdict.cost.total >= self.cost:
            return False
        self.plan, self.cost = plan, verdict.cost.total
        self.trace = (*self.trace, Point(self.seconds, self.cost, self.bound))
        return True

    def result(self) -> Designed:
        """The best plan with its bound."""
        bound = min(self.bound, self.cost)
        return Designed(self.plan, self.cost, bound, self.seconds, self.cpu_seconds, self.peak_mb, self.trace)


def design(
    instance: Instance,
    solve: Solve,
    limits: Limits,
    *,
    running: Plan | None = None,
    watch: Watch | None = None,
    pool_gap: float | None = None,
) -> Designed:
    """The best plan for a clinic within limits, from the running plan if one is given.

    Always returns a plan the judge passes, at least the scheduler's rule of thumb. `watch` sees each step and
    stops the work by returning False.
    """
    run = begin(instance, solve, limits, running, watch)
    form = Formulation(instance, Frame())
    gap = max(limits.gap / 2, 1e-4) if pool_gap is None else pool_gap
    pooled = run.ask(form, gap=gap, share=0.85, start=run.plan, bounds=True)
    if not pooled.values or run.stopped:
        return run.result()
    chosen = form.plan(pooled.values)
    match(run, chosen)
    if run.cost > run.bound * (1 + LOST) and not run.stopped:
        polish(run, chosen)
    return run.result()


def begin(instance: Instance, solve: Solve, limits: Limits, running: Plan | None, watch: Watch | None) -> Run:
    """A run with the rule of thumb's plan, or the running one if it is valid and cheaper."""
    plan = poll(instance)
    run = Run(instance, solve, limits, watch, plan, judge(instance, plan).cost.total)
    if running is not None:
        run.keep(running)
    return run


def match(run: Run, chosen: Plan) -> None:
    """Give the pooled hours to counselors; whoever finds none may take another hour in the next round."""
    wanted = {*chosen.solo, *chosen.family}
    loose: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        frame = Frame(
            copies=chosen.copies,
            leaders=chosen.facilitators,
            seats=chosen,
            starts=chosen,
            loose=loose,
            exact=True,
        )
        form = Formulation(run.instance, frame)
        outcome = run.ask(form, gap=1e-4, share=0.5)
        if not outcome.values:
            return
        plan = form.plan(outcome.values)
        run.keep(plan)
        served = {one for one in wanted if (one in plan.solo) >= (one in chosen.solo)}
        missed = frozenset(wanted - served) | frozenset(
            one for one in wanted if one in chosen.family and one not in plan.family
        )
        if missed <= loose or run.stopped:
            return
        loose |= missed


def polish(run: Run, chosen: Plan) -> None:
    """One exact replan inside the chosen groups and leads."""
    frame = Frame(copies=chosen.copies, leaders=chosen.facilitators, exact=True)
    form = Formulation(run.instance, frame)
    outcome = run.ask(form, gap=max(run.limits.gap / 2, 1e-4), start=run.plan)
    if outcome.values:
        run.keep(form.plan(outcome.values))
