"""Does a group's week reach the hours a program prescribes? Checks A01 and A02.

Source: ASAM level 2.1, at least 9 hours a week for adults and 6 for adolescents; the numbers stand with the
program. Breaks do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from homeground.timetable.rules.week import Meeting

HIGH_INTENSITY_MINUTES = 19 * 60


@dataclass(frozen=True, slots=True)
class Prescription:
    """What a program owes a week: minutes of group, on how many days, and at least how long on each."""

    core_minutes: int
    min_days: int
    max_days: int
    min_day_minutes: int


class Short(StrEnum):
    """In which way a week misses the prescription."""

    MINUTES = "minutes"
    TOO_FEW_DAYS = "too_few_days"
    TOO_MANY_DAYS = "too_many_days"
    SHORT_DAY = "short_day"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is wrong and by how much: "510 of 540 minutes"."""

    kind: Short
    found: int
    wanted: int


def shortfall(meetings: Sequence[Meeting], attend: int, owed: Prescription) -> Shortfall | None:
    """The first way in which a group's week misses the prescription; None when it is a full week.

    With `attend` a member comes to that many of the meetings; one full choice is enough.
    """
    count = attend if 0 < attend < len(meetings) else len(meetings)
    first: Shortfall | None = None
    for chosen in combinations(meetings, count):
        found = _shortfall(chosen, owed)
        if found is None:
            return None
        first = first or found
    return first


def is_high_intensity(meetings: Sequence[Meeting]) -> bool:
    """Beyond 19 hours a week is a higher level of care (check A03): a warning, not a refusal."""
    return sum(each.minutes for each in meetings) > HIGH_INTENSITY_MINUTES


def _shortfall(meetings: Sequence[Meeting], owed: Prescription) -> Shortfall | None:
    days: dict[int, int] = {}
    for each in meetings:
        days[each.weekday] = days.get(each.weekday, 0) + each.minutes
    minutes, shortest = sum(days.values()), min(days.values(), default=0)
    if minutes < owed.core_minutes:
        return Shortfall(Short.MINUTES, minutes, owed.core_minutes)
    if len(days) < owed.min_days:
        return Shortfall(Short.TOO_FEW_DAYS, len(days), owed.min_days)
    if len(days) > owed.max_days:
        return Shortfall(Short.TOO_MANY_DAYS, len(days), owed.max_days)
    if shortest < owed.min_day_minutes:
        return Shortfall(Short.SHORT_DAY, shortest, owed.min_day_minutes)
    return None
