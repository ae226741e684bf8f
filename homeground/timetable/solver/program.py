"""A neutral integer program: columns, rows, a sum to be made small. Who solves it is handed in.

`Solve` is what a backend looks like; `homeground.timetable.highs.solve` runs HiGHS in a child process.
"""

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

INFINITY = float("inf")


@dataclass(slots=True)
class Program:
    """Minimize `offset` + costs · x with every row between its ends; columns begin at 0.

    `first`: columns after whose settling the rest is nearly whole in the relaxation; `rare`: columns that a
    good solution hardly ever uses; `near`: how far above the relaxation, as a share, a solution found around
    it is good enough (0: do not look there). Hints for a backend, no part of the meaning.
    """

    offset: float = 0.0
    costs: array[float] = field(default_factory=lambda: array("d"))
    uppers: array[float] = field(default_factory=lambda: array("d"))
    whole: array[int] = field(default_factory=lambda: array("b"))
    row_lowers: array[float] = field(default_factory=lambda: array("d"))
    row_uppers: array[float] = field(default_factory=lambda: array("d"))
    starts: array[int] = field(default_factory=lambda: array("i", [0]))
    indices: array[int] = field(default_factory=lambda: array("i"))
    values: array[float] = field(default_factory=lambda: array("d"))
    first: array[int] = field(default_factory=lambda: array("i"))
    rare: array[int] = field(default_factory=lambda: array("i"))
    near: float = 0.0

    def column(self, cost: float = 0.0, upper: float = 1.0, *, whole: bool = True) -> int:
        """A new variable from 0 to `upper`; its number."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, entries: Mapping[int, float], lower: float = -INFINITY, upper: float = INFINITY) -> None:
        """A new row: lower <= sum of entries <= upper."""
        self.indices.extend(entries.keys())
        self.values.extend(entries.values())
        self.starts.append(len(self.indices))
        self.row_lowers.append(lower)
        self.row_uppers.append(upper)

    def relaxed(self) -> "Program":
        """The same program with fractions allowed: its least cost is a bound for the whole one."""
        return replace(self, whole=array("b", bytes(len(self.whole))))


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: seconds, memory, a proven relative gap. `seed` makes runs alike."""

    seconds: float
    gap: float = 1e-4
    memory_mb: int = 2000
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """Where a search stood: seconds since its start, best cost so far (None: no plan yet), proven bound."""

    seconds: float
    cost: float | None
    bound: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver found. `values` is empty when it found nothing."""

    cost: float | None
    bound: float
    values: tuple[float, ...] = ()
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    trace: tuple[Point, ...] = ()
    stopped: str = ""  # "optimal", "limit", "infeasible", "memory", "cancelled"


Watch = Callable[[Point], bool]  # called with each step; False asks to stop


class Solve(Protocol):
    """Solve a program within limits, from a known solution if one is given."""

    def __call__(
        self,
        program: Program,
        limits: Limits,
        start: Mapping[int, float] | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Never raises for want of a solution: the outcome says how far it came."""
        ...
