"""Spans of time and their arithmetic: half-open, aware, exact to the second."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The time from `start` up to and not including `end`.

    Both are aware datetimes and kept in UTC: subtracting two times of one zone would count the wall
    clock and lose the hour at a change of daylight saving time. Raises ValueError when the end does
    not come after the start, so an empty or backward span cannot travel further.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs aware datetimes")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")

    @property
    def minutes(self) -> int:
        """Whole minutes of elapsed time; a started minute does not count."""
        return int((self.end - self.start) / timedelta(minutes=1))

    def overlaps(self, other: "Period") -> bool:
        """True when both share some time; touching ends do not overlap."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: "Period") -> "Period | None":
        """The time both share, None when there is none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def minus(self, others: Iterable["Period"]) -> tuple["Period", ...]:
        """What remains of this period when the others are cut out, in order."""
        left = [self]
        for cut in others:
            left = [piece for span in left for piece in _cut(span, cut)]
        return tuple(left)


def _cut(span: Period, cut: Period) -> list[Period]:
    if not span.overlaps(cut):
        return [span]
    pieces = []
    if span.start < cut.start:
        pieces.append(Period(span.start, cut.start))
    if cut.end < span.end:
        pieces.append(Period(cut.end, span.end))
    return pieces


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same time as disjoint periods in order; touching ones become one."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end:
            result[-1] = Period(result[-1].start, max(result[-1].end, period.end))
        else:
            result.append(period)
    return tuple(result)


def total_minutes(periods: Iterable[Period]) -> int:
    """Whole minutes covered, counting time that several periods share once."""
    elapsed = sum((p.end - p.start for p in merged(periods)), timedelta())
    return int(elapsed / timedelta(minutes=1))


def any_overlap(periods: Iterable[Period]) -> bool:
    """True when two of the periods share some time."""
    return any(a.overlaps(b) for a, b in pairwise(sorted(periods)))
