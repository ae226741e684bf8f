"""The clocks of rights and of breaches (checks F12, F13, F25 to F27). Days count from the day of receipt."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from homeground.confidentiality.rules.book import Book
from homeground.confidentiality.rules.vocabulary import RequestKind


class Standing(StrEnum):
    """Where a work item with a clock stands on a day."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"


class Duty(StrEnum):
    """Whom a breach must be told to."""

    PERSONS = "persons"
    AUTHORITY = "authority"
    MEDIA = "media"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a request is answered: the card, the last day, and the last day after the one extension."""

    card: str
    due_on: date
    extends_to: date | None


@dataclass(frozen=True, slots=True)
class DutyDue:
    """One duty of a breach and its last day."""

    duty: Duty
    due_on: date
    card: str


SOON = timedelta(days=7)


def clock_of(kind: RequestKind, received_on: date, book: Book) -> Clock:
    """The clock a rights request starts on the day it is received. Day 30 is still in time, day 31 is not."""
    card = book.card(f"clock.{kind.value}", received_on)
    days, extension = card.value
    due_on = received_on + timedelta(days=days)
    return Clock(card.id, due_on, due_on + timedelta(days=extension) if extension else None)


def standing(due_on: date, on: date, *, answered: bool) -> Standing:
    """Where a work item stands on a day; `due_on` is the last day in time."""
    if answered:
        return Standing.ANSWERED
    if on > due_on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due_on - on <= SOON else Standing.OPEN


def breach_duties(
    *, discovered_on: date, people: int, most_in_one_state: int, low_risk: bool, book: Book, state: str = ""
) -> tuple[DutyDue, ...]:
    """What a breach obliges to and by when (check F27). A low risk, written down, obliges to nothing.

    Where the book has a card for the state in which most of them live, its days hold for telling people when
    they are shorter, and its authority is told from its number of people on.
    """
    if low_risk or people == 0:
        return ()
    many = book.number("breach.many", discovered_on)
    soon = discovered_on + timedelta(days=book.number("breach.persons_days", discovered_on))
    local = f"breach.state.{state.lower()}"
    own = book.card(local, discovered_on) if state and book.holds(local, discovered_on) else None
    sooner = discovered_on + timedelta(days=own.value[0]) if own else soon
    persons = "breach.persons_days" if own is None or soon <= sooner else local
    duties = [DutyDue(Duty.PERSONS, min(soon, sooner), persons)]
    if people >= many:
        duties.append(DutyDue(Duty.AUTHORITY, soon, "breach.many"))
    else:
        year_end = date(discovered_on.year, 12, 31)
        late = year_end + timedelta(days=book.number("breach.few_days", discovered_on))
        duties.append(DutyDue(Duty.AUTHORITY, late, "breach.few_days"))
    if most_in_one_state >= many:
        duties.append(DutyDue(Duty.MEDIA, soon, "breach.many"))
    if own and most_in_one_state >= own.value[1]:
        duties.append(DutyDue(Duty.STATE, sooner, local))
    return tuple(duties)


def years_back(at: datetime, years: int) -> datetime:
    """The same moment some years before; 29 February becomes 28 February."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)


def reminders(expires_at: datetime, at: datetime, days: tuple[int, ...]) -> bool:
    """Whether a consent that will end belongs on the list of those to renew (check F08)."""
    return at < expires_at <= at + timedelta(days=max(days))
