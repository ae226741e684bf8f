"""What no solution of a problem can be below, in a process of its own beside the search.

Called as `python -m benchmarks.itc2019.bound` with a pickled problem and limits on standard input; prints the
bound. SIGTERM ends it and its solver.
"""

import pickle
import signal
import subprocess
import sys
from math import ceil

from benchmarks.itc2019.exact import whole
from benchmarks.itc2019.problem import Problem
from benchmarks.itc2019.tables import Tables
from homeground.timetable.highs import Session
from homeground.timetable.solver.program import Limits

MOST_COLUMNS = 120_000  # above, the relaxed program is neither built nor solved in the time there is


def begin(problem: Problem, limits: Limits) -> subprocess.Popen[bytes]:
    """Start the work."""
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.itc2019.bound"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    child.stdin.write(pickle.dumps((problem, limits)))
    child.stdin.close()
    return child


def end(child: subprocess.Popen[bytes]) -> float:
    """The bound that was found, nothing when it is not ready; the process has ended then."""
    if child.poll() is None:
        child.terminate()
    assert child.stdout is not None
    said = child.stdout.read()
    child.stdout.close()
    child.wait()
    return float(said) if said.strip() else 0.0


def relaxed(problem: Problem, limits: Limits) -> float:
    """The least price with fractions allowed, rounded up: all prices are whole."""
    tables = Tables(problem)
    if sum(len(each.time) for each in tables.options) > MOST_COLUMNS:
        return 0.0
    with Session() as solve:
        outcome = solve(whole(tables).relaxed(), limits)
    return float(ceil(outcome.bound - 1e-6)) if outcome.stopped == "optimal" else 0.0


def main() -> None:
    """Answer one question."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(relaxed(*pickle.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
