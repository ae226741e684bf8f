"""The methods the bench compares. Each tells a row: cost, served, bound, processor seconds, memory, trace."""

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benchmarks import peer, timefold
from homeground.timetable.highs import Session
from homeground.timetable.solver.design import design
from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance, Plan
from homeground.timetable.solver.place import Board
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Point, Solve
from homeground.timetable.solver.replan import replan
from homeground.timetable.solver.translate import plan_of
from homeground.timetable.solver.trim import trim

GAP = 0.01
WALL_AT_MOST = 3600.0
Row = dict[str, Any]


def spent() -> float:
    """Processor seconds of this process and its children so far."""
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def row(
    clinic: Instance,
    plan: Plan,
    began: tuple[float, float],
    bound: float = 0.0,
    peak_mb: float = 0.0,
    trace: tuple[Point, ...] = (),
) -> Row:
    """A row; `began` is (wall, processor) seconds at its start. Only plans the judge passes count."""
    verdict = judge(clinic, plan)
    if verdict.violations:
        raise AssertionError(f"a plan that the judge refuses: {verdict.violations[0]}")
    return {
        "cost": verdict.cost.total,
        "served": round(verdict.served, 4),
        "bound": max(bound, 0.0),
        "wall": round(time.monotonic() - began[0], 2),
        "cpu": round(spent() - began[1], 2),
        "mb": peak_mb,
        "trace": [[each.seconds, each.cost, max(each.bound, 0.0)] for each in trace],
    }


def now() -> tuple[float, float]:
    """Wall and processor seconds."""
    return time.monotonic(), spent()


def by_rule(clinic: Instance, make: Callable[[Instance], Plan]) -> Row:
    """A method that needs no solver."""
    began = now()
    return row(clinic, make(clinic), began)


def ours(clinic: Instance, seconds: float) -> Row:
    """The engine, to a proven gap."""
    began = now()
    with Session() as solve:
        found = design(clinic, solve, Limits(seconds, gap=GAP))
    return row(clinic, found.plan, began, found.bound, found.peak_mb, found.trace)


def one_model(name: str, clinic: Instance, seconds: float) -> Row:
    """The whole clinic as one exact program, given to one solver."""
    began = now()
    form = Formulation(clinic, Frame(exact=True))
    limits = Limits(seconds, gap=GAP)
    if name == "highs":
        with Session() as solve:
            outcome = solve(form.program, limits)
    else:
        outcome = peer.peer(name)(form.program, limits)
    plan = plan_of(form, outcome.values) if outcome.values else Plan()
    return row(clinic, plan, began, outcome.bound, outcome.peak_mb, outcome.trace)


def by_timefold(clinic: Instance, cpu_seconds: float) -> Row:
    """Timefold for some seconds of processor time; the judge must agree with its own count of the price."""
    began = now()
    found = timefold.solve(clinic, cpu_seconds, WALL_AT_MOST)
    told = row(clinic, found.plan, began, peak_mb=found.peak_mb, trace=found.trace)
    if found.broken or abs(told["cost"] - found.cost) > 0.5:
        raise AssertionError(f"Timefold counts {found.cost}, the judge {told['cost']}")
    return told | {"clock": "cpu", "speed": found.speed}


def repaired(clinic: Instance, running: Plan, name: str, seconds: float) -> Row:
    """A replan to a proven 0.1 %, by our engine or with a peer in the place of HiGHS: the same program."""
    began = now()
    limits = Limits(seconds, gap=0.001)
    if name == "ours":
        with Session() as solve:
            found = replan(clinic, running, solve, limits).design
    else:
        other: Solve = peer.peer(name)
        found = replan(clinic, running, other, limits).design
    return row(clinic, found.plan, began, found.bound, found.peak_mb, found.trace)


def first_fit(clinic: Instance) -> Plan:
    """Everybody in the order of the list takes the cheapest open week among the groups `poll` opened.

    Groups that stay too small are closed in the end. With no thought for who comes later.
    """
    running = poll(clinic)
    plan = Plan(copies=running.copies, facilitators=running.facilitators)
    for patient in clinic.patients:
        for offer in Board.of(clinic, plan).place(patient, 1, partial=True).offers:
            plan = replace(
                plan,
                core={**plan.core, patient.id: offer.core},
                special={**plan.special, **({patient.id: offer.special} if offer.special else {})},
                solo={**plan.solo, **({patient.id: offer.solo} if offer.solo else {})},
                family={**plan.family, **({patient.id: offer.family} if offer.family else {})},
            )
    return trim(clinic, plan)
