"""A person's appointments as an iCalendar feed that says nothing about treatment (checks F23, F34)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

WORDS = {"en": "Appointment", "es": "Cita"}
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment as far as the feed may know it."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    cancelled: bool


def calendar(entries: Iterable[Entry], *, language: str) -> bytes:
    """The feed as RFC 5545 text. Times in UTC; one word as title; no place, no clinic, no description.

    A cancelled appointment stays in the feed with STATUS:CANCELLED, so that a calendar that already
    shows it takes it away.
    """
    word = WORDS.get(language, WORDS["en"])
    feed = Calendar()
    feed.add("prodid", "-//Calendar//Calendar 1.0//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", word)
    feed.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", REFRESH)
    for entry in sorted(entries, key=lambda e: (e.starts_at, e.id)):
        event = Event()
        event.add("uid", str(entry.id))
        event.add("dtstamp", entry.changed_at.astimezone(UTC))
        event.add("dtstart", entry.starts_at.astimezone(UTC))
        event.add("dtend", entry.ends_at.astimezone(UTC))
        event.add("summary", word)
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        feed.add_component(event)
    return bytes(feed.to_ical())
