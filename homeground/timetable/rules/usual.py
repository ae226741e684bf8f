"""The groups an intensive program usually tries: a morning, an afternoon, an evening, a Saturday.

The length follows from what the program prescribes; the days are the patterns clinics run (own default).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.week import GRID, Meeting, clock, minute

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BREAK_FROM, BREAK = 150, 15  # a session of two and a half hours or more has a break
STARTS = {"morning": 9 * 60, "afternoon": 13 * 60, "evening": 18 * 60, "weekend": 9 * 60}
PATTERNS: dict[int, tuple[tuple[str, tuple[int, ...], bool], ...]] = {
    3: (
        ("morning", (0, 2, 4), False),
        ("morning", (1, 2, 3), False),
        ("afternoon", (0, 2, 4), False),
        ("evening", (0, 1, 3), False),
        ("evening", (1, 2, 3), False),
        ("evening", (0, 2, 3), True),
        ("weekend", (1, 3, 5), False),
    ),
    4: (
        ("morning", (0, 1, 2, 3), False),
        ("afternoon", (0, 1, 2, 3), False),
        ("evening", (0, 1, 2, 3), False),
        ("evening", (0, 1, 2, 3), True),
        ("weekend", (0, 2, 3, 5), False),
    ),
    5: (
        ("morning", (0, 1, 2, 3, 4), False),
        ("afternoon", (0, 1, 2, 3, 4), False),
        ("evening", (0, 1, 2, 3, 4), False),
        ("evening", (0, 1, 2, 3, 4), True),
    ),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """A group that could begin: the same hours on some weekdays, 0 = Monday."""

    name: str
    track: str
    days: tuple[int, ...]
    starts: time
    ends: time
    break_minutes: int
    video: bool

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Its week."""
        return tuple(Meeting(day, self.starts, self.ends, self.break_minutes) for day in self.days)


def usual_set(owed: Prescription, there: Iterable[tuple[Meeting, ...]]) -> tuple[Usual, ...]:
    """The usual groups that give the hours prescribed, without those that are `there` at the same times."""
    known = {_times(meetings) for meetings in there}
    days = min(max(owed.min_days, min(PATTERNS)), max(PATTERNS))
    found = (_usual(owed, *pattern) for pattern in PATTERNS[days])
    return tuple(each for each in found if _times(each.meetings) not in known)


def _usual(owed: Prescription, track: str, days: tuple[int, ...], video: bool) -> Usual:
    counted = max(-(-owed.core_minutes // len(days)), owed.min_day_minutes)
    pause = BREAK if counted >= BREAK_FROM else 0
    starts = STARTS[track]
    ends = starts + -(-(counted + pause) // GRID) * GRID
    name = f"{track.capitalize()} {' '.join(DAY_NAMES[day] for day in days)}{' by video' if video else ''}"
    return Usual(name, track, days, clock(starts), clock(ends), pause, video)


def _times(meetings: Iterable[Meeting]) -> frozenset[tuple[int, int, int]]:
    return frozenset((each.weekday, minute(each.starts), minute(each.ends)) for each in meetings)
