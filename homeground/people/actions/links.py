import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.people.models import Membership, SignInLink
from homeground.people.roles import KEEPERS, STAFF

LIFETIME = timedelta(hours=4)
"""Long enough to read a message after work, short enough for a telephone that is lost."""


class AccountNotHere(Exception):
    """No such account with a role in the organization in scope."""


class NotYourLinkToMake(Exception):
    """Only who keeps the accounts makes a link for staff."""


class LinkSpent(Exception):
    """The link was used, has run out, was replaced by a newer one, or never was."""


def make_link(*, account_id: UUID, by: Actor, at: datetime) -> str:
    """Make a one-time link for an account and give its secret, which is shown once and not kept.

    A newer link replaces all earlier ones. Raises AccountNotHere, NotYourLinkToMake.
    """
    with transaction.atomic():
        roles = set(
            Membership.objects.filter(account_id=account_id, ends_at=None).values_list("role", flat=True)
        )
        if not roles:
            raise AccountNotHere
        if roles & STAFF and not by.has(*KEEPERS):
            raise NotYourLinkToMake
        SignInLink.objects.filter(account_id=account_id, used_at=None).delete()
        secret = secrets.token_urlsafe(32)
        SignInLink.objects.create(
            account_id=account_id, digest=_digest(secret), made_at=at, expires_at=at + LIFETIME
        )
        audit.record(by=by, at=at, event="people.link.made", subject_kind="account", subject_id=account_id)
    return secret


def use_link(*, secret: str, by: Actor, at: datetime) -> UUID:
    """Spend a link and give the account it was made for. Raises LinkSpent.

    `by` is the visitor; the sign-in that follows is what enters the audit trail of the clinic.
    """
    with transaction.atomic():
        link = (
            SignInLink.objects.select_for_update()
            .filter(digest=_digest(secret), used_at=None, expires_at__gt=at)
            .first()
        )
        if link is None:
            raise LinkSpent
        SignInLink.objects.filter(pk=link.pk).update(used_at=at)
    return link.account_id


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
