"""What reading a calendar file gives: busy times and what was left out, or a refusal. Never its texts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Refusal(StrEnum):
    """Why a whole file is refused. The words people read are in `words`."""

    TOO_LARGE = "too_large"
    TOO_MANY_EVENTS = "too_many_events"
    TOO_MANY_OCCURRENCES = "too_many_occurrences"
    REPEATS_TOO_OFTEN = "repeats_too_often"
    BAD_INTERVAL = "bad_interval"
    NOT_A_CALENDAR = "not_a_calendar"
    UNREADABLE_TEXT = "unreadable_text"
    CUT_OFF = "cut_off"
    OTHER_CALENDAR_SCALE = "other_calendar_scale"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    UNREADABLE = "unreadable"
    BUSY_NOW = "busy_now"


class SkipReason(StrEnum):
    """Why one event is left out while the rest of its file is read."""

    BROKEN_TIMES = "broken_times"
    BROKEN_REPEAT = "broken_repeat"


class CalendarRefused(Exception):
    """The file is hostile or cannot be read. Carries a code only, so that no text of the file can leak."""

    def __init__(self, reason_code: Refusal) -> None:
        """Keep `reason_code`, one of `Refusal`; `words.refusal_words` says it to a person."""
        super().__init__(reason_code.value)
        self.reason_code = reason_code


@dataclass(frozen=True, slots=True)
class Busy:
    """One occurrence of one event: aware datetimes in the zone asked for, end exclusive.

    An event without a length has start equal to end: it is in the calendar and takes no time (RFC 5545,
    3.6.1). `soft` marks a tentative one.
    """

    start: datetime
    end: datetime
    soft: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """One event (or changed occurrence) that could not be read, with a coded reason and nothing else."""

    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Reading:
    """The busy occurrences that touch the days asked for, sorted by start, and the events left out.

    `zone_assumed` counts the events that name a time zone nobody knows: they are read in the zone asked for,
    and the page should say so.
    """

    busy: tuple[Busy, ...]
    skipped: tuple[Skipped, ...]
    zone_assumed: int = 0

    def taking_time(self) -> tuple[Busy, ...]:
        """Give the occurrences with a length: the ones a timetable has to work around."""
        # By the seconds: two times of one zone are compared by their wall clocks, wrong in the repeated hour.
        return tuple(busy for busy in self.busy if busy.end.timestamp() > busy.start.timestamp())
