"""A typical week: which half-hours are busy in at least half of the weeks looked at."""
# The tables are read a row a line.
# ruff: noqa: E501

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from homeground.timetable.calendar_file import Busy, Reading, WeekPattern, weekly_pattern
from homeground.timetable.tests.calendar_file.building import EASTERN

MONDAY = date(2026, 3, 2)
EMPTY = WeekPattern(frozenset(), frozenset())


def busy(start: str, end: str, *, soft: bool = False) -> Busy:
    return Busy(
        datetime.fromisoformat(start).replace(tzinfo=EASTERN),
        datetime.fromisoformat(end).replace(tzinfo=EASTERN),
        soft,
    )


def repeated(start: str, end: str, weeks: list[int], *, soft: bool = False) -> list[Busy]:
    first = busy(start, end, soft=soft)
    return [Busy(first.start + timedelta(weeks=n), first.end + timedelta(weeks=n), soft) for n in weeks]


def pattern(entries: list[Busy], *, starts_on: date = MONDAY, weeks: int = 4) -> WeekPattern:
    return weekly_pattern(Reading(tuple(entries), ()), starts_on=starts_on, weeks=weeks)


def hard(*cells: int) -> WeekPattern:
    return WeekPattern(frozenset(cells), frozenset())


@pytest.mark.parametrize(
    ("what", "entries", "expected"),
    [
        ("nothing", [], EMPTY),
        ("every week, Monday 9 to 10", repeated("2026-03-02T09:00", "2026-03-02T10:00", [0, 1, 2, 3]), hard(18, 19)),
        ("every other week is half", repeated("2026-03-02T09:00", "2026-03-02T10:00", [1, 3]), hard(18, 19)),
        ("once in four weeks is not", repeated("2026-03-02T09:00", "2026-03-02T10:00", [2]), EMPTY),
        ("part of a half-hour takes it", repeated("2026-03-02T09:15", "2026-03-02T09:46", [0, 1]), hard(18, 19)),
        ("the last minutes take theirs", repeated("2026-03-02T09:20", "2026-03-02T10:05", [0, 1]), hard(18, 19, 20)),
        ("the end is exclusive", repeated("2026-03-02T09:00", "2026-03-02T09:30", [0, 1]), hard(18)),
        ("a night shift goes on into Tuesday", repeated("2026-03-02T23:00", "2026-03-03T01:00", [0, 1]), hard(46, 47, 48, 49)),
        ("Sunday night ends in the next week's Monday", repeated("2026-03-08T23:30", "2026-03-09T00:30", [0, 1]), hard(335, 0)),
        ("without a length", repeated("2026-03-02T09:00", "2026-03-02T09:00", [0, 1, 2, 3]), EMPTY),
        ("outside of the weeks", repeated("2026-03-02T09:00", "2026-03-02T10:00", [-1, 4, 5]), EMPTY),
        ("two entries in one week are one week", repeated("2026-03-02T09:00", "2026-03-02T09:30", [0]) * 2, EMPTY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_pattern_of_four_weeks(what: str, entries: list[Busy], expected: WeekPattern) -> None:
    assert pattern(entries) == expected


def test_tentative_weeks_count_only_as_soft() -> None:
    sure = repeated("2026-03-02T09:00", "2026-03-02T09:30", [0])
    perhaps = repeated("2026-03-02T09:00", "2026-03-02T09:30", [1], soft=True)

    assert pattern([*sure, *perhaps]) == WeekPattern(frozenset(), frozenset({18}))
    assert pattern([*sure, *perhaps], weeks=2) == hard(18)


def test_the_first_week_may_begin_on_any_day() -> None:
    entries = repeated("2026-03-03T09:00", "2026-03-03T09:30", [0, 1, 2, 3])

    assert pattern(entries, starts_on=date(2026, 3, 5)) == hard(48 + 18)


def test_a_year_long_absence_fills_the_week_and_no_more() -> None:
    assert pattern([busy("2025-01-01T00:00", "2027-01-01T00:00")]) == hard(*range(336))


def test_the_wall_clock_counts_when_the_clock_changes() -> None:
    # New York: forward on 8 March 2026, back on 1 November 2026 (Sunday).
    spring = repeated("2026-03-02T18:00", "2026-03-02T18:30", [0, 1])
    autumn = Busy(
        datetime(2026, 11, 1, 1, 45, tzinfo=EASTERN),
        datetime(2026, 11, 1, 1, 15, tzinfo=EASTERN, fold=1),
        soft=False,
    )

    assert pattern(spring, weeks=2) == hard(36)
    assert pattern([autumn], starts_on=date(2026, 10, 26), weeks=1) == hard(6 * 48 + 2, 6 * 48 + 3)


def test_less_than_a_week_is_no_pattern() -> None:
    with pytest.raises(ValueError, match="one week"):
        pattern([], weeks=0)


def test_the_pattern_loads_without_django() -> None:
    root = Path(__file__).resolve().parents[4]
    code = "import sys, homeground.timetable.calendar_file; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
