"""Who may open the pages of this room."""

from homeground.ground.access import (
    ANYONE,
    AsksItself,
    ManyPeople,
    NoRecord,
    OnePerson,
    OwnRecord,
    Reads,
    Table,
)
from homeground.people.roles import CLINICIANS, DOOR, EVERYONE_SIGNED_IN, SCHEDULING, STAFF, Role

_ENDINGS = (
    "ending",
    "ending_signature",
    "ending_copy",
    "ending_refusal",
    "ending_reopening",
    "ending_close",
    "ending_summary",
    "ending_call",
)
KNOWS_PATIENTS = STAFF - {Role.ADMINISTRATOR}

PAGES: Table = {
    "desk:home": EVERYONE_SIGNED_IN,
    "desk:notices_seen": EVERYONE_SIGNED_IN,
    "desk:today": frozenset({Role.PATIENT}),
    "desk:my_week": frozenset({Role.PATIENT}),
    "desk:wishes": frozenset({Role.PATIENT}),
    "desk:privacy": frozenset({Role.PATIENT}),
    "desk:revocation": frozenset({Role.PATIENT}),
    "desk:rights": frozenset({Role.PATIENT}),
    "desk:consent_kinds": frozenset({Role.PATIENT}),
    "desk:consent_form": frozenset({Role.PATIENT}),
    "desk:consent_copy": frozenset({Role.PATIENT}),
    "desk:proposal": frozenset({Role.PATIENT}),
    "desk:signature": frozenset({Role.PATIENT}),
    "desk:refusal": frozenset({Role.PATIENT}),
    "desk:person_consents": DOOR,
    "desk:person_consent_form": DOOR,
    "desk:consent_ending": DOOR,
    "desk:screen": DOOR,
    "desk:withdrawal": DOOR,
    "desk:representatives": DOOR,
    "desk:sign_here": ANYONE,
    "desk:consent_links": frozenset({Role.PATIENT}),
    "desk:links_ending": frozenset({Role.PATIENT}),
    "desk:family_calendar": frozenset({Role.FAMILY}),
    "desk:given": ANYONE,
    "desk:given_calendar": ANYONE,
    "desk:shared": frozenset({Role.FAMILY}),
    "desk:people": KNOWS_PATIENTS,
    "desk:patient": KNOWS_PATIENTS,
    "desk:wish_answer": SCHEDULING,
    "desk:looks": frozenset({Role.DIRECTOR}),
    "desk:look": frozenset({Role.DIRECTOR}),
    "desk:due": CLINICIANS,
    "desk:objective": CLINICIANS,
    "desk:plan_copy": CLINICIANS,
    **dict.fromkeys((f"desk:{name}" for name in _ENDINGS), CLINICIANS),
}

_TIMES = frozenset({"presence", "appointments"})

_CONSENTS = OnePerson("patient_id", frozenset({"presence", "stay"}))

READS: Reads = {
    "desk:home": AsksItself("cards by role, each a piece of a list that stands in this table"),
    "desk:notices_seen": NoRecord("the reader's own notices"),
    "desk:today": OwnRecord(_TIMES | {"attendance"}),
    "desk:my_week": OwnRecord(_TIMES),
    "desk:wishes": OwnRecord(_TIMES),
    "desk:privacy": OwnRecord(frozenset({"presence", "stay"})),
    "desk:revocation": OwnRecord(frozenset({"presence"})),
    "desk:rights": OwnRecord(frozenset({"presence"})),
    "desk:consent_kinds": OwnRecord(frozenset({"presence"})),
    "desk:consent_form": OwnRecord(frozenset({"presence"})),
    "desk:consent_copy": OwnRecord(frozenset({"presence", "stay"})),
    "desk:proposal": OwnRecord(frozenset({"presence", "stay"})),
    "desk:signature": OwnRecord(frozenset({"presence", "stay"})),
    "desk:refusal": OwnRecord(frozenset({"presence", "stay"})),
    **dict.fromkeys(
        [
            "desk:person_consents",
            "desk:person_consent_form",
            "desk:consent_ending",
            "desk:screen",
            "desk:withdrawal",
            "desk:representatives",
        ],
        _CONSENTS,
    ),
    "desk:consent_links": OwnRecord(frozenset({"presence"})),
    "desk:links_ending": OwnRecord(frozenset({"presence"})),
    "desk:family_calendar": AsksItself("the recipient of the consent, by the one way out"),
    "desk:given": AsksItself("by a secret address of one consent; what is shown needs a Permit"),
    "desk:given_calendar": AsksItself("by a secret address of one consent; decided at every request"),
    "desk:sign_here": AsksItself("the one text a screen was handed over for, by a secret of that screen"),
    "desk:shared": AsksItself("family sees what each person's consent lists, person by person"),
    "desk:people": ManyPeople(frozenset({"presence"})),
    "desk:patient": OnePerson(
        "patient_id",
        frozenset({"presence"}),
        frozenset({"stay", "appointments", "attendance", "level_of_care"}),
    ),
    "desk:wish_answer": OnePerson("wish_id", _TIMES),
    "desk:looks": ManyPeople(frozenset({"presence"})),
    "desk:look": OnePerson("person_id", frozenset({"presence"})),
    **{f"desk:{name}": OnePerson("episode_id", frozenset({"presence", "stay", "plan"})) for name in _ENDINGS},
    "desk:due": ManyPeople(frozenset({"presence"})),
    "desk:objective": OnePerson(
        "objective_id", frozenset({"presence", "plan"}), frozenset({"screening", "progress_notes"})
    ),
    "desk:plan_copy": OnePerson("patient_id", frozenset({"presence", "plan", "appointments"})),
}
