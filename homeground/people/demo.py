"""The sign-ins of the demo clinic. They exist only where HG_DEMO is on."""

from homeground.people.roles import Role

PASSWORD = "homeground demo only"
ACCOUNTS: tuple[tuple[Role, str], ...] = (
    (Role.DIRECTOR, "director"),
    (Role.COUNSELOR, "counselor"),
    (Role.FACILITATOR, "facilitator"),
    (Role.SCHEDULER, "scheduler"),
    (Role.FRONT_DESK, "front_desk"),
    (Role.BILLER, "biller"),
    (Role.ADMINISTRATOR, "administrator"),
    (Role.PATIENT, "patient"),
    (Role.FAMILY, "family"),
)
"""Role and username of each, all with the same password."""
