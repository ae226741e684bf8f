"""Cost and bound of a run as two lines that come together."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 600, 160, 8


@dataclass(frozen=True, slots=True)
class Drawing:
    """Points of the two lines in a box of WIDTH by HEIGHT, and what they say at the end."""

    cost: str
    bound: str
    seconds: float
    last_cost: float
    last_bound: float


def drawing(points: Sequence[tuple[float, float | None, float]]) -> Drawing | None:
    """The lines of (seconds, cost, bound); None before there are two points with a cost."""
    known = [(at, cost, bound) for at, cost, bound in points if cost is not None]
    if len(known) < 2:
        return None
    first, last = known[0][0], known[-1][0]
    top = max(max(cost, bound) for _at, cost, bound in known) or 1.0

    def x(at: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * ((at - first) / (last - first) if last > first else 1.0)

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * value / top

    return Drawing(
        cost=" ".join(f"{x(at):.1f},{y(cost):.1f}" for at, cost, _bound in known),
        bound=" ".join(f"{x(at):.1f},{y(bound):.1f}" for at, _cost, bound in known),
        seconds=last,
        last_cost=known[-1][1],
        last_bound=known[-1][2],
    )
