from uuid import UUID

from homeground.ground.actor import Actor
from homeground.people.models import Account, Membership


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
