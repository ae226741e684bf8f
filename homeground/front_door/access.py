"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, ManyPeople, NoRecord, Reads, Table
from homeground.people.roles import DOOR

_PUBLIC = ("home", "check", "fit", "help", "help_sent", "find", "family")
_DESK = ("inbox", "request", "calls", "closing", "screening", "places")

PAGES: Table = {
    **{f"front_door:{name}": ANYONE for name in _PUBLIC},
    **{f"front_door:{name}": DOOR for name in _DESK},
}

# A request for help is not yet anybody's chart; until somebody applies, the door needs all of it.
_ASKED_FOR_HELP = ManyPeople(frozenset({"presence", "contact"}))

READS: Reads = {
    **{f"front_door:{name}": NoRecord("the public site") for name in _PUBLIC},
    **{f"front_door:{name}": _ASKED_FOR_HELP for name in _DESK},
    "front_door:places": NoRecord("the directory of other places"),
}
