"""The clinic's leaflets: taken in with the right to use them, and withdrawn."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.treatment.models import Handout
from homeground.treatment.queries.curriculum import HandoutNotHere
from homeground.treatment.rules.handout import Rights, Unfit, unfit


class NotFit(Exception):
    """The file is refused; `reason` says why."""

    def __init__(self, reason: Unfit) -> None:
        super().__init__(reason.value)
        self.reason = reason


class AlreadyThere(Exception):
    """The same file is in the library."""


def add_handout(
    *, topic: str, title: str, rights: Rights, holder: str, content: bytes, by: Actor, at: datetime
) -> UUID:
    """Take a PDF into the library, with why the clinic may hand it out.

    Raises NotFit, AlreadyThere, NotSignedIn.
    """
    account = require_account(by)
    reason = unfit(content)
    if reason is not None:
        raise NotFit(reason)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Handout.objects.create(
                    organization_id=by.organization_id,
                    topic=topic,
                    title=title,
                    rights=rights.value,
                    holder=holder,
                    content=content,
                    digest=hashlib.sha256(content).hexdigest(),
                    added_at=at,
                    added_by_id=account,
                )
        except IntegrityError:
            raise AlreadyThere from None
        _record(by, at, "treatment.handout.added", row.pk)
    return row.pk


def withdraw_handout(*, handout_id: UUID, by: Actor, at: datetime) -> None:
    """Take a leaflet out of the library; it is kept for the record. Raises HandoutNotHere, NotSignedIn."""
    account = require_account(by)
    with transaction.atomic():
        changed = Handout.objects.filter(pk=handout_id, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by_id=account
        )
        if not changed:
            raise HandoutNotHere
        _record(by, at, "treatment.handout.withdrawn", handout_id)


def _record(by: Actor, at: datetime, event: str, handout_id: UUID) -> None:
    audit.record(by=by, at=at, event=event, subject_kind="handout", subject_id=handout_id)
