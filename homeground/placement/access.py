"""Who may open the pages of this room."""

from homeground.ground.access import Table
from homeground.people.roles import CLINICIANS, DOOR

PAGES: Table = {
    "placement:screenings": DOOR,
    "placement:screening": DOOR,
    "placement:red_flags": DOOR,
    "placement:facts": DOOR,
    "placement:ratings": CLINICIANS,
    "placement:decision": CLINICIANS,
    "placement:admission": CLINICIANS,
}
