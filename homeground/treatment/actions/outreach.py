"""Calls after an absence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.treatment.models import Outreach
from homeground.treatment.rules.vocabulary import CallResult


class CallNotHere(Exception):
    """No such call in the organization in scope."""


class CallNotOwed(Exception):
    """The call was made before, or withdrawn because the mark was corrected."""


def record_call(*, outreach_id: UUID, result: CallResult, by: Actor, at: datetime) -> None:
    """Say what came of a call to someone who was away. Raises CallNotHere, CallNotOwed, NotSignedIn."""
    account = require_account(by)
    with transaction.atomic():
        call = Outreach.objects.select_for_update().filter(pk=outreach_id).first()
        if call is None:
            raise CallNotHere
        if call.made_at is not None or call.withdrawn_at is not None:
            raise CallNotOwed
        Outreach.objects.filter(pk=call.pk).update(made_at=at, made_by_id=account, result=result.value)
        audit.record(
            by=by,
            at=at,
            event="treatment.call.made",
            subject_kind="outreach",
            subject_id=call.pk,
            patient_id=call.patient_id,
            facts={"result": result.value},
        )
