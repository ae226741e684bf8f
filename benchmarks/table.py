"""All methods in one run on one machine, one table: `./run timetable bench [--quick] [--peers ...]`.

Methods: first-fit (one after the other, the first seat that fits), poll (the rule of thumb of a careful
scheduler), one exact model in HiGHS, CP-SAT and SCIP where they are installed, and ours. Processor seconds
are of all processes of a method; "to 1 %" is wall seconds until a plan within 1 % of the best bound any
method proved. Peers are given LONGER times our wall time, at least LEAST seconds.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks import peer
from homeground.timetable.highs import Session
from homeground.timetable.solver.design import LARGE, design
from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance, Plan
from homeground.timetable.solver.place import Board
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits, Point
from homeground.timetable.solver.translate import plan_of
from homeground.timetable.solver.trim import trim

GAP = 0.01
LONGER, LEAST = 3.0, 30.0
OURS_SECONDS = 120.0
HEAD = ("clinic", "method", "first", "to 1 %", "cost", "x bound", "served", "CPU s", "x ours", "MB")


@dataclass(frozen=True, slots=True)
class Row:
    """One method on one clinic. Seconds are wall seconds, `cpu` processor seconds, None: not reached."""

    method: str
    plan: Plan
    bound: float
    cpu: float
    peak_mb: float
    trace: tuple[Point, ...] = ()


def run(
    *, quick: bool, peers: Sequence[str] | None, sizes: Sequence[int] | None, seeds: Sequence[int] | None
) -> None:
    """Print the table, clinic by clinic, as it becomes known."""
    wanted = ["highs", *peer.present()] if peers is None else list(peers)
    line(HEAD)
    for size in sizes or ((30,) if quick else (30, 60, 120, 500)):
        for seed in seeds or ((1,) if quick else (1, 2, 3)):
            clinic = generate(size, seed)
            for cells in table(clinic, wanted if size <= LARGE else []):
                line(cells)


def line(cells: Sequence[str]) -> None:
    """One line with columns of the same width."""
    widths = (20, 10, 7, 7, 9, 8, 7, 8, 7, 6)
    text = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    sys.stdout.write(text.rstrip() + "\n")
    sys.stdout.flush()


def table(clinic: Instance, peers: Sequence[str]) -> list[tuple[str, ...]]:
    """All methods on one clinic."""
    began = time.monotonic()
    mine = ours(clinic)
    seconds = max(LEAST, LONGER * (time.monotonic() - began))
    rows = [timed("first-fit", clinic, first_fit), timed("poll", clinic, poll), mine]
    rows += [one_model(name, clinic, seconds) for name in peers]
    bound = max(row.bound for row in rows)
    return [cells(clinic, row, bound, mine.cpu) for row in rows]


def cells(clinic: Instance, row: Row, bound: float, ours_cpu: float) -> tuple[str, ...]:
    """A row in words."""
    verdict = judge(clinic, row.plan)
    if verdict.violations:
        raise AssertionError(f"{row.method} made a plan that the judge refuses")
    cost = verdict.cost.total
    known = [each for each in row.trace if each.cost is not None]
    near = [each.seconds for each in known if each.cost is not None and each.cost <= bound * (1 + GAP)]
    return (
        clinic.name,
        row.method,
        f"{known[0].seconds:.1f}" if known else "-",
        f"{near[0]:.1f}" if near else "-",
        f"{cost:.0f}",
        f"{cost / bound:.3f}" if bound > 0 else "-",
        f"{verdict.served:.3f}",
        f"{row.cpu:.1f}",
        f"{row.cpu / ours_cpu:.2f}",
        f"{row.peak_mb:.0f}",
    )


def spent() -> float:
    """Processor seconds of this process and its children so far."""
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(method: str, clinic: Instance, make: Callable[[Instance], Plan]) -> Row:
    """A method that needs no solver."""
    began = spent()
    plan = make(clinic)
    return Row(method, plan, 0.0, spent() - began, 0.0)


def ours(clinic: Instance) -> Row:
    """The engine, to a proven gap."""
    began = spent()
    with Session() as solve:
        found = design(clinic, solve, Limits(OURS_SECONDS, gap=GAP))
    return Row("ours", found.plan, found.bound, spent() - began, found.peak_mb, found.trace)


def one_model(name: str, clinic: Instance, seconds: float) -> Row:
    """The whole clinic as one exact program, given to one solver."""
    began = spent()
    form = Formulation(clinic, Frame(exact=True))
    limits = Limits(seconds, gap=GAP)
    if name == "highs":
        with Session() as solve:
            outcome = solve(form.program, limits)
    else:
        outcome = peer.peer(name)(form.program, limits)
    plan = plan_of(form, outcome.values) if outcome.values else Plan()
    return Row(name, plan, outcome.bound, spent() - began, outcome.peak_mb, outcome.trace)


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
