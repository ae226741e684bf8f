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
    """One weekday (0 = Monday) and its items in order of time."""

    weekday: int
    items: tuple[PlacedItem, ...]


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


def lanes(items: Sequence[GridItem]) -> list[tuple[int, int]]:
    """For items sorted by start: (lane, lanes in its cluster), so that overlaps stand side by side."""
    result: list[tuple[int, int]] = []
    cluster: list[int] = []
    ends: list[int] = []
    for item in items:
        if ends and item.starts >= max(ends):
            result += [(lane, len(ends)) for lane in cluster]
            cluster, ends = [], []
        free = next((lane for lane, end in enumerate(ends) if end <= item.starts), None)
        if free is None:
            free = len(ends)
            ends.append(item.ends)
        else:
            ends[free] = item.ends
        cluster.append(free)
    return result + [(lane, len(ends)) for lane in cluster]


def lane_class(lane: int, of: int) -> str:
    """Class of a lane; more than `MOST_LANES` items at once share the last lane, stacked."""
    of = min(of, MOST_LANES)
    return f"l{min(lane, of - 1) + 1}of{of}"


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
    placed = tuple(
        PlacedItem(
            item=item,
            classes=f"{item.kind} r{(item.starts - first) // QUARTER + 1} "
            f"d{max(1, -(-(item.ends - item.starts) // QUARTER))} {lane_class(*lane)}",
            starts=clock_words(item.starts),
            ends=clock_words(item.ends),
        )
        for item, lane in zip(ordered, lanes(ordered), strict=True)
    )
    return GridDay(weekday=weekday, items=placed)


def positions_css() -> str:
    """The stylesheet of every position class, for the container width at which the grid is a grid."""
    rows = "".join(f".r{n}{{grid-row-start:{n}}}" for n in range(1, DAY_ROWS + 1))
    spans = "".join(f".d{n}{{grid-row-end:span {n}}}" for n in range(1, DAY_ROWS + 1))
    columns = "".join(
        f".l{lane + 1}of{of}{{grid-column:{lane * LANE_COLUMNS // of + 1}/span {LANE_COLUMNS // of}}}"
        for of in range(1, MOST_LANES + 1)
        for lane in range(of)
    )
    return (
        "/* Written by homeground.ground.ui.week_grid.positions_css; a test keeps it true. */\n"
        "@layer components{@container (min-width:43.75rem){\n"
        + rows
        + "\n"
        + spans
        + "\n"
        + columns
        + "\n}}\n"
    )
