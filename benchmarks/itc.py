"""Public course timetabling files through the neutral program: `./run timetable itc FILE --seconds S`."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import itc2007, peer
from benchmarks.itc2019 import problem as itc2019
from benchmarks.itc2019.work import work
from homeground.timetable.highs import Session
from homeground.timetable.solver.program import Limits, Outcome, Point, Program
from homeground.timetable.solver.reader import BadInstance


def solve_file(file: Path, limits: Limits, out: Path | None, backend: str | None = None) -> dict[str, Any]:
    """Solve one file, .ctt (ITC-2007) or .xml (ITC-2019), gzipped or not. BadInstance: not such a file.

    The cost is counted again from the solution. `backend`, for .ctt only: highs or cp-sat; the latter when
    it is installed, for it proves these problems sooner.
    """
    kind = file.name.removesuffix(".gz").rpartition(".")[2]
    if kind == "ctt":
        return _itc2007(_text(file), limits, out, backend)
    if kind == "xml":
        return _itc2019(_text(file), limits, out)
    raise BadInstance("file", "is neither .ctt nor .xml")


def _text(file: Path) -> bytes:
    content = file.read_bytes()
    if file.suffix != ".gz":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError) as error:
        raise BadInstance("file", "is not gzipped") from error


def _itc2019(text: bytes, limits: Limits, out: Path | None) -> dict[str, Any]:
    problem = itc2019.read(text)
    with Session() as solve:
        found = work(problem, limits, solve)
    classes, verdict = len(problem.classes), found.verdict
    if verdict is None or found.solution is None:
        return _keys(None, found.bound, 0, classes, found.trace, "highs", found.peak_mb)
    if out is not None:
        out.write_text(itc2019.written(problem, found.solution, found.trace[-1].seconds))
    keys = _keys(verdict.cost, found.bound, classes, classes, found.trace, "highs", found.peak_mb)
    parts = {each: getattr(verdict, each) for each in ("time", "room", "distribution", "student")}
    return keys | {"parts": parts}


def _itc2007(text: bytes, limits: Limits, out: Path | None, backend: str | None) -> dict[str, Any]:
    problem = itc2007.read(text.decode("utf-8", errors="replace"))
    stage = itc2007.Stage(problem)
    chosen = backend or ("cp-sat" if "cp-sat" in peer.present() else "highs")
    outcome = _ask(chosen, stage.program, limits)
    lectures = sum(each.lectures for each in problem.courses)
    if not outcome.values:
        return _keys(None, outcome.bound, 0, lectures, outcome.trace, chosen, outcome.peak_mb)
    timetable = stage.timetable(outcome.values)
    cost = itc2007.price(problem, timetable)
    if out is not None:
        out.write_text(json.dumps(timetable))
    return _keys(cost, outcome.bound, lectures, lectures, outcome.trace, chosen, outcome.peak_mb)


def _ask(backend: str, program: Program, limits: Limits) -> Outcome:
    if backend == "highs":
        with Session() as solve:
            return solve(program, limits)
    return peer.peer(backend)(program, limits)


def _keys(
    cost: int | None,
    bound: float,
    placed: int,
    of: int,
    trace: Iterable[Point],
    backend: str,
    peak_mb: float,
) -> dict[str, Any]:
    bound = max(0.0, bound)
    if cost is not None:
        bound = min(bound, cost)
    return {
        "cost": cost,
        "bound": round(bound, 2),
        "gap": None if cost is None else round((cost - bound) / cost, 6) if cost else 0.0,
        "served": placed / of,
        "in_core": placed,
        "of": of,
        "trace": [
            [each.seconds, each.cost, None if each.bound == float("-inf") else round(each.bound, 2)]
            for each in trace
        ],
        "backend": backend,
        "peak_mb_solver": peak_mb,
    }
