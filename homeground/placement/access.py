"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, Table
from homeground.people.roles import CLINICIANS, DOOR, Role

PAGES: Table = {
    "placement:screenings": DOOR,
    "placement:screening": DOOR,
    "placement:red_flags": DOOR,
    "placement:facts": DOOR,
    "placement:ratings": CLINICIANS,
    "placement:decision": CLINICIANS,
    "placement:admission": CLINICIANS,
    "placement:ask": ANYONE,
    "placement:check": ANYONE,
    "placement:check_help": ANYONE,
    "placement:mine": frozenset({Role.PATIENT}),
    "placement:my_visit": frozenset({Role.PATIENT}),
    "placement:measures": CLINICIANS,
    "placement:packets": CLINICIANS,
    "placement:visits": CLINICIANS,
    "placement:withdrawal": CLINICIANS,
    "placement:administration": CLINICIANS,
    "placement:caseload": CLINICIANS,
    "placement:criticals": CLINICIANS,
    "placement:acknowledgement": CLINICIANS,
    "placement:dismissals": CLINICIANS,
    "placement:instruments": frozenset({Role.DIRECTOR}),
    "placement:retirement": frozenset({Role.DIRECTOR}),
    "placement:measure_setting": frozenset({Role.DIRECTOR}),
}
