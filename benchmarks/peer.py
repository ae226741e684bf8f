"""Other solvers on our neutral program, each in a process of its own: CP-SAT (ortools) and SCIP (pyscipopt).

They are no dependencies of Homeground: requirements/bench.txt names them, and they stand in an environment
of their own. A peer that is not there is told as absent. Called as `python -m benchmarks.peer NAME` with a
pickled question on standard input.
"""

import importlib.util
import os
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from math import inf, isfinite
from pathlib import Path
from typing import Any

from homeground.timetable.solver.program import Limits, Outcome, Point, Program, Solve, Watch

MODULES = {"cp-sat": "ortools", "scip": "pyscipopt"}
ROOT = Path(__file__).parent.parent
OWN = ROOT / ".hg" / "peers" / "bin" / "python"
WORKERS = 8  # with fewer CP-SAT loses the proof, even on two cores
GRACE = 30.0


def install() -> None:
    """Put the peers into an environment of their own, where that is possible; once for each list of them."""
    wanted = ROOT / "requirements" / "bench.txt"
    home = OWN.parent.parent
    stamp = home / "bench.txt"
    if stamp.exists() and stamp.read_bytes() == wanted.read_bytes():
        return
    sys.stderr.write(f"Putting the peers of requirements/bench.txt into {home}, once.\n")
    for words in (
        ["uv", "venv", "-q", "--allow-existing", "--python", sys.executable, str(home)],
        ["uv", "pip", "install", "-q", "--python", str(OWN), "-r", str(wanted)],
    ):
        try:
            done = subprocess.run(words, stdout=sys.stderr, check=False).returncode == 0
        except FileNotFoundError:
            done = False
        if not done:
            sys.stderr.write(f"The peers of requirements/bench.txt could not be put into {home}.\n")
            break
    else:
        stamp.write_bytes(wanted.read_bytes())
    present.cache_clear()


def python() -> str:
    """The interpreter that has the peers."""
    return str(OWN) if OWN.exists() else sys.executable


@cache
def present() -> tuple[str, ...]:
    """The peers that are installed here."""
    if not OWN.exists():
        return tuple(name for name, module in MODULES.items() if importlib.util.find_spec(module))
    test = (
        "import importlib.util, sys; print(*(int(bool(importlib.util.find_spec(m))) for m in sys.argv[1:]))"
    )
    said = subprocess.run(
        [python(), "-c", test, *MODULES.values()], capture_output=True, text=True, check=False
    )
    flags = said.stdout.split()
    return tuple(name for name, flag in zip(MODULES, flags, strict=False) if flag == "1")


def peer(name: str) -> Solve:
    """A solver as the engine wants it (`program.Solve`), with one of the peers behind it."""

    def solve(
        program: Program,
        limits: Limits,
        start: Mapping[int, float] | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        question = pickle.dumps((name, program, limits, start))
        try:
            done = subprocess.run(
                [python(), "-m", "benchmarks.peer", name],
                input=question,
                stdout=subprocess.PIPE,
                check=True,
                timeout=limits.seconds + GRACE,
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            return Outcome(None, -inf, stopped="killed")
        found: Outcome = pickle.loads(done.stdout)
        return found

    return solve


def cp_sat(program: Program, limits: Limits, start: Mapping[int, float] | None) -> Outcome:
    """Solve with CP-SAT, 8 workers; half coefficients are doubled, prices rounded to thousandths."""
    cp_model: Any = import_module("ortools.sat.python.cp_model")
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, int(upper), "") for upper in program.uppers]
    for row, (low, high) in enumerate(zip(program.row_lowers, program.row_uppers, strict=True)):
        entries = range(program.starts[row], program.starts[row + 1])
        scale = 1 if all(program.values[at] == int(program.values[at]) for at in entries) else 2
        total = sum(round(scale * program.values[at]) * columns[program.indices[at]] for at in entries)
        if isfinite(low):
            model.add(total >= round(scale * low))
        if isfinite(high):
            model.add(total <= int(scale * high))
    unit = 1 if all(cost == int(cost) for cost in program.costs) else 1000
    prices = ((at, round(unit * cost)) for at, cost in enumerate(program.costs))
    model.minimize(sum(price * columns[at] for at, price in prices if price))
    for at, value in (start or {}).items():
        model.add_hint(columns[at], round(value))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limits.seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.relative_gap_limit = limits.gap
    solver.parameters.random_seed = limits.seed
    began = time.monotonic()
    trace: list[Point] = []

    class Told(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            cost = self.objective_value / unit + program.offset
            bound = self.best_objective_bound / unit + program.offset
            trace.append(Point(round(time.monotonic() - began, 2), cost, bound))

    status = solver.solve(model, Told())
    bound = solver.best_objective_bound / unit + program.offset
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        # Without a plan it says 0, which is no bound: the objective lies below the offset.
        return Outcome(None, -inf, stopped="infeasible" if status == cp_model.INFEASIBLE else "limit")
    return Outcome(
        cost=solver.objective_value / unit + program.offset,
        bound=bound,
        values=tuple(float(solver.value(each)) for each in columns),
        trace=tuple(trace),
        stopped="optimal" if status == cp_model.OPTIMAL else "limit",
    )


def scip(program: Program, limits: Limits, start: Mapping[int, float] | None) -> Outcome:
    """Solve with SCIP, as it comes."""
    library: Any = import_module("pyscipopt")
    model = library.Model()
    model.hideOutput()
    columns = [
        model.addVar(vtype="I" if whole else "C", lb=0, ub=upper, obj=cost)
        for whole, upper, cost in zip(program.whole, program.uppers, program.costs, strict=True)
    ]
    for row, (low, high) in enumerate(zip(program.row_lowers, program.row_uppers, strict=True)):
        entries = range(program.starts[row], program.starts[row + 1])
        total = library.quicksum(program.values[at] * columns[program.indices[at]] for at in entries)
        if isfinite(low):
            model.addCons(total >= low)
        if isfinite(high):
            model.addCons(total <= high)
    model.setParam("limits/time", limits.seconds)
    model.setParam("limits/gap", limits.gap)
    began = time.monotonic()
    trace: list[Point] = []

    class Told(library.Eventhdlr):
        def eventinit(self) -> None:
            self.model.catchEvent(library.SCIP_EVENTTYPE.BESTSOLFOUND, self)

        def eventexec(self, event: object) -> None:
            cost = self.model.getPrimalbound()
            if cost < self.model.infinity():  # before the first solution it says "without end"
                trace.append(Point(round(time.monotonic() - began, 2), cost + program.offset, -inf))

    model.includeEventhdlr(Told(), "told", "every better solution")
    model.optimize()
    bound = model.getDualbound() + program.offset
    if not model.getNSols():
        return Outcome(None, bound, stopped="limit")
    best = model.getBestSol()
    return Outcome(
        cost=model.getObjVal() + program.offset,
        bound=bound,
        values=tuple(best[each] for each in columns),
        trace=tuple(trace),
        stopped="optimal" if model.getStatus() in ("optimal", "gaplimit") else "limit",
    )


def main() -> None:
    """Answer one question."""
    name, program, limits, start = pickle.loads(sys.stdin.buffer.read())
    began = time.monotonic()
    outcome = {"cp-sat": cp_sat, "scip": scip}[name](program, limits, start)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    outcome = Outcome(
        cost=outcome.cost,
        bound=outcome.bound,
        values=outcome.values,
        seconds=round(time.monotonic() - began, 2),
        cpu_seconds=round(usage.ru_utime + usage.ru_stime, 2),
        peak_mb=round(usage.ru_maxrss / 1024, 1),
        trace=outcome.trace,
        stopped=outcome.stopped,
    )
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main()
