from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.vocabulary import Asker, Category, Channel, Purpose
from homeground.ground import scope
from homeground.interop.models import CalendarFeed
from homeground.interop.rules.calendar_feed import Entry
from homeground.interop.rules.secrecy import digest
from homeground.timetable import queries as timetable

_TIMES = Category.APPOINTMENTS
_ASKED = Request(Asker.PATIENT, Purpose.OWN_REQUEST, frozenset({_TIMES}), channel=Channel.FEED)
PAST = timedelta(days=30)
AHEAD = timedelta(days=60)


class NoSuchFeed(Exception):
    """The address was never valid or has been revoked: both look the same from outside."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar address shows: a month back, two ahead."""

    language: str
    entries: tuple[Entry, ...]


def has_feed(patient_id: UUID) -> bool:
    """True while a calendar address of the patient is in force."""
    return CalendarFeed.objects.filter(patient_id=patient_id, revoked_at=None).exists()


def feed(secret: str, organization_id: UUID, at: datetime) -> Feed:
    """The feed behind a secret address. Raises NoSuchFeed.

    The secret is the only right the visitor has, so this query itself opens the inside of the house,
    for one patient and nothing but times. Who holds it is the person: the decision on their own record.
    """
    if not decide(_ASKED, (), (), (), Relationship(), at, book=confidentiality.book()).allows(_TIMES):
        raise NoSuchFeed
    scope.narrow(organization_id=organization_id, account_id=None, channel=scope.Channel.INSIDE)
    row = (
        CalendarFeed.objects.filter(digest=digest(secret), revoked_at=None)
        .values_list("patient_id", "patient__person__language")
        .first()
    )
    if row is None:
        raise NoSuchFeed
    patient_id, language = row
    week = timetable.patient_week(patient_id, at - PAST, at + AHEAD)
    return Feed(
        language=language,
        entries=tuple(
            Entry(
                id=each.appointment.id,
                starts_at=each.appointment.starts_at,
                ends_at=each.appointment.ends_at,
                changed_at=at,
                cancelled=bool(each.appointment.cancelled),
            )
            for each in week
        ),
    )
