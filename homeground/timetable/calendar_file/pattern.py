"""From dated busy times to a typical week. Pure: no Django, no clock, no I/O."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from homeground.timetable.calendar_file.reading import Busy, Reading

CELL_MINUTES = 30
CELLS_A_DAY = 24 * 60 // CELL_MINUTES
_CELL = timedelta(minutes=CELL_MINUTES)
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class WeekPattern:
    """The half-hour cells of a week that are usually busy. Cell 0 is Monday 00:00, cell 335 Sunday 23:30.

    `hard` and `soft` share no cell: a soft cell reaches the half only together with tentative events.
    """

    hard: frozenset[int]
    soft: frozenset[int]


def weekly_pattern(reading: Reading, *, starts_on: date, weeks: int) -> WeekPattern:
    """Tell which half-hours of the week are busy in at least half of the `weeks` weeks from `starts_on`.

    A half-hour counts as busy in a week when any part of it is taken, by the wall clock. Half is enough, so
    every other week counts; a one-time event counts only when no more than two weeks are looked at. The seven
    days from `starts_on` are the first week, whichever weekday that is. Raises `ValueError` for fewer than
    one week.

    Source of the rule: our own, for the public page "does it fit my week?" (ADR 0005).
    """
    if weeks < 1:
        raise ValueError("a pattern needs at least one week")
    hard: set[tuple[int, int]] = set()
    taken: set[tuple[int, int]] = set()
    for busy in reading.taking_time():
        cells = set(_cells(busy, starts_on, weeks))
        taken |= cells
        if not busy.soft:
            hard |= cells
    usually_hard = _usual(hard, weeks)
    return WeekPattern(hard=usually_hard, soft=_usual(taken, weeks) - usually_hard)


def _usual(week_cells: set[tuple[int, int]], weeks: int) -> frozenset[int]:
    counted = Counter(cell for _, cell in week_cells)
    return frozenset(cell for cell, busy_weeks in counted.items() if 2 * busy_weeks >= weeks)


def _cells(busy: Busy, starts_on: date, weeks: int) -> Iterator[tuple[int, int]]:
    """Walk over the (week, cell) pairs the busy time touches within the weeks."""
    first = datetime(starts_on.year, starts_on.month, starts_on.day)  # noqa: DTZ001 - a wall clock
    start = busy.start.replace(tzinfo=None)
    end = busy.end.replace(tzinfo=None)
    if end <= start:
        # The clock went back in between: everything between the two readings of the clock was taken.
        start, end = end, start + timedelta(minutes=1)
    moment = max(start - timedelta(minutes=start.minute % CELL_MINUTES, seconds=start.second), first)
    stop = min(end, first + timedelta(weeks=weeks))
    while moment < stop:
        week = (moment.date() - starts_on).days // _DAYS_A_WEEK
        yield week, moment.weekday() * CELLS_A_DAY + (moment.hour * 60 + moment.minute) // CELL_MINUTES
        moment += _CELL
