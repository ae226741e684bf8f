"""What no solution of a problem can be below, in a process of its own beside the search.

Called as `python -m benchmarks.itc2019.bound` with a pickled problem and limits on standard input; answers
the bound and which choices the relaxed program makes. SIGTERM ends it and its solver.
"""

import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass
from math import ceil

import numpy as np

from benchmarks.itc2019.exact import whole
from benchmarks.itc2019.problem import Problem
from benchmarks.itc2019.tables import Array, Tables
from homeground.timetable.highs import Session
from homeground.timetable.solver.program import Limits

MOST_COLUMNS = 200_000  # above, the relaxed program is neither built nor solved in the time there is


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A bound, and for each class how much of each option the relaxed program takes."""

    bound: float
    taken: tuple[Array, ...] = ()


NOTHING = Relaxed(0.0)


def begin(problem: Problem, limits: Limits) -> subprocess.Popen[bytes]:
    """Start the work."""
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.itc2019.bound"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    child.stdin.write(pickle.dumps((problem, limits)))
    child.stdin.close()
    return child


def end(child: subprocess.Popen[bytes]) -> Relaxed:
    """What was found, nothing when it is not ready; the process has ended then."""
    if child.poll() is None:
        child.terminate()
    assert child.stdout is not None
    said = child.stdout.read()
    child.stdout.close()
    child.wait()
    return pickle.loads(said) if child.returncode == 0 else NOTHING


def relaxed(problem: Problem, limits: Limits) -> Relaxed:
    """The least price with fractions allowed, rounded up: all prices are whole."""
    tables = Tables(problem)
    if sum(len(each.time) for each in tables.options) > MOST_COLUMNS:
        return NOTHING
    part = whole(tables)
    with Session() as solve:
        outcome = solve(part.program.relaxed(), limits)
    if outcome.stopped != "optimal":
        return NOTHING
    values, taken = np.array(outcome.values), []
    for one, options in enumerate(tables.options):
        mine = np.zeros(len(options.time))
        mine[part.options[one]] = values[part.at[one]]
        taken.append(mine)
    return Relaxed(float(ceil(outcome.bound - 1e-6)), tuple(taken))


def main() -> None:
    """Answer one question."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.stdout.buffer.write(pickle.dumps(relaxed(*pickle.loads(sys.stdin.buffer.read()))))


if __name__ == "__main__":
    from benchmarks.itc2019 import bound

    bound.main()  # by its own name, under which the parent knows the answer's class
