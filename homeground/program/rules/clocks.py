"""Clocks of the law, of payers and of the program: so many days of some kind after a day.

A rule pack writes a clock as a number of calendar days (7) or as a text: "7cd" calendar days, "3bd" business
days, "7wd" working days, "5sd" days on which the person had a service, "24h" hours.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from homeground.program.rules.pack import RulePack, Severity, Tag, Value


class Unit(StrEnum):
    """What a clock counts."""

    CALENDAR = "cd"
    BUSINESS = "bd"
    WORKING = "wd"
    SERVICE = "sd"
    HOURS = "h"


@dataclass(frozen=True, slots=True)
class Clock:
    """So many of one unit."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


class NotAClock(ValueError):
    """The value of a rule is no clock."""


_SHAPE = re.compile(r"(\d{1,3})(cd|bd|wd|sd|h)")


def read_clock(value: Value) -> Clock | None:
    """The clock a rule sets; None when the rule is switched off. Raises NotAClock."""
    if value is None:
        return None
    if isinstance(value, int):
        return Clock(value, Unit.CALENDAR)
    match = _SHAPE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise NotAClock(value)
    return Clock(int(match[1]), Unit(match[2]))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days count: federal holidays, days the clinic is closed, and the weekdays it opens (0 = Monday).

    A business day is Monday to Friday, no federal holiday, and not closed. A working day is a day the clinic
    is open: its opening weekdays without holidays and closures. A clinic without opening hours works Monday
    to Friday.
    """

    holidays: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()
    weekdays: frozenset[int] = field(default=frozenset(range(5)))

    def counts(self, day: date, unit: Unit) -> bool:
        """Whether the day counts for a clock of this unit."""
        if unit is Unit.CALENDAR:
            return True
        if day in self.holidays or day in self.closed:
            return False
        return day.weekday() < 5 if unit is Unit.BUSINESS else day.weekday() in (self.weekdays or range(5))


class NoDayLeft(Exception):
    """The calendar has no counting day within two years: a clock can never end."""


_SEARCH_DAYS = 730


def due_on(
    clock: Clock, since: date, calendar: WorkCalendar, *, services: Collection[date] = ()
) -> date | None:
    """The last day on which the thing is in time. The day it began is day zero.

    A clock of services ends on the day of the nth service on or after `since`; until that day has come the
    answer is None. Raises NoDayLeft, and NotAClock for hours, which run by the moment (`due_at`).
    """
    if clock.unit is Unit.HOURS:
        raise NotAClock(str(clock))
    if clock.unit is Unit.SERVICE:
        return _nth_service(clock.amount, since, services)
    if clock.unit is Unit.CALENDAR:
        return since + timedelta(days=clock.amount)
    day, left = since, clock.amount
    for _ in range(_SEARCH_DAYS):
        if left == 0:
            return day
        day += timedelta(days=1)
        left -= calendar.counts(day, clock.unit)
    raise NoDayLeft(str(clock))


def due_at(clock: Clock, since: datetime) -> datetime:
    """The moment a clock of hours ends: elapsed time, also over a change of daylight saving time.

    Both are aware; the result is in the zone of UTC offset of `since`. Raises NotAClock for other units.
    """
    if clock.unit is not Unit.HOURS or since.tzinfo is None:
        raise NotAClock(str(clock))
    begun = since.timestamp() + clock.amount * 3600
    return datetime.fromtimestamp(begun, tz=since.tzinfo)


def contiguous_windows(days: Iterable[date], *, length: int) -> tuple[tuple[date, ...], ...]:
    """Days of service in windows of `length` days that follow each other from the first day on.

    Source: the seven contiguous days of HCPCS G0137 (NGS billing page for opioid treatment programs).
    """
    ordered = sorted(set(days))
    if not ordered:
        return ()
    windows: dict[int, list[date]] = {}
    for day in ordered:
        windows.setdefault((day - ordered[0]).days // length, []).append(day)
    return tuple(tuple(windows[number]) for number in sorted(windows))


def _nth_service(number: int, since: date, services: Collection[date]) -> date | None:
    counted = sorted({day for day in services if day >= since})
    return counted[number - 1] if len(counted) >= number else None


@dataclass(frozen=True, slots=True)
class Cited:
    """The rule behind a deadline: its id, its clock, how sure we are, how strict it is, and its source."""

    id: str
    clock: str
    tag: Tag
    severity: Severity
    source: str
    pack: str


@dataclass(frozen=True, slots=True)
class Ticking:
    """A clock of a rule pack that is switched on."""

    clock: Clock
    rule: Cited


def ticking(pack: RulePack, id: str, on: date) -> Ticking | None:
    """The clock this pack sets under `id` on a day; None when it is switched off. Raises NoSuchRule."""
    rule = pack.rule(id, on)
    clock = read_clock(rule.value)
    if clock is None:
        return None
    return Ticking(clock, Cited(id, str(clock), rule.tag, rule.severity, rule.source, pack.name))
