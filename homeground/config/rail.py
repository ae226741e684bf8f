"""The left rail (staff) and the bottom bar (patients): at most five entries a role."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from homeground.ground.actor import Actor
from homeground.people.roles import DOOR, SCHEDULING, STAFF, Role

LIMIT = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads and whether the page shown lies under it."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: str = ""


_ENTRIES: tuple[tuple[str, str | Promise, str, frozenset[str]], ...] = (
    ("desk:home", _("Home"), "", STAFF),
    ("front_door:inbox", _("Requests"), "", DOOR),
    ("desk:people", _("People"), "", STAFF - {Role.ADMINISTRATOR}),
    ("timetable:week", _("Week"), "", SCHEDULING | {Role.FACILITATOR}),
    ("treatment:sheets", _("Attendance"), "", frozenset({Role.FACILITATOR})),
    ("interop:requests", _("Privacy"), "", frozenset({Role.DIRECTOR})),
    ("treatment:outreach", _("Calls"), "", DOOR),
    ("treatment:week", _("Hours"), "", frozenset({Role.BILLER})),
    ("people:accounts", _("Accounts"), "", frozenset({Role.ADMINISTRATOR})),
    ("desk:today", _("Today"), "today", frozenset({Role.PATIENT})),
    ("desk:my_week", _("My week"), "calendar", frozenset({Role.PATIENT})),
    ("plan:my_plan", _("My plan"), "plan", frozenset({Role.PATIENT})),
    ("placement:mine", _("Check-ins"), "check", frozenset({Role.PATIENT})),
    ("desk:shared", _("For family"), "", frozenset({Role.FAMILY})),
    ("people:me", _("Me"), "person", frozenset({Role.PATIENT, Role.FAMILY})),
)

# Pages that belong to an entry without lying under its address.
_ALSO = {
    "interop:requests": ("/confidentiality/", "/desk/looks/"),
    "desk:people": ("/interop/people/", "/interop/received/"),
}


def rail(actor: Actor | None, path: str, news: Mapping[str, int]) -> tuple[Entry, ...]:
    """The entries for the actor's roles, in the order of the day, with what is new. Empty for visitors."""
    if actor is None:
        return ()
    found = [(reverse(name), name, label, icon) for name, label, icon, roles in _ENTRIES if actor.has(*roles)]
    lies = [(at, url) for url, name, *_rest in found for at in (url, *_ALSO.get(name, ()))]
    _at, under = max((each for each in lies if path.startswith(each[0])), default=("", ""), key=_length)
    return tuple(
        Entry(label, url, icon, current=url == under, count=_new(news.get(name, 0)))
        for url, name, label, icon in found[:LIMIT]
    )


def _length(lies: tuple[str, str]) -> int:
    return len(lies[0])


def _new(count: int) -> str:
    return ngettext("%(n)s new", "%(n)s new", count) % {"n": count} if count else ""
