"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, Table
from homeground.people.roles import DOOR, EVERYONE_SIGNED_IN, KEEPERS

PAGES: Table = {
    "people:accounts": KEEPERS,
    "people:ending": KEEPERS,
    "people:links": DOOR | KEEPERS,
    "people:person": DOOR,
    "people:account": DOOR,
    "people:me": EVERYONE_SIGNED_IN,
    "people:sign_in": ANYONE,
}
