from uuid import UUID

from homeground.ground.actor import Actor
from homeground.people.models import Account, Membership, Person


class NotSignedIn(Exception):
    """What was asked for is done by somebody with an account, never by a visitor or a machine."""


class PersonNotHere(Exception):
    """No such person in the organization in scope."""


def require_person(person_id: UUID) -> None:
    """Raise PersonNotHere unless the person belongs to the organization in scope. One statement.

    Every action that is handed a person's id asks first: PostgreSQL checks foreign keys past the
    row-level policies, so a key to another clinic's person would be accepted.
    """
    if not Person.objects.filter(pk=person_id).exists():
        raise PersonNotHere


def account_of(by: Actor) -> UUID:
    """The account behind an actor. Raises NotSignedIn when there is none."""
    if by.account_id is None:
        raise NotSignedIn
    return by.account_id


def organization_of(account: Account) -> UUID | None:
    """The organization an account belongs to first, None when it belongs to none. One statement.

    Works before an organization is in scope: an account may see its own memberships.
    """
    return (
        Membership.objects.filter(account=account, ends_at=None)
        .order_by("starts_at", "id")
        .values_list("organization_id", flat=True)
        .first()
    )


def actor(account: Account, organization_id: UUID, address: str) -> Actor | None:
    """The account as an actor of this organization, None when it holds no role there. One statement.

    The organization must be in scope: a person is visible only inside it.
    """
    rows = list(
        Membership.objects.filter(account=account, organization_id=organization_id, ends_at=None)
        .select_related("person")
        .order_by("starts_at", "id")
    )
    if not rows:
        return None
    person = rows[0].person
    return Actor(
        organization_id=organization_id,
        account_id=account.pk,
        person_id=person.pk,
        roles=frozenset(row.role for row in rows),
        name=f"{person.called or person.given_name} {person.family_name}".strip(),
        address=address,
    )
