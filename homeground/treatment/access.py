"""Who may open the pages of this room. A facilitator opens only sheets of appointments they lead."""

from homeground.ground.access import AsksItself, ManyPeople, NoRecord, OnePerson, Reads, Table, Way, Ways
from homeground.people.roles import Role

_SHEETS = frozenset({Role.FACILITATOR, Role.COUNSELOR, Role.DIRECTOR, Role.FRONT_DESK})
_HOURS = frozenset({Role.COUNSELOR, Role.DIRECTOR, Role.BILLER})
_CARE = frozenset({Role.COUNSELOR, Role.DIRECTOR})
_HEADS = frozenset({Role.DIRECTOR})
_NOTES = frozenset({Role.FACILITATOR, Role.COUNSELOR, Role.DIRECTOR})
_CALLS = frozenset({Role.COUNSELOR, Role.DIRECTOR, Role.FRONT_DESK})

PAGES: Table = {
    "treatment:sheets": _SHEETS,
    "treatment:sheet": _SHEETS,
    "treatment:week": _HOURS,
    "treatment:hours": _HOURS,
    "treatment:short_weeks": _CARE,
    "treatment:make_ups": _CARE,
    "treatment:outreach": _CALLS,
    "treatment:calls": _CALLS,
    "treatment:notes": _NOTES,
    "treatment:session_notes": _NOTES,
    "treatment:checks": _NOTES,
    "treatment:signatures": _NOTES,
    "treatment:takeovers": _CARE,
    "treatment:note": _NOTES,
    "treatment:addenda": _NOTES,
    "treatment:cosignature": _CARE,
    "treatment:returns": _CARE,
    "treatment:person_notes": _NOTES,
    "treatment:draft": _NOTES,
    "treatment:draft_checks": _NOTES,
    "treatment:signature": _NOTES,
    "treatment:withdrawal": _NOTES,
    "treatment:private_notes": _CARE,
    "treatment:private_note": _CARE,
    "treatment:compliance": _HEADS,
    "treatment:supervision": _HEADS,
    "treatment:supervisions": _HEADS,
    "treatment:licences": _HEADS,
    "treatment:curriculum": _NOTES,
    "treatment:handouts": _CARE,
    "treatment:handout": _NOTES,
    "treatment:handout_withdrawal": _CARE,
    "treatment:coverage": _CARE,
}

_HERE = frozenset({"presence", "attendance"})
_NOTE = frozenset({"presence", "progress_notes"})
_CALL = frozenset({"presence", "contact", "attendance"})
# Notes of one session are written by who leads it, about whoever was there: the view looks that they lead.
_SESSION = ManyPeople(frozenset({"presence", "attendance", "plan"}))

WAYS: Ways = {
    "note_id": Way("treatment.Note", "patient__person", author="author"),
    "outreach_id": Way("treatment.Outreach", "patient__person"),
}
READS: Reads = {
    "treatment:sheets": ManyPeople(frozenset({"presence"})),
    "treatment:sheet": ManyPeople(_HERE),
    "treatment:week": ManyPeople(_HERE),
    **{f"treatment:{name}": OnePerson("patient_id", _HERE) for name in ("hours", "short_weeks", "make_ups")},
    "treatment:outreach": ManyPeople(_CALL),
    "treatment:calls": OnePerson("outreach_id", _CALL),
    "treatment:notes": ManyPeople(frozenset({"presence"})),
    **{f"treatment:{name}": _SESSION for name in ("session_notes", "checks", "signatures", "takeovers")},
    **{
        f"treatment:{name}": OnePerson("note_id", _NOTE)
        for name in ("note", "addenda", "cosignature", "returns")
    },
    **{
        f"treatment:{name}": OnePerson("note_id", _NOTE, frozenset({"plan"}))
        for name in ("draft", "draft_checks", "signature", "withdrawal")
    },
    # That a note was written is told, no word of it; the view shows a facilitator only their own.
    "treatment:person_notes": OnePerson("patient_id", frozenset({"presence"})),
    "treatment:private_notes": OnePerson("patient_id", frozenset({"presence"})),
    "treatment:private_note": AsksItself("a private note exists for its author alone, by row"),
    "treatment:compliance": ManyPeople(frozenset({"presence", "progress_notes"})),
    **{
        f"treatment:{name}": NoRecord("letters and supervision of colleagues")
        for name in ("supervision", "supervisions", "licences")
    },
    "treatment:curriculum": NoRecord("topics the groups have had"),
    **{
        f"treatment:{name}": NoRecord("leaflets about a topic, about nobody")
        for name in ("handouts", "handout", "handout_withdrawal")
    },
    "treatment:coverage": OnePerson("patient_id", _NOTE),
}
