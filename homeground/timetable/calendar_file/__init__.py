"""Busy times from a calendar file that a stranger handed us.

The file is screened in this process (size, number of events, rules that never end, everything that is not a
time is thrown away) and expanded in a short-lived child process with limits. Only start, end and a soft
mark come back. Nothing here needs Django, except `words`, which is imported where the words are shown.
See docs/adr/0005-calendar-files-are-read-in-the-timetable-room.md.
"""

from homeground.timetable.calendar_file.pattern import WeekPattern, weekly_pattern
from homeground.timetable.calendar_file.reading import (
    Busy,
    CalendarRefused,
    Reading,
    Refusal,
    Skipped,
    SkipReason,
)
from homeground.timetable.calendar_file.sandbox import read_busy

__all__ = [
    "Busy",
    "CalendarRefused",
    "Reading",
    "Refusal",
    "SkipReason",
    "Skipped",
    "WeekPattern",
    "read_busy",
    "weekly_pattern",
]
