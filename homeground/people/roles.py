"""The roles of a clinic, in words. Few on purpose: each is a job someone has, shown to people as it is.

Source: 45 CFR 164.502(b) (minimum necessary); what each role sees follows the clinic's need to know.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """A job in the clinic, or a person the clinic serves."""

    PATIENT = "patient"
    FAMILY = "family"
    FRONT_DESK = "front_desk"
    SCHEDULER = "scheduler"
    FACILITATOR = "facilitator"
    COUNSELOR = "counselor"
    BILLER = "biller"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


NAMES: dict[Role, Promise] = {
    Role.PATIENT: _("Patient"),
    Role.FAMILY: _("Family member"),
    Role.FRONT_DESK: _("Front desk"),
    Role.SCHEDULER: _("Scheduler"),
    Role.FACILITATOR: _("Group facilitator"),
    Role.COUNSELOR: _("Counselor"),
    Role.BILLER: _("Biller"),
    Role.DIRECTOR: _("Director"),
    Role.ADMINISTRATOR: _("System administrator"),
}

SEES: dict[Role, Promise] = {
    Role.PATIENT: _("Their own appointments, hours and record, and who looked at it."),
    Role.FAMILY: _("Only what the patient's consent lists, item by item. Without one: general help only."),
    Role.FRONT_DESK: _(
        "Requests for help, names, contact ways, appointments and arrivals; asks the first screening"
        " questions. No notes, no ratings, no level of care."
    ),
    Role.SCHEDULER: _(
        "Weeks, seats, obligations as busy times, staff hours and rooms. No notes, no screening answers."
    ),
    Role.FACILITATOR: _("The people in their own groups, attendance and hours."),
    Role.COUNSELOR: _("Their patients' screening, level of care, week, attendance and hours."),
    Role.BILLER: _("Names, attended hours and program facts needed for a claim. No screening answers."),
    Role.DIRECTOR: _("Everything but counseling notes, and the audit trail."),
    Role.ADMINISTRATOR: _("Accounts and settings. No clinical content."),
}

STAFF = frozenset(
    {
        Role.FRONT_DESK,
        Role.SCHEDULER,
        Role.FACILITATOR,
        Role.COUNSELOR,
        Role.BILLER,
        Role.DIRECTOR,
        Role.ADMINISTRATOR,
    }
)
CLINICIANS = frozenset({Role.COUNSELOR, Role.DIRECTOR})
DOOR = frozenset({Role.FRONT_DESK, Role.COUNSELOR, Role.DIRECTOR})
SCHEDULING = frozenset({Role.SCHEDULER, Role.FRONT_DESK, Role.COUNSELOR, Role.DIRECTOR})
LEADING = frozenset({Role.FACILITATOR, Role.COUNSELOR, Role.DIRECTOR})
"""Who may lead a group."""
EVERYONE_SIGNED_IN = frozenset(Role)
KEEPERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
"""Who makes accounts and ends them."""
