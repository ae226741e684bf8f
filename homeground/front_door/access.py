"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, ManyPeople, NoRecord, Reads, Table
from homeground.people.roles import CLINICIANS, DOOR

_PUBLIC = ("home", "check", "fit", "help", "help_sent", "find", "family", "worry", "worry_sent")
_WORRIES = ("worries", "worry_read", "worry_closing")
_DESK = ("inbox", "request", "calls", "closing", "screening", "places")

PAGES: Table = {
    **{f"front_door:{name}": ANYONE for name in _PUBLIC},
    **{f"front_door:{name}": DOOR for name in _DESK},
    **{f"front_door:{name}": CLINICIANS for name in _WORRIES},
}

# A request for help is not yet anybody's chart; until somebody applies, the door needs all of it.
_ASKED_FOR_HELP = ManyPeople(frozenset({"presence", "contact"}))

READS: Reads = {
    **{f"front_door:{name}": NoRecord("the public site") for name in _PUBLIC},
    **{f"front_door:{name}": _ASKED_FOR_HELP for name in _DESK},
    # What relatives write is nobody's record until a clinician has looked into it.
    **{f"front_door:{name}": ManyPeople(frozenset({"presence", "contact"})) for name in _WORRIES},
    "front_door:places": NoRecord("the directory of other places"),
}
