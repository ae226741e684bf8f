from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.people.actions.persons import register_person
from homeground.people.models import Account, Membership
from homeground.people.queries import require_person
from homeground.people.roles import KEEPERS, STAFF, Role


class UsernameTaken(Exception):
    """Somebody signs in with this name already."""


class NameTooPlain(Exception):
    """A sign-in name has at least three letters, digits, dots, dashes or underscores and no spaces."""


class RoleHeldAlready(Exception):
    """The person holds this role already."""


class NotYourRoleToGive(Exception):
    """Only who keeps the accounts gives a role of the staff."""


class MembershipNotHere(Exception):
    """No such role in force in the organization in scope."""


class LastKeeper(Exception):
    """Somebody must remain who can make accounts."""


def make_account(*, person_id: UUID, username: str, role: Role, by: Actor, at: datetime) -> UUID:
    """Let a person sign in with a role; gives the account's id. It has no password until one is set.

    An account always belongs to one person (check G01). A person who has an account gets the role on it
    and keeps their name. Raises PersonNotHere, NotYourRoleToGive, NameTooPlain, UsernameTaken,
    RoleHeldAlready.
    """
    if role in STAFF and not by.has(*KEEPERS):
        raise NotYourRoleToGive
    with transaction.atomic():
        require_person(person_id)
        held = Membership.objects.select_for_update().filter(person_id=person_id, ends_at=None)
        if held.filter(role=role.value).exists():
            raise RoleHeldAlready
        first = Membership.objects.filter(person_id=person_id).select_related("account").first()
        account = first.account if first else _new(username, at)
        Membership.objects.create(
            organization_id=by.organization_id,
            account=account,
            person_id=person_id,
            role=role.value,
            starts_at=at,
        )
        _record("people.membership.begun", account, person_id, role.value, by=by, at=at)
    return account.pk


def welcome(*, given_name: str, family_name: str, username: str, role: Role, by: Actor, at: datetime) -> UUID:
    """Register somebody who starts to work here and make their account. Raises what both steps raise."""
    with transaction.atomic():
        person_id = register_person(
            given_name=given_name,
            family_name=family_name,
            may_leave_message=False,
            may_text=False,
            may_name_us=False,
            by=by,
            at=at,
        )
        return make_account(person_id=person_id, username=username, role=role, by=by, at=at)


def set_password(*, account_id: UUID, password: str, by: Actor, at: datetime) -> None:
    """Give an account of this organization its first password. Raises MembershipNotHere.

    The caller has checked that the password is good enough.
    """
    with transaction.atomic():
        held = Membership.objects.filter(account_id=account_id, ends_at=None).first()
        if held is None:
            raise MembershipNotHere
        account = Account.objects.get(pk=account_id)
        account.set_password(password)
        account.save(update_fields=["password"])
        _record("people.password.set", account, held.person_id, held.role, by=by, at=at)


def end_membership(*, membership_id: UUID, by: Actor, at: datetime) -> None:
    """End a role at once. When it was the account's last one, all its sessions end (check G09).

    Raises MembershipNotHere, LastKeeper.
    """
    with transaction.atomic():
        keepers = Membership.objects.select_for_update().filter(ends_at=None, role__in=KEEPERS)
        keeping = {row.pk for row in keepers}
        membership = Membership.objects.select_for_update().filter(pk=membership_id, ends_at=None).first()
        if membership is None:
            raise MembershipNotHere
        if keeping == {membership.pk}:
            raise LastKeeper
        Membership.objects.filter(pk=membership.pk).update(ends_at=at)
        if not Membership.objects.filter(account_id=membership.account_id, ends_at=None).exists():
            for session in UserSession.objects.filter(user_id=membership.account_id):
                session.end()
        _record(
            "people.membership.ended",
            membership.account,
            membership.person_id,
            membership.role,
            by=by,
            at=at,
        )


def _new(username: str, at: datetime) -> Account:
    name = username.strip().lower()
    if len(name) < 3 or not all(letter.isalnum() or letter in "._-" for letter in name):
        raise NameTooPlain
    try:
        with transaction.atomic():
            return Account.objects.create_user(name, None, created_at=at)
    except IntegrityError:
        raise UsernameTaken from None


def _record(event: str, account: Account, person_id: UUID, role: str, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="account",
        subject_id=account.pk,
        patient_id=person_id if role == Role.PATIENT else None,
        facts={"role": role, "person": str(person_id)},
    )
