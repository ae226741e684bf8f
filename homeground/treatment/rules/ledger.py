"""The hours ledger: which minutes count, and what a week of them adds up to.

Counted is scheduled treatment while the person is there: presence within the session, without breaks
(checks A03 to A06, D04, D19, D21). All arithmetic is on elapsed time, so the night on which the
clock changes counts what really passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from homeground.ground.periods import Period, merged, total_minutes
from homeground.program.rules.hours import WeekBounds
from homeground.program.rules.vocabulary import WeekDefinition

_DAYS = timedelta(days=7)


def counted_minutes(*, session: Period, breaks: Iterable[Period], presence: Iterable[Period]) -> int:
    """Whole minutes of a session that count for a person: presence within the session, without breaks.

    Presence and breaks may come in pieces that overlap or reach beyond the session; time is counted once.
    """
    pauses = tuple(breaks)
    inside = (period.intersection(session) for period in merged(presence))
    return total_minutes(piece for part in inside if part is not None for piece in part.minus(pauses))


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of the clinic's calendar; `ends_on` is the first day after them."""

    starts_on: date
    ends_on: date

    def holds(self, on: date) -> bool:
        """Whether the day belongs to this week."""
        return self.starts_on <= on < self.ends_on

    def days_left(self, on: date) -> int:
        """Days of this week from `on` to its end, `on` itself included; 0 when the week is over."""
        return max(0, (self.ends_on - max(on, self.starts_on)).days)

    def before(self) -> "Week":
        """The seven days before this week."""
        return Week(self.starts_on - _DAYS, self.starts_on)


def week_of(on: date, definition: WeekDefinition) -> Week:
    """The week a day belongs to; the rolling one is the seven days that end with it (check A06)."""
    if definition is WeekDefinition.ROLLING_7:
        return Week(on - timedelta(days=6), on + timedelta(days=1))
    back = (on.weekday() + 1) % 7 if definition is WeekDefinition.SUN_SAT else on.weekday()
    start = on - timedelta(days=back)
    return Week(start, start + _DAYS)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The clinic's day on which a session counts: the day it begins, also when it runs past midnight."""
    return moment.astimezone(zone).date()


class Standing(StrEnum):
    """What a dated session was for one person. Excused and cancelled are no absences (check D21)."""

    ATTENDED = "attended"
    MISSED = "missed"
    EXCUSED = "excused"
    CANCELLED = "cancelled"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One session of one person: the clinic's day, minutes counted (planned: to come), what it was."""

    on: date
    minutes: int
    standing: Standing


class WeekStanding(StrEnum):
    """A week beside its floor. A week still running is open until it reaches the floor."""

    REACHED = "reached"
    OPEN = "open"
    SHORT = "short"
    SHORT_EXPLAINED = "short_explained"


@dataclass(frozen=True, slots=True)
class Hours:
    """What one person's week adds up to, in minutes. `reason` explains a short week (check A05).

    `days` are the different days attended: two sessions on one day are one day (check D19). `expected`
    counts what the person could have come to: attended and missed.
    """

    week: Week
    minutes: int
    planned_minutes: int
    bounds: WeekBounds
    days: int
    attended: int
    missed: int
    excused: int
    reason: str

    @property
    def floor(self) -> int:
        """Minutes the week must hold."""
        return self.bounds.floor

    @property
    def owed(self) -> int:
        """Minutes still missing to the floor, counting only what was attended."""
        return max(0, self.floor - self.minutes)

    @property
    def short_as_planned(self) -> int:
        """Minutes that will be missing even when everything planned is attended."""
        return max(0, self.floor - self.minutes - self.planned_minutes)

    @property
    def expected(self) -> int:
        """Sessions the person could have come to."""
        return self.attended + self.missed

    @property
    def above_ceiling(self) -> bool:
        """More than this level of care holds: a higher level may suit better (check A03)."""
        return self.minutes + self.planned_minutes > self.bounds.ceiling

    def standing(self, on: date) -> WeekStanding:
        """How the week stands on a day. A short week keeps its minutes, explained or not."""
        if self.minutes >= self.floor:
            return WeekStanding.REACHED
        if self.reason:
            return WeekStanding.SHORT_EXPLAINED
        return WeekStanding.OPEN if on < self.week.ends_on else WeekStanding.SHORT


def week_hours(week: Week, entries: Iterable[LedgerEntry], *, bounds: WeekBounds, reason: str = "") -> Hours:
    """One person's week from their dated sessions; those of other weeks are left out."""
    mine = [entry for entry in entries if week.holds(entry.on)]
    attended = [entry for entry in mine if entry.standing is Standing.ATTENDED]
    return Hours(
        week=week,
        minutes=sum(entry.minutes for entry in attended),
        planned_minutes=sum(entry.minutes for entry in mine if entry.standing is Standing.PLANNED),
        bounds=bounds,
        days=len({entry.on for entry in attended if entry.minutes}),
        attended=len(attended),
        missed=sum(entry.standing is Standing.MISSED for entry in mine),
        excused=sum(entry.standing in (Standing.EXCUSED, Standing.CANCELLED) for entry in mine),
        reason=reason,
    )
