"""Who may open the pages of this room, and whose record they show."""

from homeground.ground.access import (
    ANYONE,
    AsksItself,
    ManyPeople,
    NoRecord,
    OnePerson,
    OwnRecord,
    Reads,
    Table,
    Way,
    Ways,
)
from homeground.people.roles import CLINICIANS, Role

CARERS = frozenset({Role.FACILITATOR, Role.COUNSELOR})
"""Who may open a chart in an emergency: the roles of rules.glass."""
REVIEWERS = frozenset({Role.DIRECTOR})
"""The privacy owner of a clinic is its director."""

PAGES: Table = {
    "confidentiality:glass": CARERS,
    "confidentiality:glass_ending": CARERS,
    "confidentiality:reviews": REVIEWERS,
    "confidentiality:review": REVIEWERS,
    "confidentiality:requests": CLINICIANS,
    "confidentiality:right": CLINICIANS,
    "confidentiality:owner": CLINICIANS,
    "confidentiality:extension": CLINICIANS,
    "confidentiality:answer": CLINICIANS,
    "confidentiality:person": CLINICIANS,
    "confidentiality:person_requests": CLINICIANS,
    "confidentiality:accounting": CLINICIANS,
    "confidentiality:restriction_ending": CLINICIANS,
    "confidentiality:notice_given": CLINICIANS,
    "confidentiality:person_breaches": REVIEWERS,
    "confidentiality:breaches": REVIEWERS,
    "confidentiality:breach": REVIEWERS,
    "confidentiality:assessment": REVIEWERS,
    "confidentiality:telling": REVIEWERS,
    "confidentiality:closing": REVIEWERS,
    "confidentiality:breach_letter": REVIEWERS,
    "confidentiality:notice": ANYONE,
    "confidentiality:notice_reading": frozenset({Role.PATIENT}),
    "confidentiality:notice_contact": REVIEWERS,
}

_EMERGENCY = AsksItself("the way in where the decision said no: asks for a reason and shows no record")
_NOTICE = NoRecord("the clinic's own notice, the same for everybody")
_PRESENCE = frozenset({"presence"})
_RIGHT = OnePerson(by="right_id", must=_PRESENCE)
_PERSON = OnePerson(by="person_id", must=_PRESENCE)
_REACHED = OnePerson(by="person_id", must=_PRESENCE, may=frozenset({"contact"}))

READS: Reads = {
    "confidentiality:glass": _EMERGENCY,
    "confidentiality:glass_ending": _EMERGENCY,
    "confidentiality:reviews": ManyPeople(_PRESENCE),
    "confidentiality:review": OnePerson(by="glass_id", must=_PRESENCE),
    "confidentiality:requests": ManyPeople(_PRESENCE),
    "confidentiality:right": _RIGHT,
    "confidentiality:owner": _RIGHT,
    "confidentiality:extension": _RIGHT,
    "confidentiality:answer": _RIGHT,
    "confidentiality:person": _REACHED,
    "confidentiality:person_requests": _REACHED,
    "confidentiality:accounting": _PERSON,
    "confidentiality:restriction_ending": _PERSON,
    "confidentiality:notice_given": _REACHED,
    "confidentiality:person_breaches": _REACHED,
    "confidentiality:breaches": ManyPeople(_PRESENCE),
    "confidentiality:breach": ManyPeople(_PRESENCE),
    "confidentiality:assessment": ManyPeople(_PRESENCE),
    "confidentiality:telling": ManyPeople(_PRESENCE),
    "confidentiality:closing": ManyPeople(_PRESENCE),
    "confidentiality:breach_letter": _REACHED,
    "confidentiality:notice": _NOTICE,
    "confidentiality:notice_reading": OwnRecord(_PRESENCE),
    "confidentiality:notice_contact": _NOTICE,
}
WAYS: Ways = {
    "glass_id": Way("confidentiality.BreakGlass", "person_id"),
    "right_id": Way("confidentiality.RightsRequest", "person_id"),
}
