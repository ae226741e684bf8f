from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from homeground.ground.actor import Actor
from homeground.ground.envelope import keys_of
from homeground.ground.statement import Statement
from homeground.people.models import Account, FormerSafeContact, Membership, Notice, Person, SafeContact
from homeground.people.roles import STAFF, Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes alone do not."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a group's gates, a form and a page's heading ask of a person. `name` is what staff call them."""

    id: UUID
    name: str = field(repr=False)
    born_on: date | None = field(repr=False)
    gender: str = field(repr=False)
    language: str
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    called: str = field(repr=False)
    credentials: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person may be reached without harm."""

    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    may_leave_message: bool = False
    may_text: bool = False
    may_name_us: bool = False
    good_hours: str = field(default="", repr=False)


class PersonNotHere(Exception):
    """No such person in the organization in scope."""


def require_person(person_id: UUID) -> None:
    """Raise PersonNotHere unless the person belongs to the organization in scope. One statement.

    Every action that is handed a person's id asks first: PostgreSQL checks foreign keys past the
    row-level policies, so a key to another clinic's person would be accepted.
    """
    if not Person.objects.filter(pk=person_id).exists():
        raise PersonNotHere


def accounts_exist(usernames: Iterable[str]) -> bool:
    """Whether every one of these names can sign in here, whatever the clinic. One statement."""
    wanted = set(usernames)
    return Account.objects.filter(username__in=wanted, is_active=True).count() == len(wanted)


def person(person_id: UUID) -> PersonFacts:
    """One person. Raises PersonNotHere. One statement."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise PersonNotHere
    return _facts(row)


def persons(person_ids: Collection[UUID]) -> dict[UUID, PersonFacts]:
    """Persons by their ids; what is not here is left out. One statement."""
    return {row.pk: _facts(row) for row in Person.objects.filter(pk__in=person_ids)}


def staff(roles: Collection[str]) -> tuple[PersonFacts, ...]:
    """Everybody who holds one of these roles now, by name. One statement."""
    held = Membership.objects.filter(ends_at=None, role__in=roles).values("person_id")
    rows = Person.objects.filter(pk__in=held).order_by("family_name", "given_name", "id")
    return tuple(_facts(row) for row in rows)


@dataclass(frozen=True, slots=True)
class FormerContact:
    """An answer about safe contact that was replaced, when and by whom (empty: not known)."""

    contact: Contact
    answered_at: datetime | None
    replaced_at: datetime
    replaced_by: str


def former_contacts(person_id: UUID) -> tuple[FormerContact, ...]:
    """A person's former answers about safe contact, the newest first. Up to two statements."""
    who = Membership.objects.filter(account=OuterRef("replaced_by_id"))
    name = who.values(full=Concat("person__given_name", Value(" "), "person__family_name"))[:1]
    rows = FormerSafeContact.objects.filter(person_id=person_id).annotate(name=Subquery(name))
    return tuple(
        FormerContact(_contact(row), row.answered_at, row.replaced_at, row.name or "")
        for row in rows.order_by("-replaced_at", "-id")
    )


def contact(person_id: UUID) -> Contact:
    """A person's answers about safe contact; nothing is allowed to who has not answered.

    Up to two statements.
    """
    row = SafeContact.objects.filter(person_id=person_id).first()
    return _contact(row) if row else Contact()


def contacts(person_ids: Collection[UUID]) -> dict[UUID, Contact]:
    """The same of many persons; who has not answered is left out. Two statements."""
    rows = SafeContact.objects.filter(person_id__in=person_ids)
    keys_of(person_ids)
    return {row.person_id: _contact(row) for row in rows}


def may_text(person_id: UUID) -> str:
    """The number a text message may go to by the person's own word (check B01), or nothing.

    Up to two statements.
    """
    answers = contact(person_id)
    return answers.phone if answers.may_text else ""


def notices_of(person_id: UUID) -> frozenset[str]:
    """The kinds of word that were left for somebody and that they have not seen. One statement."""
    rows = Notice.objects.filter(person_id=person_id, seen_at=None)
    return frozenset(rows.values_list("kind", flat=True))


def has_notices(person_id: UUID) -> bool:
    """Whether word was left for somebody that they have not seen. One statement."""
    return Notice.objects.filter(person_id=person_id, seen_at=None).exists()


def _contact(row: SafeContact | FormerSafeContact) -> Contact:
    return Contact(
        phone=row.phone,
        email=row.email,
        may_leave_message=row.may_leave_message,
        may_text=row.may_text,
        may_name_us=row.may_name_us,
        good_hours=row.good_hours,
    )


def family_member(username: str, at: datetime) -> UUID | None:
    """The person of a family member who signs in here by this name, for staff. One statement."""
    rows = Membership.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), account__username=username, role=Role.FAMILY.value
    )
    return rows.values_list("person_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class Held:
    """One role somebody holds now, with the account they hold it on."""

    membership_id: UUID
    account_id: UUID
    person_id: UUID
    name: str = field(repr=False)
    username: str = field(repr=False)
    role: Role
    since: datetime
    second_factor: bool


def held_roles(*, staff_only: bool = True) -> tuple[Held, ...]:
    """Every role held now, staff alone or everybody, by name. One statement."""
    rows = _held()
    if staff_only:
        rows = rows.filter(role__in=[role.value for role in STAFF])
    return tuple(_role(row) for row in rows)


def roles_of(person_id: UUID) -> tuple[Held, ...]:
    """The roles one person holds now. One statement."""
    return tuple(_role(row) for row in _held().filter(person_id=person_id))


def _held() -> QuerySet[Membership]:
    factors = Authenticator.objects.filter(user=OuterRef("account"), type__in=FACTORS)
    return (
        Membership.objects.filter(ends_at=None)
        .select_related("person", "account")
        .annotate(second_factor=Exists(factors))
        .order_by("person__family_name", "person__given_name", "role", "id")
    )


def _role(row: Membership) -> Held:
    return Held(
        membership_id=row.pk,
        account_id=row.account_id,
        person_id=row.person_id,
        name=_name(row.person),
        username=row.account.username,
        role=Role(row.role),
        since=row.starts_at,
        second_factor=row.second_factor,  # type: ignore[attr-defined]  # annotated in _held
    )


def account(account_id: UUID) -> Account:
    """The account to sign in. One statement; the id comes from a link that was just spent."""
    return Account.objects.get(pk=account_id)


def has_second_factor(account: Account) -> bool:
    """Whether the account has an authenticator app or a passkey. One statement."""
    return bool(Authenticator.objects.filter(user=account, type__in=FACTORS).exists())


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


_MEMBERSHIPS = Statement(
    lambda account_id, organization_id: (
        Membership.objects.filter(account_id=account_id, organization_id=organization_id, ends_at=None)
        .order_by("starts_at", "id")
        .values_list("role", "person_id", "person__called", "person__given_name", "person__family_name")
    )
)


def actor(account: Account, organization_id: UUID, address: str) -> Actor | None:
    """The account as an actor of this organization, None when it holds no role there. One statement.

    The organization must be in scope: a person is visible only inside it.
    """
    rows = _MEMBERSHIPS.rows(account_id=account.pk, organization_id=organization_id)
    if not rows:
        return None
    _, person_id, called, given_name, family_name = rows[0]
    return Actor(
        organization_id=organization_id,
        account_id=account.pk,
        person_id=person_id,
        roles=frozenset(row[0] for row in rows),
        name=f"{called or given_name} {family_name}".strip(),
        address=address,
    )


def _facts(row: Person) -> PersonFacts:
    return PersonFacts(
        id=row.pk,
        name=_name(row),
        born_on=row.born_on,
        gender=row.gender,
        language=row.language,
        given_name=row.given_name,
        family_name=row.family_name,
        called=row.called,
        credentials=row.credentials,
    )


def _name(row: Person) -> str:
    return f"{row.called or row.given_name} {row.family_name}".strip()
