"""Who may open the pages of this room."""

from homeground.ground.access import Table
from homeground.people.roles import CLINICIANS, DOOR

PAGES: Table = {
    "chart:episode": DOOR,
    "chart:consents": DOOR,
    "chart:discharge": CLINICIANS,
}
