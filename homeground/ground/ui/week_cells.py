"""A week as half-hour cells: reading "8-17, 18:30-20", writing it back, packing, merging, presets.

A cell is (weekday 0 = Monday, half-hour 0 to 47 counted from midnight).
"""

import re
from dataclasses import dataclass

from homeground.ground.ui.time_entry import HALF_DAY, WHOLE_DAY, NotATime, Reading, read_time

type Cell = tuple[int, int]
type Cells = frozenset[Cell]

DAYS = 7
HALVES = 48
HALF = 30

_PIECES = re.compile(r"[,;\n]|\band\b|\by\b")
_RANGE = re.compile(r"[-\u2013\u2014]|\bto\b|\buntil\b|\bhasta\b| a (?=\d)")
_WHOLE_DAY_WORDS = frozenset({"all day", "all", "todo el dia", "todo el día"})
_NOTHING_WORDS = frozenset({"", "free", "none", "libre", "nada"})


class NotHours(ValueError):
    """The text of one weekday (0 = Monday) cannot be read as hours. The text itself is not repeated."""

    def __init__(self, weekday: int) -> None:
        super().__init__(str(weekday))
        self.weekday = weekday


@dataclass(frozen=True, slots=True)
class Preset:
    """A week that many people have, to start from."""

    key: str
    cells: Cells


def block(weekdays: range, starts: int, ends: int) -> Cells:
    """Cells of each weekday from `starts` to `ends`, in hours of the day; past 24 runs into the next day."""
    return frozenset(
        ((day + half // HALVES) % DAYS, half % HALVES)
        for day in weekdays
        for half in range(starts * 2, ends * 2)
    )


_WEEKDAYS = range(5)
PRESETS = (
    Preset("office", block(_WEEKDAYS, 8, 17)),
    Preset("school", block(_WEEKDAYS, 7, 9) | block(_WEEKDAYS, 14, 16)),
    Preset("night", block(_WEEKDAYS, 22, 30)),
    Preset("clear", frozenset()),
)


def parse_day(text: str, weekday: int) -> Cells:
    """The cells a person means by "8-17, 18:30-20" on a weekday; parts of a half-hour count as the whole.

    "8-5" ends in the afternoon, "6-10p" is an evening, "22-6" runs into the next morning. Raises NotHours.
    """
    cleaned = " ".join(text.lower().split())
    if cleaned in _NOTHING_WORDS:
        return frozenset()
    if cleaned in _WHOLE_DAY_WORDS:
        return frozenset((weekday, half) for half in range(HALVES))
    cells: set[Cell] = set()
    for piece in _PIECES.split(cleaned):
        if piece.strip():
            cells |= _piece_cells(piece.strip(), weekday)
    return frozenset(cells)


def _piece_cells(piece: str, weekday: int) -> Cells:
    sides = _RANGE.split(piece)
    if len(sides) != 2:
        raise NotHours(weekday)
    try:
        starts, ends = _range(read_time(sides[0]), read_time(sides[1]))
    except NotATime:
        raise NotHours(weekday) from None
    first, past = starts // HALF, -(-ends // HALF)
    return frozenset(((weekday + half // HALVES) % DAYS, half % HALVES) for half in range(first, past))


def _range(first: Reading, second: Reading) -> tuple[int, int]:
    """Start and end in minutes, the end always later; past 1440 means the next day."""
    starts, ends = first.minutes, second.minutes
    if first.either_half and second.marked == "p" and starts + HALF_DAY < ends:
        starts += HALF_DAY
    if ends <= starts < ends + HALF_DAY and second.either_half:
        ends += HALF_DAY
    if ends <= starts:
        ends += WHOLE_DAY
    return starts, ends


def day_words(cells: Cells, weekday: int) -> str:
    """One weekday's cells as text that `parse_day` reads back: "8-17, 18:30-20"."""
    halves = sorted(half for day, half in cells if day == weekday)
    runs: list[list[int]] = []
    for half in halves:
        if runs and runs[-1][1] == half:
            runs[-1][1] = half + 1
        else:
            runs.append([half, half + 1])
    return ", ".join(f"{_clock(first)}-{_clock(past)}" for first, past in runs)


def _clock(half: int) -> str:
    return f"{half // 2}:30" if half % 2 else f"{half // 2}"


def pack(cells: Cells) -> str:
    """Cells as 84 hexadecimal digits, for a hidden field."""
    return f"{sum(1 << (day * HALVES + half) for day, half in cells):0{DAYS * HALVES // 4}x}"


def unpack(text: str) -> Cells:
    """The reverse of `pack`; anything else reads as an empty week: the field may be forged or absent."""
    if not re.fullmatch(r"[0-9a-f]{84}", text):
        return frozenset()
    bits = int(text, 16)
    return frozenset((n // HALVES, n % HALVES) for n in range(DAYS * HALVES) if bits >> n & 1)


def merge(*, base: Cells, table: Cells, texts: Cells) -> Cells:
    """Two edits of one week brought together: a cell is as the table or the texts changed it.

    They never conflict: where both differ from the base they agree, since a cell has two states.
    """
    return base ^ ((base ^ table) | (base ^ texts))


def with_preset(cells: Cells, key: str) -> Cells:
    """The week after a preset button: presets add up, "clear" empties, an unknown key changes nothing."""
    if key == "clear":
        return frozenset()
    return cells.union(*(preset.cells for preset in PRESETS if preset.key == key))
