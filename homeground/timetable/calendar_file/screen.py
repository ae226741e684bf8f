"""The pre-filter: from the bytes of a file to the few lines that say when, before any library sees them.

Three purposes. Rules that keep a library busy for ever are refused by looking at their text. Titles, places,
people and alarms are dropped here, so they never leave this process. And the library reads exactly the lines
that were screened: unfolded, one spelling, nothing a second parser could understand differently.
"""

import codecs
import re

from homeground.timetable.calendar_file.reading import CalendarRefused, Refusal

MAX_BYTES = 1_000_000
MAX_EVENTS = 5_000
# An event at most hourly on its days. More is a machine's log, not somebody's week.
MAX_TIMES_A_DAY = 24

_EVENT = ("VCALENDAR", "VEVENT")
_ZONE_RULE = frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"})
_KEPT: dict[tuple[str, ...], frozenset[str]] = {
    ("VCALENDAR",): frozenset({"X-WR-TIMEZONE"}),
    ("VCALENDAR", "VTIMEZONE"): frozenset({"TZID"}),
    ("VCALENDAR", "VTIMEZONE", "STANDARD"): _ZONE_RULE,
    ("VCALENDAR", "VTIMEZONE", "DAYLIGHT"): _ZONE_RULE,
    _EVENT: frozenset(
        {
            "UID",
            "SEQUENCE",
            "RECURRENCE-ID",
            "DTSTART",
            "DTEND",
            "DURATION",
            "RRULE",
            "RDATE",
            "EXDATE",
            "STATUS",
            "TRANSP",
            "X-MICROSOFT-CDO-BUSYSTATUS",
        }
    ),
}

_FOLD = re.compile(r"\n+[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
# The value starts after the first colon outside quotes (RFC 5545, 3.1).
_VALUE = re.compile(r'(?:[^":]|"[^"]*")*:(.*)')
_FINER_THAN_DAILY = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_BY_TIME = ("BYHOUR", "BYMINUTE", "BYSECOND")


def screen(content: bytes) -> str:
    """Return the calendars of `content` reduced to times and rules, as plain iCalendar text.

    Raises `CalendarRefused` for everything issue 2 section 4 wants refused that can be told from the text.
    Source of the limits: interop handbook 4.2; of the grammar: RFC 5545, 3.1 and 3.3.10.
    """
    if len(content) > MAX_BYTES:
        raise CalendarRefused(Refusal.TOO_LARGE)
    kept: list[str] = []
    path: tuple[str, ...] = ()
    events = 0
    for line in _unfold(_decode(content)).split("\n"):
        found = _NAME.match(line)
        if not found:
            continue
        name = found.group().upper()
        if name == "BEGIN":
            path = (*path, _value(line).strip().upper())
            events += path == _EVENT
            if events > MAX_EVENTS:
                raise CalendarRefused(Refusal.TOO_MANY_EVENTS)
            if path in _KEPT:
                kept.append(f"BEGIN:{path[-1]}")
        elif name == "END" and path:
            if path in _KEPT:
                if _value(line).strip().upper() != path[-1]:
                    raise CalendarRefused(Refusal.CUT_OFF)
                kept.append(f"END:{path[-1]}")
            path = path[:-1]
        elif path == ("VCALENDAR",) and name == "CALSCALE":
            if _value(line).strip().upper() != "GREGORIAN":
                raise CalendarRefused(Refusal.OTHER_CALENDAR_SCALE)
        elif name in _KEPT.get(path, ()):
            kept.append(_rule(line) if name == "RRULE" else line)
    if path:
        raise CalendarRefused(Refusal.CUT_OFF)
    if not kept:
        raise CalendarRefused(Refusal.NOT_A_CALENDAR)
    return "\r\n".join(kept) + "\r\n"


def _decode(content: bytes) -> str:
    """Read UTF-8 (RFC 5545, 3.1.4), UTF-16 with a mark, or else Latin-1, the common error of old programs."""
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    encoding = next((encoding for mark, encoding in marks if content.startswith(mark)), None)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise CalendarRefused(Refusal.UNREADABLE_TEXT) from None
        text = content.decode("latin-1")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise CalendarRefused(Refusal.NOT_A_CALENDAR)
    if "\0" in text:
        raise CalendarRefused(Refusal.UNREADABLE_TEXT)
    return text


def _unfold(text: str) -> str:
    """Join folded lines (RFC 5545, 3.1), whatever ends them: CR LF, LF or CR alone."""
    return _FOLD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _value(line: str) -> str:
    found = _VALUE.match(line)
    return found.group(1) if found else ""


def _rule(line: str) -> str:
    """Return the recurrence rule in one spelling, or refuse one that is finer than a person's week."""
    found = _VALUE.match(line)
    if not found:
        return line
    parts = [part for part in re.sub(r"\s", "", found.group(1)).upper().split(";") if part]
    times_a_day = 1
    for key, _, value in (part.partition("=") for part in parts):
        if key == "FREQ" and value in _FINER_THAN_DAILY:
            raise CalendarRefused(Refusal.REPEATS_TOO_OFTEN)
        if key == "INTERVAL" and _below_one(value):
            raise CalendarRefused(Refusal.BAD_INTERVAL)
        if key in _BY_TIME:
            times_a_day *= value.count(",") + 1
    if times_a_day > MAX_TIMES_A_DAY:
        raise CalendarRefused(Refusal.REPEATS_TOO_OFTEN)
    return "RRULE:" + ";".join(parts)


def _below_one(value: str) -> bool:
    # int() decides because the library asks int() too: it also takes "0_0" and the digits of other scripts.
    try:
        return int(value) < 1
    except ValueError:
        return False
