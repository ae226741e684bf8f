"""Public course timetabling files through the neutral program: `./run timetable itc FILE --seconds S`."""

import json
from pathlib import Path
from typing import Any

from benchmarks import itc2007, peer
from homeground.timetable.highs import Session
from homeground.timetable.solver.program import Limits, Outcome, Program
from homeground.timetable.solver.reader import BadInstance


def solve_file(file: Path, limits: Limits, out: Path | None, backend: str | None = None) -> dict[str, Any]:
    """Solve one file; the cost is counted again from the solution. BadInstance: not such a file.

    `backend`: highs or cp-sat; the latter when it is installed, for it proves these problems sooner.
    """
    if file.suffix != ".ctt":
        raise BadInstance("file", "is not a .ctt file")
    problem = itc2007.read(file.read_text(encoding="utf-8", errors="replace"))
    stage = itc2007.Stage(problem)
    chosen = backend or ("cp-sat" if "cp-sat" in peer.present() else "highs")
    outcome = _ask(chosen, stage.program, limits)
    lectures = sum(each.lectures for each in problem.courses)
    if not outcome.values:
        return _found(None, outcome, chosen, 0, lectures)
    timetable = stage.timetable(outcome.values)
    cost = itc2007.price(problem, timetable)
    if out is not None:
        out.write_text(json.dumps(timetable))
    return _found(cost, outcome, chosen, lectures, lectures)


def _ask(backend: str, program: Program, limits: Limits) -> Outcome:
    if backend == "highs":
        with Session() as solve:
            return solve(program, limits)
    return peer.peer(backend)(program, limits)


def _found(cost: int | None, outcome: Outcome, backend: str, placed: int, lectures: int) -> dict[str, Any]:
    bound = max(0.0, outcome.bound)
    if cost is not None:
        bound = min(bound, cost)
    return {
        "cost": cost,
        "bound": round(bound, 2),
        "gap": None if cost is None else round((cost - bound) / cost, 6) if cost else 0.0,
        "served": placed / lectures,
        "in_core": placed,
        "of": lectures,
        "trace": [
            [each.seconds, each.cost, None if each.bound == float("-inf") else round(each.bound, 2)]
            for each in outcome.trace
        ],
        "backend": backend,
        "peak_mb_solver": outcome.peak_mb,
    }
