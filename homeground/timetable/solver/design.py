"""Which groups should run, who leads them, who joins: pool, match, polish.

*Pool* solves a relaxation that forgets who gives an hour (and, above SMALL people, its place within the
day); its bound holds for every plan. *Match* gives the pooled hours to counselors, setting loose whoever
finds none. *Polish* works inside the chosen groups, when matching lost more than a little.
"""

from dataclasses import replace
from math import ceil, floor

from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame, Starts
from homeground.timetable.solver.model import Instance, Plan
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Solve, Watch
from homeground.timetable.solver.run import Designed, Run, plan_found
from homeground.timetable.solver.wishes import NO_WISHES, Wishes

NARROW = 0.001  # relative gap of the steps between a relaxation and a plan
PART = 0.05  # of a copy that the relaxed program must run for a group to be looked at first
WHOLLY = 0.999  # of a seat that the relaxed program must give to have it decided, in the largest clinics
SMALL = 80  # people up to which hours are pooled by start at once: tighter, and still fast
LARGE = 150  # people above which the steps are held short: a plan in time beats a tighter one too late
LOOSE = 0.03  # relative gap of the pool there
ENOUGH = 0.75  # of the gap asked for that the pool may leave; the rest is for giving hours to counselors
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
) -> Designed:
    """The best plan for a clinic within limits, from the running plan if one is given.

    `levels`: unmet time before moves before burden before staff, as the product wants it; otherwise the
    weighted sum of the benchmark format. Always returns a plan the judge passes, at least the rule of thumb.
    `watch` sees each step and stops the work by returning False. WishesClash when nothing meets the
    wishes; when time runs out first, `broken` of the result says which ones the plan misses.
    """
    run = begin(instance, solve, limits, running, watch, wishes, levels)
    coarse = len(instance.patients) > SMALL
    form = Formulation(instance, Frame(coarse=coarse, wishes=wishes))
    hint = run.relax(form)
    chosen = _narrow(run, form, hint.values) if hint.values and not run.stopped else None
    if chosen is not None:
        settle(run, spread(run, chosen))
    late = len(instance.patients) > LARGE and run.left() < limits.seconds / 2
    if run.stopped or late or run.result().gap <= limits.gap:
        return run.result()
    gap = max(limits.gap / 2, 1e-4)
    start = run.plan if chosen is None else chosen
    _part_hours(form)
    better = plan_found(form, run.ask(form, gap=gap, share=0.7, start=start, bounds=True))
    if better is not None and better != chosen and not run.stopped:
        settle(run, spread(run, better))
    return run.result()


def _part_hours(form: Formulation) -> None:
    """Hours may be given in parts: the groups and seats come out alike, several times sooner, and `spread`
    makes the hours whole. Still a relaxation, so a bound remains one. Not with hours by day: there it saves
    a quarter of the pool's time and costs more in what follows."""
    if not form.frame.coarse:
        for at in (*form.solos.values(), *form.families.values()):
            form.program.whole[at] = 0


def _narrow(run: Run, form: Formulation, hint: tuple[float, ...]) -> Plan | None:
    """The best seats among the groups of which the relaxed program runs a part."""
    wanted = {track for track, at in form.copies.items() if hint[at] > PART} | run.wishes.run
    fewer = replace(
        run.instance,
        tracks=tuple(each if each.id in wanted else replace(each, copies=0) for each in run.instance.tracks),
    )
    narrow = Formulation(fewer, form.frame)
    large = len(run.instance.patients) > LARGE
    gap = LOOSE if large else max(run.limits.gap / 2, NARROW)
    if len(run.instance.patients) <= SMALL:
        gap, narrow.program.near = NARROW, max(run.limits.gap * ENOUGH, NARROW)
    _part_hours(narrow)
    if large:
        _decide(narrow, form, hint)
    return plan_found(narrow, run.ask(narrow, gap=gap, share=0.75 if large else 0.5))


def _decide(narrow: Formulation, form: Formulation, hint: tuple[float, ...]) -> None:
    """Take over what the relaxed program decided wholly: seats, and copies to the next whole number."""
    for track, at in narrow.copies.items():
        part = hint[form.copies[track]]
        narrow.program.row({at: 1}, lower=floor(part + PART), upper=ceil(part - PART))
    taken = [(at, form.cores[key]) for key, at in narrow.cores.items() if key in form.cores]
    taken += [(at, form.topics[key]) for key, at in narrow.topics.items() if key in form.topics]
    for mine, theirs in taken:
        if hint[theirs] > WHOLLY:
            narrow.program.row({mine: 1}, lower=1)


def settle(run: Run, pooled: Plan) -> None:
    """From a pooled plan to an exact one."""
    hoped = max(run.last, run.bound)
    match(run, pooled)
    if run.cost > hoped * (1 + LOST) and _worth_more(run):
        polish(run, pooled)


def _worth_more(run: Run) -> bool:
    """Whether polishing can pay: not in the largest clinics, where the exact program is out of reach."""
    return run.result().gap > run.limits.gap and not run.stopped and len(run.instance.patients) <= LARGE


def spread(run: Run, chosen: Plan) -> Plan:
    """Whole hours by start, and leaders again but in the largest clinics, for groups and seats that are
    chosen."""
    large = len(run.instance.patients) > LARGE
    frame = Frame(
        copies=chosen.copies,
        leaders=chosen.facilitators if large else None,
        seats=chosen,
        wishes=run.wishes,
    )
    form = Formulation(run.instance, frame)
    gap = (10 if large else 2) * NARROW
    if len(run.instance.patients) <= SMALL:
        form.program.near = max(gap, run.limits.gap / 4)
    return plan_found(form, run.ask(form, gap=gap, share=0.6)) or chosen


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
    """Give the pooled hours to counselors; whoever finds none may take another hour in the next round.

    Between SMALL and LARGE the leaders are chosen again in the first round: slower, but fewer hours are lost.
    """
    leaders = None if SMALL < len(run.instance.patients) <= LARGE else chosen.facilitators
    starts = Starts(
        solo={one: 1 << start for one, (_, start) in chosen.solo.items()},
        family={one: 1 << start for one, (_, start) in chosen.family.items()},
    )
    wanted = {*chosen.solo, *chosen.family}
    loose: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        frame = Frame(
            copies=chosen.copies,
            leaders=leaders,
            seats=chosen,
            starts=starts,
            loose=loose,
            exact=True,
            wishes=run.wishes,
        )
        form = Formulation(run.instance, frame)
        plan = plan_found(form, run.ask(form, gap=NARROW, share=0.5))
        if plan is None:
            return
        run.keep(plan)
        leaders = plan.facilitators
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
