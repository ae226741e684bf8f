"""What each role needs of a person's record for its work (42 CFR 2.12(c)(3); 45 CFR 164.502(b); check G10).

The table is Homeground's own default. Roles are the values of `people.roles.Role`.
"""

from homeground.confidentiality.rules.vocabulary import CHART, Category, Purpose

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

WITH_EVERYBODY = frozenset({"front_desk", "scheduler", "biller", "director"})
"""Roles whose work is with all people of the clinic: nobody is outside their caseload."""

ONLY_CASELOAD = frozenset({"facilitator"})
"""Roles that see nobody but the people they work with: of a group they lead, or whom they stand in for."""

ONLY_CURRENT = frozenset({"counselor", "scheduler"})
"""Roles that cover for each other while somebody is treated here, and have no work with whoever has left.

Counselors of a program stand in for each other, are on call and supervise, so they see whoever is in
treatment, has asked for it, or left within the days of `need.current`; their own people for ever.
"""

PURPOSES: dict[str, Purpose] = {"biller": Purpose.PAYMENT, "director": Purpose.OPERATIONS}
"""What a role opens a page for, where it is not treatment: a restriction may name a purpose."""


def need(roles: frozenset[str], *, caseload: bool, current: bool) -> frozenset[Category]:
    """What somebody with these roles needs.

    `caseload`: they work with the person themselves. `current`: the person is treated here now, has asked
    for it, or left a short while ago.
    """
    found: frozenset[Category] = frozenset()
    for role in roles:
        if caseload or (role not in ONLY_CASELOAD and (current or role not in ONLY_CURRENT)):
            found |= NEEDS.get(role, frozenset())
    return found


def purpose(roles: frozenset[str]) -> Purpose:
    """What somebody with these roles opens a page for; treatment as soon as one role is for that."""
    found = {PURPOSES.get(role, Purpose.TREATMENT) for role in roles}
    return found.pop() if len(found) == 1 else Purpose.TREATMENT
