"""Who may open the pages of this room."""

from homeground.ground.access import (
    ANYONE,
    ManyPeople,
    NoRecord,
    OnePerson,
    OwnRecord,
    Reads,
    Table,
    Way,
    Ways,
)
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
    "placement:on_call": frozenset({Role.DIRECTOR}),
    "placement:on_call_removal": frozenset({Role.DIRECTOR}),
    "placement:instruments": frozenset({Role.DIRECTOR}),
    "placement:retirement": frozenset({Role.DIRECTOR}),
    "placement:measure_setting": frozenset({Role.DIRECTOR}),
}

_ANSWERS = frozenset({"presence", "screening"})
_RATED = _ANSWERS | {"level_of_care"}
_SETTINGS = NoRecord("which questionnaires the clinic uses")
_ROSTER = NoRecord("which staff answer when")
_TRIED = NoRecord("a self-check that is kept nowhere")

WAYS: Ways = {
    "screening_id": Way("placement.Screening", "person"),
    "packet_id": Way("placement.Packet", "patient__person"),
    "administration_id": Way("placement.Administration", "patient__person"),
    "critical_id": Way("placement.CriticalAnswer", "patient__person"),
}
READS: Reads = {
    "placement:screenings": ManyPeople(frozenset({"presence"})),
    **{
        f"placement:{name}": OnePerson("screening_id", frozenset({"presence"}), _RATED)
        for name in ("screening", "red_flags", "facts")
    },
    **{
        f"placement:{name}": OnePerson("screening_id", _RATED)
        for name in ("ratings", "decision", "admission")
    },
    "placement:ask": OwnRecord(_ANSWERS),
    "placement:check": _TRIED,
    "placement:check_help": _TRIED,
    "placement:mine": OwnRecord(_ANSWERS),
    "placement:my_visit": OwnRecord(_ANSWERS),
    "placement:measures": OnePerson("patient_id", _ANSWERS),
    "placement:packets": OnePerson("patient_id", _ANSWERS | {"contact"}),
    **{f"placement:{name}": OnePerson("packet_id", _ANSWERS) for name in ("visits", "withdrawal")},
    "placement:administration": OnePerson("administration_id", _ANSWERS),
    "placement:caseload": ManyPeople(_ANSWERS),
    "placement:criticals": ManyPeople(_ANSWERS),
    **{f"placement:{name}": OnePerson("critical_id", _ANSWERS) for name in ("acknowledgement", "dismissals")},
    **{f"placement:{name}": _ROSTER for name in ("on_call", "on_call_removal")},
    **{f"placement:{name}": _SETTINGS for name in ("instruments", "retirement", "measure_setting")},
}
