"""From screened calendar text to occurrences, with the libraries. Runs in the child process only.

Everything that surprised the libraries in real files is met here: several calendars in one file, properties
that turn out to be broken when first used, zones nobody knows, X-WR-TIMEZONE.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar, Component, Event
from icalendar.prop import vDDDTypes
from icalendar.timezone import tzp

from homeground.timetable.calendar_file.reading import CalendarRefused, Refusal, SkipReason

MAX_OCCURRENCES = 20_000

# What the libraries raise on a broken value: InvalidCalendar is a ValueError, a missing DTSTART a KeyError,
# dates beyond year 9999 an OverflowError, a property given twice an AttributeError.
_BROKEN = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)

_REPEATS = frozenset({"RRULE", "RDATE", "EXDATE"})
# A broken value of one of these does not move the event: it is dropped and the event kept.
_HARMLESS = ("SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
_ZONE_DEFINITION = re.compile(r"^BEGIN:VTIMEZONE\r\n.*?^END:VTIMEZONE\r\n", re.DOTALL | re.MULTILINE)
_MARGIN = timedelta(days=1)

type Span = tuple[int, int, bool]


class _Adapter(recurring_ical_events.EventAdapter):  # type: ignore[misc]  # the library carries no types
    """The library's view of an event, with the event within reach."""

    @property
    def event(self) -> Component:
        return cast("Component", self._component)


class _Occurrence(recurring_ical_events.Occurrence):  # type: ignore[misc]
    """An occurrence that is not copied into an event of its own: most of the time would go there."""

    def as_component(self, keep_recurrence_attributes: bool) -> "_Occurrence":
        return self

    @property
    def event(self) -> Component:
        return cast("_Adapter", self._adapter).event


_EVENTS = recurring_ical_events.ComponentsWithName("VEVENT", adapter=_Adapter, occurrence=_Occurrence)


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, `[starts_on, ends_on)` in `zone`, and whether all-day events count as busy."""

    starts_on: date
    ends_on: date
    zone: ZoneInfo
    all_day: bool

    @property
    def start(self) -> datetime:
        """Midnight at which the first day begins, in the zone."""
        return _midnight(self.starts_on, self.zone)

    @property
    def end(self) -> datetime:
        """Midnight at which the last day is over, in the zone."""
        return _midnight(self.ends_on, self.zone)


@dataclass(frozen=True, slots=True)
class Expansion:
    """Occurrences as (start, end, soft) in seconds since 1970 UTC, and what could not be read."""

    spans: list[Span]
    skipped: list[SkipReason]
    zone_assumed: int


def expand(text: str, window: Window, *, at_most: int = MAX_OCCURRENCES) -> Expansion:
    """List the occurrences of `text` (from `screen`) that touch `window`; a broken event costs only itself.

    Raises `CalendarRefused` when the libraries cannot read the file at all or when there are more than
    `at_most` occurrences. Source: RFC 5545; interop handbook 4.2.
    """
    # Zones defined in a file are remembered by the library for the whole process.
    tzp.use_default()
    spans: list[Span] = []
    skipped: list[SkipReason] = []
    zone_assumed = 0
    for calendar in _parse(text):
        zone = _declared_zone(calendar)
        sound: list[Event] = []
        for event in calendar.events:
            reason = _fault(event)
            if reason:
                skipped.append(reason)
            else:
                zone_assumed += zone is None and _names_unknown_zone(event)
                sound.append(event)
        for series in _by_uid(sound):
            try:
                spans.extend(tuple(_occurrences(_standard(series, zone), window)))
            except _BROKEN:
                skipped.extend([SkipReason.BROKEN_REPEAT] * len(series))
            if len(spans) > at_most:
                raise CalendarRefused(Refusal.TOO_MANY_OCCURRENCES)
    return Expansion(sorted(spans), skipped, zone_assumed)


def _parse(text: str) -> list[Calendar]:
    try:
        return Calendar.from_ical(text, multiple=True)
    except _BROKEN:
        # Usually a zone definition: without it, known names are looked up and the others taken as floating.
        without_zones = _ZONE_DEFINITION.sub("", text)
    try:
        return Calendar.from_ical(without_zones, multiple=True)
    except _BROKEN:
        raise CalendarRefused(Refusal.UNREADABLE) from None


def _declared_zone(calendar: Calendar) -> tzinfo | None:
    """Find the zone of X-WR-TIMEZONE; a name nobody knows counts as not given."""
    name = calendar.get("X-WR-TIMEZONE")
    return tzp.timezone(str(name)) if name else None


def _fault(event: Event) -> SkipReason | None:
    """Say what is broken in the event, after dropping broken values that do not matter."""
    for name in _HARMLESS:
        if any(name == broken for broken, _ in event.errors):
            event.pop(name, None)
    names = {name for name, _ in event.errors} - set(_HARMLESS)
    if names & _REPEATS:
        return SkipReason.BROKEN_REPEAT
    return SkipReason.BROKEN_TIMES if names or "DTSTART" not in event else None


def _names_unknown_zone(event: Event) -> bool:
    start = event["DTSTART"]
    # A property given twice is a list; the expansion will find that broken.
    if not isinstance(start, vDDDTypes) or "TZID" not in start.params:
        return False
    return isinstance(start.dt, datetime) and start.dt.tzinfo is None


def _by_uid(events: Iterable[Event]) -> list[list[Event]]:
    """Put an event and its changed occurrences together; an event without UID stands alone."""
    series: dict[str, list[Event]] = {}
    for number, event in enumerate(events):
        series.setdefault(str(event.get("UID", f"\0{number}")), []).append(event)
    return list(series.values())


def _standard(series: list[Event], zone: tzinfo | None) -> Calendar:
    """Make a calendar of one series, floating and UTC times moved to the calendar's declared zone if any."""
    calendar = Calendar()
    for event in series:
        calendar.add_component(event)
    return x_wr_timezone.to_standard(calendar, timezone=zone) if zone else calendar


def _occurrences(calendar: Calendar, window: Window) -> Iterable[Span]:
    if not any(_takes_time(event) for event in calendar.events):
        return
    # Asked for with a margin and cut here in UTC: the library compares wall clocks of different zones.
    query = recurring_ical_events.of(calendar, components=[_EVENTS])
    first, last = _seconds(window.start), _seconds(window.end)
    for found in query.between(window.start - _MARGIN, window.end + _MARGIN):
        whole_days = not isinstance(found.start, datetime)
        if (whole_days and not window.all_day) or not _takes_time(found.event):
            continue
        start, end = (_seconds(_moment(bound, window.zone)) for bound in (found.start, found.end))
        if start < last and (end > first or start == end == first):
            yield start, max(start, end), _is_tentative(found.event)


def _takes_time(event: Component) -> bool:
    """Whether the event blocks its time: not cancelled, transparent or shown as free (RFC 5545, 3.8.2.7)."""
    return (
        _word(event, "STATUS") != "CANCELLED"
        and _word(event, "TRANSP") != "TRANSPARENT"
        and _word(event, "X-MICROSOFT-CDO-BUSYSTATUS") != "FREE"
    )


def _is_tentative(event: Component) -> bool:
    return "TENTATIVE" in (_word(event, "STATUS"), _word(event, "X-MICROSOFT-CDO-BUSYSTATUS"))


def _word(event: Component, name: str) -> str:
    value = event.get(name, "")
    # Given twice, the first counts.
    return str(value[0] if isinstance(value, list) else value).strip().upper()


def _moment(value: date, zone: ZoneInfo) -> datetime:
    """Take a floating time in `zone` and a date as the midnight it begins with."""
    if not isinstance(value, datetime):
        return _midnight(value, zone)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _seconds(moment: datetime) -> int:
    # Through UTC: a time that a clock change leaves out or repeats is read as RFC 5545, 3.3.5 says.
    return int((moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
