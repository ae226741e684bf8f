"""Who waits, in which order, and who is offered which free chair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from homeground.timetable.rules.fit import FitAnswer, Offer

KEPT_FOR = timedelta(hours=72)
URGENCIES = (1, 2, 3)  # soonest, soon, in order


@dataclass(frozen=True, slots=True)
class Place:
    """One who waits: `urgency` 1 comes first, then who waits longest."""

    episode_id: UUID
    urgency: int
    since: datetime


def in_order(places: Iterable[Place]) -> list[Place]:
    """Clinical urgency first, then waiting time; the id settles what is left, so that order never changes."""
    return sorted(places, key=lambda each: (each.urgency, each.since, str(each.episode_id)))


def offered(places: Iterable[Place], answers: Mapping[UUID, FitAnswer]) -> dict[UUID, Offer]:
    """The free chairs dealt out: each in turn gets the best week whose group has a chair left.

    `answers` are the weeks that fit each person alone. A counselor hour is promised to one person only;
    an offer whose hour is gone is still an offer, the hour is then chosen on the fit page.
    """
    chairs: dict[UUID, int] = {}
    dealt: dict[UUID, Offer] = {}
    for place in in_order(places):
        found = answers.get(place.episode_id)
        for offer in found.offers if found else ():
            left = chairs.setdefault(offer.group_id, offer.free_seats)
            if left > 0:
                chairs[offer.group_id] = left - 1
                dealt[place.episode_id] = offer
                break
    return dealt
