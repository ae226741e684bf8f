"""The child process: reads a program, lets HiGHS work on it, tells every step as a line of JSON."""

import json
import pickle
import resource
import struct
import sys
from collections.abc import Mapping
from typing import Any

import highspy
import numpy as np

from homeground.timetable.highs.form import FEASIBLE, all_whole, model_of, solver_of, sparse
from homeground.timetable.highs.settle import settle
from homeground.timetable.solver.program import Limits, Program


def main() -> None:
    """Answer questions from standard input until it ends."""
    while head := sys.stdin.buffer.read(8):
        program, limits, start = pickle.loads(sys.stdin.buffer.read(*struct.unpack("<Q", head)))
        ceiling = limits.memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, resource.RLIM_INFINITY))
        spent.before = spent.total()
        try:
            work(program, limits, start)
        except MemoryError:
            tell(stopped="memory")
        tell(end=True)


class Spent:
    """Processor seconds of this process since its last question."""

    before = 0.0

    def total(self) -> float:
        """Since the process began."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime


spent = Spent()


def tell(**message: Any) -> None:
    """One line to the parent."""
    message["cpu_seconds"] = round(spent.total() - spent.before, 2)
    message["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def work(program: Program, limits: Limits, start: Mapping[int, float] | None) -> None:
    """Solve and report improving solutions, bounds and the end."""
    if (program.first or program.near) and any(program.whole) and settle(program, limits, tell):
        return
    highs = solver_of(limits, 0.999 if all_whole(program) else 1e-6)
    highs.passModel(model_of(program))
    if start and (known := complete(program, limits, start)) is not None:
        solution = highspy.HighsSolution()
        solution.col_value = known
        highs.setSolution(solution)

    def improved(event: Any) -> None:
        found = event.data_out
        tell(
            cost=found.objective_function_value, bound=found.mip_dual_bound, values=sparse(found.mip_solution)
        )

    def logged(event: Any) -> None:
        found = event.data_out
        cost = found.mip_primal_bound
        tell(bound=found.mip_dual_bound, **({"cost": cost} if abs(cost) < 1e20 else {}))

    if any(program.whole):
        highs.cbMipImprovingSolution.subscribe(improved)
        highs.cbMipLogging.subscribe(logged)
    highs.run()
    finish(highs, program)


def complete(program: Program, limits: Limits, start: Mapping[int, float]) -> list[float] | None:
    """A whole solution from the known columns, None when there is none.

    HiGHS would complete it by itself, but then tells bounds of that small program as if of the whole one.
    """
    model = model_of(program)
    lowers, uppers = np.zeros(len(program.costs)), np.array(program.uppers)
    for at, value in start.items():
        lowers[at] = uppers[at] = min(value, program.uppers[at])
    model.col_lower_, model.col_upper_ = lowers, uppers
    highs = solver_of(limits, 1e-6)
    highs.passModel(model)
    highs.run()
    if highs.getInfo().primal_solution_status != FEASIBLE:
        return None
    return list(highs.getSolution().col_value)


def finish(highs: highspy.Highs, program: Program) -> None:
    """The last word: how it ended, the best solution and the bound."""
    status = highs.getModelStatus()
    info = highs.getInfo()
    names = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kMemoryLimit: "memory",
    }
    stopped = names.get(status, "limit")
    if info.primal_solution_status != FEASIBLE:
        tell(stopped=stopped)
        return
    cost = info.objective_function_value
    bound = info.mip_dual_bound if any(program.whole) else cost
    tell(stopped=stopped, cost=cost, bound=bound, values=sparse(highs.getSolution().col_value))


if __name__ == "__main__":
    main()
