"""The clinic's wall-clock week in the product: meetings, counted minutes, spans on a 15-minute grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from homeground.timetable.solver.week import Span

GRID = 15
DAY = 24 * 60
EVENING = 17 * 60


def minute(clock: time) -> int:
    """Minutes since midnight; a started minute does not count."""
    return clock.hour * 60 + clock.minute


def clock(minutes: int) -> time:
    """The time of day at these minutes since midnight; the end of the day shows as its last minute."""
    return time(*divmod(min(max(minutes, 0), DAY - 1), 60))


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One weekly meeting, weekday 0 = Monday. The break's minutes count for nobody (check A04)."""

    weekday: int
    starts: time
    ends: time
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Minutes that count towards the prescribed hours."""
        return minute(self.ends) - minute(self.starts) - self.break_minutes

    @property
    def span(self) -> Span:
        """The slots of the 15-minute week that the meeting touches."""
        return span(self.weekday, minute(self.starts), minute(self.ends))


def span(weekday: int, starts: int, ends: int) -> Span:
    """Minutes of one day as slots of the 15-minute week; a slot that is touched counts whole."""
    first = weekday * DAY
    return (first + starts) // GRID, -(-(first + ends) // GRID)


def cell_spans(cells: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Half-hour cells (weekday, 0 to 47) as slots, neighbouring cells joined."""
    found: list[list[int]] = []
    for weekday, half in sorted(cells):
        start, end = span(weekday, half * 30, half * 30 + 30)
        if found and found[-1][1] == start:
            found[-1][1] = end
        else:
            found.append([start, end])
    return tuple((start, end) for start, end in found)


def spot(slot: int) -> tuple[int, int]:
    """A slot as (weekday, minutes since midnight)."""
    return divmod(slot * GRID, DAY)
