"""Where the items of a week stand on the week grid, as CSS classes: a strict CSP forbids inline style.

Rows are quarter hours counted from the first hour shown; items that overlap share the day's width as lanes.
The classes are written once into static/ground/css/positions.css (see `positions_css`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

QUARTER = 15
DAY_ROWS = 24 * 60 // QUARTER
LANE_COLUMNS = 12
MOST_LANES = 4


@dataclass(frozen=True, slots=True)
class GridItem:
    """One thing in a week: weekday 0 = Monday, minutes of the day, words, an optional page behind it.

    `kind` is seat (default look), busy, offer, notice or cancelled.
    """

    weekday: int
    starts: int
    ends: int
    label: str
    detail: str = ""
    url: str = ""
    kind: str = "seat"


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item with its classes: row, length, lane."""

    item: GridItem
    classes: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class GridDay:
    """One weekday (0 = Monday), its items in order of time, and the class of how wide it is drawn."""

    weekday: int
    items: tuple[PlacedItem, ...]
    classes: str


@dataclass(frozen=True, slots=True)
class GridHour:
    """A mark on the hour axis."""

    words: str
    classes: str


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """Seven days with placed items, and the hours beside them."""

    days: tuple[GridDay, ...]
    hours: tuple[GridHour, ...]


def clock_words(minutes: int) -> str:
    """Minutes of the day as "18:05"; 1440 reads "24:00"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Lane:
    """Where an item stands among those it overlaps: its first lane, how many it takes, of how many."""

    first: int
    takes: int
    of: int


def lanes(items: Sequence[GridItem]) -> list[Lane]:
    """For items sorted by start: overlaps stand side by side, and each takes what is free to its right."""
    result: list[Lane] = []
    cluster: list[tuple[GridItem, int]] = []
    ends: list[int] = []
    for item in items:
        if ends and item.starts >= max(ends):
            result += _widened(cluster, len(ends))
            cluster, ends = [], []
        free = next((lane for lane, end in enumerate(ends) if end <= item.starts), None)
        if free is None:
            free = len(ends)
            ends.append(item.ends)
        else:
            ends[free] = item.ends
        cluster.append((item, free))
    return result + _widened(cluster, len(ends))


def _widened(cluster: Sequence[tuple[GridItem, int]], of: int) -> list[Lane]:
    found = []
    for item, first in cluster:
        met = [
            lane
            for other, lane in cluster
            if lane > first and other.starts < item.ends and item.starts < other.ends
        ]
        found.append(Lane(first, min(met, default=of) - first, of))
    return found


def lane_class(lane: Lane) -> str:
    """Class of a lane; more than `MOST_LANES` items at once share the last lane, stacked."""
    of = min(lane.of, MOST_LANES)
    first = min(lane.first, of - 1)
    return f"l{first + 1}of{of}" + (f"x{takes}" if (takes := min(lane.takes, of - first)) > 1 else "")


def week_grid(items: Sequence[GridItem], *, first_hour: int = 8, last_hour: int = 20) -> WeekGrid:
    """Place `items` on a week; the hours shown grow from the given ones to hold every item."""
    first = min([first_hour, *(i.starts // 60 for i in items)])
    last = max([last_hour, *(-(-i.ends // 60) for i in items)])
    days = tuple(_day(weekday, items, first * 60) for weekday in range(7))
    hours = tuple(
        GridHour(words=f"{hour}:00", classes=f"r{(hour - first) * 60 // QUARTER + 1} d4")
        for hour in range(first, last)
    )
    return WeekGrid(days=days, hours=hours)


def _day(weekday: int, items: Sequence[GridItem], first: int) -> GridDay:
    ordered = sorted((i for i in items if i.weekday == weekday), key=lambda i: (i.starts, -i.ends, i.label))
    stand = lanes(ordered)
    placed = tuple(
        PlacedItem(
            item=item,
            classes=f"{item.kind} r{(item.starts - first) // QUARTER + 1} "
            f"d{max(1, -(-(item.ends - item.starts) // QUARTER))} {lane_class(lane)}",
            starts=clock_words(item.starts),
            ends=clock_words(item.ends),
        )
        for item, lane in zip(ordered, stand, strict=True)
    )
    wide = min(max((lane.of for lane in stand), default=0), MOST_LANES)
    return GridDay(weekday=weekday, items=placed, classes=f"w{wide}")


def positions_css() -> str:
    """The stylesheet of every position class, for the container width at which the grid is a grid."""
    rows = "".join(f".r{n}{{grid-row-start:{n}}}" for n in range(1, DAY_ROWS + 1))
    spans = "".join(f".d{n}{{grid-row-end:span {n}}}" for n in range(1, DAY_ROWS + 1))
    columns = "".join(
        f".{lane_class(Lane(first, takes, of))}"
        f"{{grid-column:{first * LANE_COLUMNS // of + 1}/span {takes * LANE_COLUMNS // of}}}"
        for of in range(1, MOST_LANES + 1)
        for first in range(of)
        for takes in range(1, of - first + 1)
    )
    widths = "".join(f".w{of}{{flex-grow:{of + 1}}}" for of in range(MOST_LANES + 1))
    return (
        "/* Written by homeground.ground.ui.week_grid.positions_css; a test keeps it true. */\n"
        "@layer components{@container (min-width:43.75rem){\n"
        + rows
        + "\n"
        + spans
        + "\n"
        + columns
        + "\n"
        + widths
        + "\n}}\n"
    )
