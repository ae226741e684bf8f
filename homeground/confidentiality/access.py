"""Who may open the pages of this room, and whose record they show."""

from homeground.ground.access import AsksItself, ManyPeople, OnePerson, Reads, Table, Way, Ways
from homeground.people.roles import Role

CARERS = frozenset({Role.FACILITATOR, Role.COUNSELOR})
"""Who may open a chart in an emergency: the roles of rules.glass."""
REVIEWERS = frozenset({Role.DIRECTOR})
"""The privacy owner of a clinic is its director."""

PAGES: Table = {
    "confidentiality:glass": CARERS,
    "confidentiality:glass_ending": CARERS,
    "confidentiality:reviews": REVIEWERS,
    "confidentiality:review": REVIEWERS,
}

_EMERGENCY = AsksItself("the way in where the decision said no: asks for a reason and shows no record")
_PRESENCE = frozenset({"presence"})

READS: Reads = {
    "confidentiality:glass": _EMERGENCY,
    "confidentiality:glass_ending": _EMERGENCY,
    "confidentiality:reviews": ManyPeople(_PRESENCE),
    "confidentiality:review": OnePerson(by="glass_id", must=_PRESENCE),
}
WAYS: Ways = {"glass_id": Way("confidentiality.BreakGlass", "person_id")}
