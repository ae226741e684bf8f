"""HiGHS in a child process that can be killed: a crash, a limit or a cancel never takes the caller along."""

import contextlib
import json
import pickle
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from homeground.timetable.solver.program import Limits, Outcome, Point, Program, Watch


class SolverFailed(RuntimeError):
    """The solver's process ended without a word: HiGHS is not installed, or it was killed from outside."""


GRACE = 10.0  # seconds a child may overrun its limit before it is killed


@dataclass(slots=True)
class Session:
    """A solver with one child process for many questions, started when the first one comes.

    Starting a child costs about a second of processor time, as much as many a question. A child that was
    killed (limit, cancel) is followed by a new one. Leave the `with` block, or call `close`, to end it.
    """

    child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Session":
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self) -> None:
        """Start the child now, so that it is ready while the caller prepares the question."""
        if self.child is not None and self.child.poll() is not None:
            self.close()
        if self.child is None:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "homeground.timetable.highs.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def close(self) -> None:
        """End the child."""
        if self.child is not None:
            self.child.kill()
            for pipe in (self.child.stdin, self.child.stdout):
                with contextlib.suppress(BrokenPipeError):  # what was not read any more
                    if pipe is not None:
                        pipe.close()
            self.child.wait()
            self.child = None

    def __call__(
        self,
        program: Program,
        limits: Limits,
        start: Mapping[int, float] | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Solve one program; the best solution so far survives the child's death."""
        self.begin()
        assert self.child is not None
        question = pickle.dumps((program, limits, dict(start) if start else None))
        overrun = threading.Event()
        deadline = threading.Timer(limits.seconds + GRACE, _kill, (self.child, overrun))
        deadline.start()
        try:
            outcome, ended = _listen(self.child, question, len(program.costs), watch, overrun)
        except BaseException:
            self.close()
            raise
        finally:
            deadline.cancel()
        if not ended:
            self.close()
        return outcome


def solve(
    program: Program,
    limits: Limits,
    start: Mapping[int, float] | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Solve one program in a process of its own."""
    with Session() as session:
        return session(program, limits, start, watch)


def _listen(
    child: subprocess.Popen[bytes],
    question: bytes,
    columns: int,
    watch: Watch | None,
    overrun: threading.Event,
) -> tuple[Outcome, bool]:
    """The answer, and whether the child is ready for the next question."""
    began = time.monotonic()
    assert child.stdin is not None and child.stdout is not None
    sender = threading.Thread(target=_send, args=(child.stdin, question))
    sender.start()
    found: dict[str, Any] = {"cost": None, "bound": float("-inf"), "stopped": "killed"}
    values: tuple[float, ...] = ()
    trace: list[Point] = []
    ended = False
    for line in child.stdout:
        message = json.loads(line)
        if message.pop("end", False):
            ended = True
            break
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
    if not ended:
        child.kill()
    sender.join()
    if overrun.is_set():
        found["stopped"] = "limit"
    if found["stopped"] == "killed" and not trace and child.wait() != 0:
        raise SolverFailed("the solver process ended without an answer")
    seconds = round(time.monotonic() - began, 2)
    return Outcome(values=values, trace=tuple(trace), seconds=seconds, **found), ended


def _kill(child: subprocess.Popen[bytes], overrun: threading.Event) -> None:
    overrun.set()
    child.kill()


def _send(pipe: IO[bytes], question: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):  # the child is gone; what it said until then is the answer
        pipe.write(struct.pack("<Q", len(question)) + question)
        pipe.flush()
