"""Who may open the pages of this room. A facilitator opens only sheets of appointments they lead."""

from homeground.ground.access import Table
from homeground.people.roles import Role

_SHEETS = frozenset({Role.FACILITATOR, Role.COUNSELOR, Role.DIRECTOR, Role.FRONT_DESK})
_HOURS = frozenset({Role.COUNSELOR, Role.DIRECTOR, Role.BILLER})
_CARE = frozenset({Role.COUNSELOR, Role.DIRECTOR})
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
    "treatment:curriculum": _NOTES,
    "treatment:coverage": _CARE,
}
