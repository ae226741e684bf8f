"""Who may open the pages of this room."""

from homeground.ground.access import OnePerson, Reads, Table, Way, Ways
from homeground.people.roles import DOOR

PAGES: Table = {
    "chart:episode": DOOR,
    "chart:consents": DOOR,
}

_STAY = frozenset({"presence", "stay"})

WAYS: Ways = {
    "patient_id": Way("chart.Patient", "person"),
    "episode_id": Way("chart.Episode", "patient__person"),
}
READS: Reads = {
    "chart:episode": OnePerson("episode_id", _STAY, frozenset({"level_of_care"})),
    "chart:consents": OnePerson("episode_id", _STAY, frozenset({"level_of_care"})),
}
