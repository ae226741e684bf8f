"""Who acts: the value every action takes as `by`."""

from dataclasses import dataclass, field
from uuid import UUID


class NotSignedIn(Exception):
    """What was asked for is done by somebody with an account, never by a visitor or a machine."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The one on whose behalf something is read or written.

    `account_id` is None for a visitor of the public site and for the worker. `person_id` is the
    person behind the account inside this organization. `roles` holds the values of
    `people.roles.Role`. `address` is the network address, kept for the audit trail only.
    """

    organization_id: UUID
    account_id: UUID | None = None
    person_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)

    def has(self, *roles: str) -> bool:
        """True when the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


def require_account(by: Actor) -> UUID:
    """The account behind an actor, kept beside what they did. Raises NotSignedIn when there is none."""
    if by.account_id is None:
        raise NotSignedIn
    return by.account_id
