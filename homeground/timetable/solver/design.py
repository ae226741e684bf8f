"""Which groups should run, who leads them, who joins: pool, match, polish.

*Pool* solves a relaxation that forgets who gives an hour (and, above SMALL people, its place within a part of
the day); its bound holds for every plan. *Match* gives the pooled hours to counselors, setting loose whoever
finds none. *Polish* works inside the chosen groups, when matching lost more than a little.
"""

from homeground.timetable.solver.formulate import Formulation, Frame
from homeground.timetable.solver.model import Instance, Plan
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Solve, Watch
from homeground.timetable.solver.run import Designed, Run, plan_found
from homeground.timetable.solver.wishes import NO_WISHES, Wishes

SMALL = 80  # people up to which hours are pooled by start at once: tighter, and still fast
ROUNDS = 4  # of setting loose in the match
LOST = 0.002  # of cost over bound after matching, above which polishing pays


def design(
    instance: Instance,
    solve: Solve,
    limits: Limits,
    *,
    running: Plan | None = None,
    wishes: Wishes = NO_WISHES,
    levels: bool = False,
    watch: Watch | None = None,
    pool_gap: float | None = None,
) -> Designed:
    """The best plan for a clinic within limits, from the running plan if one is given.

    `levels`: unmet time before moves before burden before staff, as the product wants it; otherwise the
    weighted sum of the benchmark format. Always returns a plan the judge passes, at least the rule of thumb.
    `watch` sees each step and stops the work by returning False. WishesClash when nothing meets the
    wishes; when time runs out first, `broken` of the result says which ones the plan misses.
    """
    run = begin(instance, solve, limits, running, watch, wishes, levels)
    gap = max(limits.gap / 2, 1e-4) if pool_gap is None else pool_gap
    coarse = len(instance.patients) > SMALL
    form = Formulation(instance, Frame(coarse=coarse, wishes=wishes))
    pooled = plan_found(form, run.ask(form, gap=gap, share=0.85, start=run.plan, bounds=True))
    if pooled is None or run.stopped:
        return run.result()
    if coarse:
        pooled = spread(run, pooled)
    match(run, pooled)
    if run.cost > run.bound * (1 + LOST) and not run.stopped:
        polish(run, pooled)
    return run.result()


def spread(run: Run, chosen: Plan) -> Plan:
    """Hours by start for groups and seats that are chosen."""
    frame = Frame(copies=chosen.copies, leaders=chosen.facilitators, seats=chosen, wishes=run.wishes)
    form = Formulation(run.instance, frame)
    return plan_found(form, run.ask(form, gap=1e-4, share=0.5)) or chosen


def begin(
    instance: Instance,
    solve: Solve,
    limits: Limits,
    running: Plan | None,
    watch: Watch | None,
    wishes: Wishes = NO_WISHES,
    levels: bool = False,
) -> Run:
    """A run with the rule of thumb's plan, or the running one if it is valid and better."""
    run = Run(instance, solve, limits, watch, poll(wishes.within(instance)), levels, wishes)
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
            wishes=run.wishes,
        )
        form = Formulation(run.instance, frame)
        plan = plan_found(form, run.ask(form, gap=1e-4, share=0.5))
        if plan is None:
            return
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
    frame = Frame(copies=chosen.copies, leaders=chosen.facilitators, exact=True, wishes=run.wishes)
    form = Formulation(run.instance, frame)
    plan = plan_found(form, run.ask(form, gap=max(run.limits.gap / 2, 1e-4), start=run.plan))
    if plan is not None:
        run.keep(plan)
