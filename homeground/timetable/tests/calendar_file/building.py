"""Small calendars written line by line, and a short way to say what they should give."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from homeground.timetable.calendar_file.expand import Expansion, Window, expand
from homeground.timetable.calendar_file.screen import screen

ZONE = "America/New_York"
EASTERN = ZoneInfo(ZONE)


def calendar(*lines: str, end_of_line: str = "\r\n") -> bytes:
    """Wrap lines in one VCALENDAR."""
    return end_of_line.join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str, uid: str = "one") -> tuple[str, ...]:
    """Wrap lines in one VEVENT."""
    return ("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT")


def expanded(
    content: bytes,
    *,
    starts_on: date = date(2026, 3, 1),
    ends_on: date = date(2026, 4, 1),
    all_day: bool = False,
    at_most: int = 20_000,
) -> Expansion:
    """Screen and expand in this process: what the child does, without its start."""
    window = Window(starts_on=starts_on, ends_on=ends_on, zone=EASTERN, all_day=all_day)
    return expand(screen(content), window, at_most=at_most)


def said(found: Expansion) -> list[str]:
    """Write occurrences as `03-02 18:00-0500/20:00-0500`, with `~` behind a tentative one."""
    return [
        f"{_local(start):%m-%d %H:%M%z}/{_local(end):%H:%M%z}{'~' if soft else ''}"
        for start, end, soft in found.spans
    ]


def _local(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(EASTERN)
