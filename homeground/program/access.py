"""Who may see the clinic's centers, programs and rooms, and who adds to and corrects them."""

from homeground.ground.access import NoRecord, Reads, Table
from homeground.people.roles import KEEPERS, Role

_PLANNERS = KEEPERS | {Role.SCHEDULER}

PAGES: Table = {
    "program:places": _PLANNERS,
    "program:new_center": KEEPERS,
    "program:new_program": KEEPERS,
    "program:new_space": _PLANNERS,
    "program:center": KEEPERS,
    "program:space": _PLANNERS,
}

READS: Reads = dict.fromkeys(PAGES, NoRecord("centers, programs and rooms"))
