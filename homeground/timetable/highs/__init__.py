"""HiGHS in a child process that can be killed: a crash, a limit or a cancel never takes the caller along."""

import contextlib
import json
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO, Any

from homeground.timetable.solver.program import Limits, Outcome, Point, Program, Watch


class SolverFailed(RuntimeError):
    """The solver's process ended without a word: HiGHS is not installed, or it was killed from outside."""


GRACE = 10.0  # seconds a child may overrun its limit before it is killed


def solve(
    program: Program,
    limits: Limits,
    start: Mapping[int, float] | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Solve a program with HiGHS in a process of its own; the best solution so far survives its death."""
    question = pickle.dumps((program, limits, dict(start) if start else None))
    with subprocess.Popen(
        [sys.executable, "-m", "homeground.timetable.highs.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        deadline = threading.Timer(limits.seconds + GRACE, child.kill)
        deadline.start()
        try:
            return _listen(child, question, len(program.costs), watch)
        finally:
            deadline.cancel()
            child.kill()


def _listen(child: subprocess.Popen[bytes], question: bytes, columns: int, watch: Watch | None) -> Outcome:
    began = time.monotonic()
    assert child.stdin is not None and child.stdout is not None
    sender = threading.Thread(target=_send, args=(child.stdin, question))
    sender.start()
    found: dict[str, Any] = {"cost": None, "bound": float("-inf"), "stopped": "killed"}
    values: tuple[float, ...] = ()
    trace: list[Point] = []
    for line in child.stdout:
        message = json.loads(line)
        if "values" in message:
            full = [0.0] * columns
            for at, value in message.pop("values"):
                full[at] = value
            values = tuple(full)
        found.update(message)
        point = Point(round(time.monotonic() - began, 2), found["cost"], found["bound"])
        if not trace or (trace[-1].cost, trace[-1].bound) != (point.cost, point.bound):
            trace.append(point)
            if watch is not None and not watch(point):
                child.kill()
                found["stopped"] = "cancelled"
                break
    if found["stopped"] == "killed" and not trace and child.wait() != 0:
        raise SolverFailed("the solver process ended without an answer")
    return Outcome(values=values, trace=tuple(trace), seconds=round(time.monotonic() - began, 2), **found)


def _send(pipe: IO[bytes], question: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):  # the child is gone; what it said until then is the answer
        pipe.write(question)
    with contextlib.suppress(BrokenPipeError):
        pipe.close()
