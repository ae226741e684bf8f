"""Who may open the pages of this room."""

from homeground.confidentiality.rules.vocabulary import CHART
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
from homeground.people.roles import CLINICIANS, DOOR, STAFF, Role

_DIRECTOR = frozenset({Role.DIRECTOR})

_STEPS = ("asked", "identity", "person", "decision", "preview", "sending", "reply", "closing")

PAGES: Table = {
    "interop:feed": ANYONE,
    "interop:feeds": frozenset({Role.PATIENT}),
    "interop:feed_revocation": frozenset({Role.PATIENT}),
    "interop:own_records": frozenset({Role.PATIENT}),
    "interop:release": CLINICIANS,
    "interop:own_accounting": frozenset({Role.PATIENT}),
    "interop:accounting": CLINICIANS,
    "interop:breach_letter": _DIRECTOR,
    "interop:notes": CLINICIANS,
    "interop:received": DOOR,
    "interop:received_record": CLINICIANS,
    "interop:received_file": CLINICIANS,
    "interop:ask": ANYONE,
    "interop:ask_sent": ANYONE,
    "interop:script": STAFF,
    "interop:new": DOOR,
    "interop:emergency": CLINICIANS,
    "interop:requests": _DIRECTOR,
    "interop:facts": _DIRECTOR,
    "interop:order": _DIRECTOR,
    "interop:agreements": _DIRECTOR,
    # A counselor opens requests of medical emergencies alone; of the others the view knows nothing.
    **{f"interop:{name}": CLINICIANS for name in _STEPS},
}

_RECEIVED = OnePerson(by="received_id", must=frozenset({"presence", "received"}))
_OUTSIDE = AsksItself("asks for who asks from outside; what leaves, and a look at it, needs a Permit")

READS: Reads = {
    "interop:feed": AsksItself("who holds the address is the patient: the own record, asked with each call"),
    "interop:feeds": OwnRecord(frozenset({"appointments"})),
    "interop:feed_revocation": OwnRecord(frozenset({"appointments"})),
    "interop:own_records": OwnRecord(frozenset(CHART)),
    "interop:release": AsksItself("shows a packet again, that left by a Permit"),
    "interop:received": OnePerson(by="person_id", must=frozenset({"presence"}), may=frozenset({"received"})),
    "interop:received_record": _RECEIVED,
    "interop:received_file": _RECEIVED,
    "interop:own_accounting": OwnRecord(frozenset({"presence", "contact"})),
    "interop:accounting": OnePerson(by="person_id", must=frozenset({"presence", "contact"})),
    "interop:breach_letter": OnePerson(
        by="person_id", must=frozenset({"presence"}), may=frozenset({"contact"})
    ),
    "interop:notes": OnePerson(by="patient_id", must=frozenset({"presence"})),
    "interop:ask": NoRecord("a public form: adds a request and looks nobody up"),
    "interop:ask_sent": NoRecord("says the same to everybody who asked"),
    "interop:script": NoRecord("a text on what to say, about nobody"),
    "interop:agreements": NoRecord("agreements with others, about no patient"),
    "interop:new": NoRecord("what somebody outside said; nobody is looked up"),
    "interop:emergency": NoRecord("what somebody outside said; nobody is looked up"),
    # Who asks from outside, never about whom: that somebody asked may still tell that a person is here.
    "interop:requests": ManyPeople(frozenset({"presence"})),
    **{f"interop:{name}": _OUTSIDE for name in (*_STEPS, "facts", "order")},
}
WAYS: Ways = {"received_id": Way("interop.ReceivedRecord", "person_id")}
