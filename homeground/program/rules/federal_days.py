"""The days on which federal offices are closed: 5 U.S.C. 6103, days and the days kept in their place."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
_DAY = timedelta(days=1)
JUNETEENTH_SINCE = 2021  # Public Law 117-17


def federal_days(years: Iterable[int]) -> frozenset[date]:
    """Every legal public holiday of these years, and the weekday kept instead of one on a weekend.

    6103(b): Friday for a Saturday. Monday for a Sunday is Executive Order 11582.
    """
    wanted = frozenset(years)
    days = {day for year in wanted for day in (*_legal(year), date(year + 1, 1, 1))}
    kept = days | {_kept(day) for day in days}
    return frozenset(day for day in kept if day.year in wanted)


def _legal(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    yield _nth(year, 1, MONDAY, 3)
    yield _nth(year, 2, MONDAY, 3)
    yield _nth(year, 6, MONDAY, 1) - 7 * _DAY  # the last Monday of May
    if year >= JUNETEENTH_SINCE:
        yield date(year, 6, 19)
    yield date(year, 7, 4)
    yield _nth(year, 9, MONDAY, 1)
    yield _nth(year, 10, MONDAY, 2)
    yield date(year, 11, 11)
    yield _nth(year, 11, THURSDAY, 4)
    yield date(year, 12, 25)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _kept(day: date) -> date:
    return {SATURDAY: day - _DAY, SUNDAY: day + _DAY}.get(day.weekday(), day)
