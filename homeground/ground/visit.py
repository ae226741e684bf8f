"""What is known about a request before a view runs: put there by the access middleware."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from homeground.ground.actor import Actor


@dataclass(frozen=True, slots=True)
class House:
    """What every page says about the clinic: who it is, how to reach it, and in which time zone it lives."""

    id: UUID
    name: str
    neutral_name: str
    phone: str
    zone: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here, of which clinic. On public pages the actor is a visitor without account and roles."""

    actor: Actor
    house: House
    news: Mapping[str, int] = field(default_factory=dict)
    """How much is new behind a page, by the page's name; only for those who look after it."""
    parts: frozenset[str] = frozenset()
    """On a page about one person: the parts of the record the decision gives."""
    withheld: frozenset[str] = frozenset()
    """The parts the page would show to somebody else: it says that something is left out, not what."""
    outside_caseload: bool = False
    """The reader does not work with the person themselves: noted for the weekly review (check G11)."""
    rule: str = ""
    """The id of the rule that opens the page, for the trail."""

    def shows(self, part: str) -> bool:
        """Whether this part of the person's record may be shown on this page."""
        return part in self.parts


class Request(HttpRequest):
    """A request as every view of a room gets it: `visit` is set, and the scope of the database is open."""

    visit: Visit
    # The account, which this floor cannot name; Django's own stubs call it User.
    user: Any
