"""What each role needs of a person's record for its work (42 CFR 2.12(c)(3); 45 CFR 164.502(b); check G10).

The table is Homeground's own default. Roles are the values of `people.roles.Role`.
"""

from homeground.confidentiality.rules.vocabulary import CHART, Category

_WHO = frozenset({Category.PRESENCE, Category.STAY})
_WHEN = frozenset({Category.APPOINTMENTS})

NEEDS: dict[str, frozenset[Category]] = {
    "front_desk": _WHO | _WHEN | {Category.CONTACT, Category.ATTENDANCE},
    "scheduler": _WHO | _WHEN | {Category.CONTACT},
    "facilitator": _WHO | _WHEN | {Category.ATTENDANCE, Category.PLAN, Category.SAFETY},
    "counselor": CHART,
    "biller": _WHO
    | _WHEN
    | {
        Category.CONTACT,
        Category.ATTENDANCE,
        Category.LEVEL_OF_CARE,
        Category.DIAGNOSIS,
        Category.BILLING,
    },
    "director": CHART,
    "administrator": frozenset(),
}

ONLY_CASELOAD = frozenset({"facilitator"})
"""Roles that see nobody but the people they work with."""


def need(roles: frozenset[str], *, caseload: bool) -> frozenset[Category]:
    """What somebody with these roles needs. `caseload`: they work with the person themselves."""
    found: frozenset[Category] = frozenset()
    for role in roles:
        if caseload or role not in ONLY_CASELOAD:
            found |= NEEDS.get(role, frozenset())
    return found
