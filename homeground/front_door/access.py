"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, Table
from homeground.people.roles import DOOR

_PUBLIC = ("home", "check", "fit", "help", "help_sent", "find", "family")
_DESK = ("inbox", "request", "calls", "closing", "screening", "places")

PAGES: Table = {
    **{f"front_door:{name}": ANYONE for name in _PUBLIC},
    **{f"front_door:{name}": DOOR for name in _DESK},
}
