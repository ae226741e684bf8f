"""How sign-in behaves here: nobody signs themself up, and every sign-in is in the audit trail."""

import base64
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from homeground.audit import actions as audit
from homeground.ground import clock, scope, seal
from homeground.ground.actor import Actor
from homeground.people import queries
from homeground.people.models import Account

_NOWHERE = UUID(int=0)
_LOCKED_OUT_SECONDS = 300  # as long as ACCOUNT_RATE_LIMITS["login_failed"] holds an account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the clinic; sign-ins are recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many failures; the refusal itself is in the audit trail, once a window."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._tell_locked_out(request, str(credentials.get("username", "")))
            raise

    def _tell_locked_out(self, request: HttpRequest, username: str) -> None:
        account = Account.objects.filter(username=username).first()
        if account is None or not cache.add(f"people.locked_out.{account.pk}", 1, _LOCKED_OUT_SECONDS):
            return
        with scope.entered(organization_id=None, account_id=account.pk):
            organization_id = queries.organization_of(account)
            if organization_id is None:
                return
            scope.narrow(organization_id=organization_id, account_id=account.pk, channel=scope.Channel.INSIDE)
            # Whoever tried is not signed in: the entry names the account tried, not an actor.
            audit.record(
                by=Actor(organization_id=organization_id, address=request.META.get("REMOTE_ADDR", "")),
                at=clock.now(),  # noqa: TID251  (allauth calls this from its views)
                event="people.account.locked_out",
                subject_kind="account",
                subject_id=account.pk,
            )

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        at = clock.now()  # noqa: TID251  (allauth calls this from its views)
        request.session["signed_in_at"] = request.session["seen_at"] = int(clock.real().timestamp())
        with scope.entered(organization_id=None, account_id=user.pk):
            organization_id = queries.organization_of(user)
            if organization_id is not None:
                scope.narrow(
                    organization_id=organization_id, account_id=user.pk, channel=scope.Channel.INSIDE
                )
                actor = queries.actor(user, organization_id, request.META.get("REMOTE_ADDR", ""))
                assert actor is not None
                request.session["organization"] = str(organization_id)
                audit.record(
                    by=actor,
                    at=at,
                    event="people.account.signed_in",
                    subject_kind="account",
                    subject_id=user.pk,
                )
        return super().post_login(request, user, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors are sealed before they are stored."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(
            seal.close(text, table="mfa_authenticator", row=_NOWHERE, column="data")
        ).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal.unseal(
            base64.b64decode(encrypted_text), table="mfa_authenticator", row=_NOWHERE, column="data"
        )
