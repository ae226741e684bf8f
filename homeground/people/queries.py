from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from homeground.ground.actor import Actor
from homeground.people.models import Account, Membership, Person


class PersonNotHere(Exception):
    """No such person in the organization in scope."""


def require_person(person_id: UUID) -> None:
    """Raise PersonNotHere unless the person belongs to the organization in scope. One statement.

    Every action that is handed a person's id asks first: PostgreSQL checks foreign keys past the
    row-level policies, so a key to another clinic's person would be accepted.
    """
    if not Person.objects.filter(pk=person_id).exists():
        raise PersonNotHere


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
        name=_name(person),
        address=address,
    )


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a group's gates and a page's heading ask of a person. `name` is what staff call them."""

    id: UUID
    name: str
    born_on: date | None
    gender: str
    language: str


def person(person_id: UUID) -> PersonFacts:
    """One person. Raises PersonNotHere. One statement."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise PersonNotHere
    return PersonFacts(row.pk, _name(row), row.born_on, row.gender, row.language)


def staff(roles: Collection[str]) -> tuple[PersonFacts, ...]:
    """Everybody who holds one of these roles now, by name. One statement."""
    held = Membership.objects.filter(ends_at=None, role__in=roles).values("person_id")
    rows = Person.objects.filter(pk__in=held).order_by("family_name", "given_name", "id")
    return tuple(PersonFacts(row.pk, _name(row), row.born_on, row.gender, row.language) for row in rows)


def _name(row: Person) -> str:
    return f"{row.called or row.given_name} {row.family_name}".strip()
