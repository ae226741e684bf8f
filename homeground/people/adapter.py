"""How sign-in behaves here: nobody signs themself up, and every sign-in is in the audit trail."""

import base64
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from homeground.audit import actions as audit
from homeground.ground import clock, scope, seal
from homeground.people import queries
from homeground.people.models import Account

_NOWHERE = UUID(int=0)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the clinic; sign-ins are recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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
