"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, Table
from homeground.people.roles import Role

PAGES: Table = {
    "interop:feed": ANYONE,
    "interop:feeds": frozenset({Role.PATIENT}),
    "interop:feed_revocation": frozenset({Role.PATIENT}),
    "interop:own_records": frozenset({Role.PATIENT}),
    "interop:release": frozenset({Role.DIRECTOR}),
}
