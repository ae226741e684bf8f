"""The left rail (staff) and the bottom bar (patients): at most five entries a role."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.ground.actor import Actor
from homeground.people.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads and whether the page shown lies under it."""

    label: str | Promise
    url: str
    current: bool


_ENTRIES: tuple[tuple[str, str | Promise, frozenset[str]], ...] = ()


def rail(actor: Actor | None, path: str) -> tuple[Entry, ...]:
    """The entries for the actor's roles, in the order of the day. Empty for visitors."""
    if actor is None:
        return ()
    found = [(reverse(name), label) for name, label, roles in _ENTRIES if actor.has(*roles)]
    under = max((url for url, _label in found if path.startswith(url)), key=len, default="")
    return tuple(Entry(label=label, url=url, current=url == under) for url, label in found[:5])
