"""From the weekly template to dated times on the clinic's wall clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HORIZON = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A time that repeats on one weekday, from `starts_on` up to and not including `ends_on`."""

    weekday: int
    starts: time
    ends: time
    starts_on: date
    ends_on: date | None = None
    break_starts: time | None = None
    break_ends: time | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """One occurrence: aware moments in UTC, the end exclusive; the break where there is one."""

    on: date
    starts_at: datetime
    ends_at: datetime
    break_starts_at: datetime | None = None
    break_ends_at: datetime | None = None


def local_day(at: datetime, zone: str) -> date:
    """The clinic's date at this moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def at_clock(on: date, clock: time, zone: str) -> datetime:
    """The moment the clinic's clock shows this time.

    When clocks go back, the first of the two; a time that is skipped when they go forward is read with the
    offset before the change.
    """
    return datetime.combine(on, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def occurrences(weekly: Weekly, *, first: date, until: date, zone: str) -> Iterator[Times]:
    """Every occurrence on a day from `first` up to and not including `until`, in order."""
    day = max(first, weekly.starts_on)
    day += timedelta(days=(weekly.weekday - day.weekday()) % 7)
    last = until if weekly.ends_on is None else min(until, weekly.ends_on)
    while day < last:
        yield times(weekly, day, zone)
        day += timedelta(weeks=1)


def times(weekly: Weekly, on: date, zone: str) -> Times:
    """One day's occurrence. Its length is the wall clock's, unless a clock change would turn it around."""
    starts_at, ends_at = at_clock(on, weekly.starts, zone), at_clock(on, weekly.ends, zone)
    if ends_at <= starts_at:
        ends_at = starts_at + _length(weekly.starts, weekly.ends)
    if weekly.break_starts and weekly.break_ends:
        opens, closes = at_clock(on, weekly.break_starts, zone), at_clock(on, weekly.break_ends, zone)
        if starts_at <= opens < closes <= ends_at:
            return Times(on, starts_at, ends_at, opens, closes)
    return Times(on, starts_at, ends_at)


def _length(starts: time, ends: time) -> timedelta:
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    return timedelta(minutes=minutes, seconds=ends.second - starts.second)
