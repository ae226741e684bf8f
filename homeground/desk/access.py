"""Who may open the pages of this room."""

from homeground.ground.access import Table
from homeground.people.roles import CLINICIANS, EVERYONE_SIGNED_IN, SCHEDULING, STAFF, Role

KNOWS_PATIENTS = STAFF - {Role.ADMINISTRATOR}

PAGES: Table = {
    "desk:home": EVERYONE_SIGNED_IN,
    "desk:today": frozenset({Role.PATIENT}),
    "desk:my_week": frozenset({Role.PATIENT}),
    "desk:wishes": frozenset({Role.PATIENT}),
    "desk:privacy": frozenset({Role.PATIENT}),
    "desk:revocation": frozenset({Role.PATIENT}),
    "desk:rights": frozenset({Role.PATIENT}),
    "desk:shared": frozenset({Role.FAMILY}),
    "desk:people": KNOWS_PATIENTS,
    "desk:patient": KNOWS_PATIENTS,
    "desk:wish_answer": SCHEDULING,
    "desk:due": CLINICIANS,
    "desk:objective": CLINICIANS,
    "desk:plan_copy": CLINICIANS,
}
