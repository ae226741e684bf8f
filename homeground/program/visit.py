"""What is known about a request before a view runs: put there by the access middleware."""

from dataclasses import dataclass

from django.http import HttpRequest

from homeground.ground.actor import Actor
from homeground.people.models import Account
from homeground.program.queries import House


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here, of which clinic. On public pages the actor is a visitor without account and roles."""

    actor: Actor
    house: House


class Request(HttpRequest):
    """A request as every view of a room gets it: `visit` is set, and the scope of the database is open."""

    visit: Visit
    user: Account
