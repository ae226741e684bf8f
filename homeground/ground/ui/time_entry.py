"""Reads a time of day the way people type it: "6p", "18", "6:30 pm", "1830", "noon", "18h30"."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

HALF_DAY = 12 * 60
WHOLE_DAY = 24 * 60


class TimeFault(StrEnum):
    """Why a text is no time of day."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    OUT_OF_RANGE = "out_of_range"


class NotATime(ValueError):
    """The text names no time of day; `fault` says why. The text itself is not repeated."""

    def __init__(self, fault: TimeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Reading:
    """Minutes since midnight (0 to 1440) and how the half of the day was given."""

    minutes: int
    marked: str = ""
    """"a" or "p" when the text says so."""
    either_half: bool = False
    """The text leaves it open: "6", "8:30"."""


_WORDS = {"noon": 720, "mediodia": 720, "mediodía": 720, "midnight": 0, "medianoche": 0}
_SHAPE = re.compile(
    r"(?P<hour>\d{1,2})"
    r"(?:\s*[:.h]\s*(?P<minute>\d{2})|(?P<glued>\d{2}))?"
    r"\s*(?:(?P<half>[ap])\s*\.?\s*(?:m\s*\.?)?|h|hrs?|horas?)?",
    re.ASCII,
)


def read_time(text: str) -> Reading:
    """What a text says about a time of day; "24:00" ends a day. Raises NotATime."""
    cleaned = " ".join(text.lower().split())
    if not cleaned:
        raise NotATime(TimeFault.EMPTY)
    if cleaned in _WORDS:
        return Reading(_WORDS[cleaned])
    match = _SHAPE.fullmatch(cleaned)
    if match is None:
        raise NotATime(TimeFault.UNREADABLE)
    hour, minute, half = int(match["hour"]), int(match["minute"] or match["glued"] or 0), match["half"]
    if minute > 59 or hour * 60 + minute > WHOLE_DAY or (half and not 1 <= hour <= 12):
        raise NotATime(TimeFault.OUT_OF_RANGE)
    if half:
        return Reading((hour % 12) * 60 + minute + (HALF_DAY if half == "p" else 0), marked=half)
    return Reading(hour * 60 + minute, either_half=1 <= hour <= 11 and not match["hour"].startswith("0"))


def parse_time(text: str, *, near: time | None = None) -> time:
    """A time of day. A bare hour is read on the 24-hour clock.

    With `near`, a bare 1 to 11 takes the half of the day closer to it: beside a session at 18:00, "6" means
    the evening. Raises NotATime; "24:00" is refused because it is not a time of this day.
    """
    reading = read_time(text)
    minutes = reading.minutes
    if near is not None and reading.either_half:
        target = near.hour * 60 + near.minute
        minutes = min(minutes, minutes + HALF_DAY, key=lambda m: abs(m - target))
    if minutes == WHOLE_DAY:
        raise NotATime(TimeFault.OUT_OF_RANGE)
    return time(minutes // 60, minutes % 60)
