"""How long the trail is kept, and what a break in it is called."""

from datetime import datetime
from enum import StrEnum

RETENTION_YEARS = 6
"""45 CFR 164.316(b)(2)(i): six years from creation or last effect. Tag R (text recalled); check G05."""


class Fault(StrEnum):
    """What is wrong at the first number where the trail departs from what was written."""

    ALTERED = "altered"
    REMOVED = "removed"
    REORDERED = "reordered"
    CUT_OFF = "cut off"


def may_purge(before: datetime, at: datetime) -> bool:
    """Whether entries older than `before` may be removed at `at`: only when all are past retention."""
    return before <= retained_since(at)


def retained_since(at: datetime) -> datetime:
    """The moment six years ago: whatever was written since then is kept."""
    leap_day = at.month == 2 and at.day == 29
    return at.replace(year=at.year - RETENTION_YEARS, day=28 if leap_day else at.day)
