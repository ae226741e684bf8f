"""When a clinic answers, and the clock of a promised call-back, which runs only in that time.

Source: 15 minutes inside opening hours, else after the next opening (check B07).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from homeground.ground.periods import Period, merged

ANSWER_WITHIN = timedelta(minutes=15)
WITHOUT_HOURS = timedelta(days=1)
"""What is promised where no opening hours are known, or none come within `LOOK_AHEAD_DAYS`."""
LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on a weekday (0 = Monday) between two times of the wall clock, the end not included."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Opening:
    """The usual hours of one center and the days on which it stays closed."""

    hours: tuple[Hours, ...]
    closed_on: frozenset[date] = frozenset()


def open_periods(on: date, openings: tuple[Opening, ...], zone: ZoneInfo) -> tuple[Period, ...]:
    """When anyone answers on a day: the hours of all centers together, in order, without overlap.

    Hours are wall-clock times of the zone, so they stay at nine o'clock through a change of daylight saving
    time; a span that such a change swallows whole is left out.
    """
    found = []
    for opening in openings:
        if on in opening.closed_on:
            continue
        for hours in opening.hours:
            starts = datetime.combine(on, hours.opens, zone)
            ends = datetime.combine(on, hours.closes, zone)
            if hours.weekday == on.weekday() and starts.timestamp() < ends.timestamp():
                found.append(Period(starts, ends))
    return merged(found)


def call_back_by(at: datetime, openings: tuple[Opening, ...], zone: ZoneInfo) -> datetime:
    """The latest moment of a promised call-back for a request received `at`, an aware datetime.

    15 minutes of open time later: begun minutes before closing count, the rest follows at the next opening.
    Where nobody is open within 60 days the promise is one day, so that a request is never refused for want
    of opening hours. The result is in UTC.
    """
    left = ANSWER_WITHIN
    for period in _open_from(at, openings, zone):
        if period.end - period.start >= left:
            return period.start + left
        left -= period.end - period.start
    return at.astimezone(UTC) + WITHOUT_HOURS


def is_open(at: datetime, openings: tuple[Opening, ...], zone: ZoneInfo) -> bool:
    """Whether anyone answers at this moment."""
    periods = open_periods(at.astimezone(zone).date(), openings, zone)
    return any(period.start <= at < period.end for period in periods)


def _open_from(at: datetime, openings: tuple[Opening, ...], zone: ZoneInfo) -> Iterator[Period]:
    """Open periods from `at` on, the first one cut at `at`."""
    today = at.astimezone(zone).date()
    for days in range(LOOK_AHEAD_DAYS):
        for period in open_periods(today + timedelta(days=days), openings, zone):
            if period.end > at:
                yield Period(max(period.start, at), period.end)
