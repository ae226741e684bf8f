from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import OutsideRequest
from homeground.confidentiality.queries import RequestNotHere
from homeground.confidentiality.rules.asking import Decision
from homeground.confidentiality.rules.vocabulary import Asker, Category, Outcome, Paper, Purpose
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people

BLOCKING_EXCEPTION = "blocking.privacy"


class ClosedBefore(Exception):
    """The request was closed; a new one is opened for more."""


class IdentityNotChecked(Exception):
    """Nobody is linked to a request, and nothing is decided, before an identity check is noted."""


class CheckMissing(Exception):
    """How the identity was checked must be said."""


def receive_outside_request(
    *,
    came_by: str,
    asker_kind: Asker,
    asker_name: str,
    asker_organization: str,
    asker_address: str,
    subject: str,
    purpose: Purpose,
    categories: Collection[Category],
    paper: Paper,
    paper_reference: str,
    paper_on: date | None,
    words: str,
    owner_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Note a request from outside. Nothing here looks whether the person named is known (check F16)."""
    with transaction.atomic():
        row = OutsideRequest.objects.create(
            organization_id=by.organization_id,
            received_at=at,
            recorded_by_id=require_account(by),
            came_by=came_by,
            asker_kind=asker_kind.value,
            asker_name=asker_name,
            asker_organization=asker_organization,
            asker_address=asker_address,
            subject=subject,
            purpose=purpose.value,
            categories=sorted(categories),
            paper=paper.value,
            paper_reference=paper_reference,
            paper_on=paper_on,
            words=words,
            owner_id=owner_id,
        )
        _told("received", row, by=by, at=at)
    return row.pk


def note_identity(*, request_id: UUID, person_id: UUID, checked_by: str, by: Actor, at: datetime) -> None:
    """Note how the asker's identity and right were checked, and whom the request is about.

    Raises RequestNotHere, ClosedBefore, CheckMissing, PersonNotHere.
    """
    if not checked_by.strip():
        raise CheckMissing
    with transaction.atomic():
        row = _open(request_id)
        people.require_person(person_id)
        row.person_id = person_id
        row.identity_checked_by, row.identity_checked_at = checked_by, at
        row.identity_checked_by_id = require_account(by)
        row.save(
            update_fields=[
                "person_id",
                "identity_checked_by",
                "identity_checked_at",
                "identity_checked_by_id",
            ]
        )
        _told("identified", row, by=by, at=at)


def note_decision(*, request_id: UUID, decision: Decision, by: Actor, at: datetime) -> None:
    """Keep what was decided and by which rules; a refusal notes its information-blocking exception (F35).

    Raises RequestNotHere, ClosedBefore, IdentityNotChecked (for anything but a refusal).
    """
    with transaction.atomic():
        row = _open(request_id)
        if decision.outcome is not Outcome.REFUSE and row.person_id is None:
            raise IdentityNotChecked
        row.outcome = decision.outcome.value
        row.reasons = list(dict.fromkeys(reason.card.id for reason in decision.reasons))
        row.exception = BLOCKING_EXCEPTION if decision.outcome is Outcome.REFUSE else ""
        row.decided_at, row.decided_by_id = at, require_account(by)
        row.save(update_fields=["outcome", "reasons", "exception", "decided_at", "decided_by_id"])
        _told("decided", row, by=by, at=at)


def close_outside_request(*, request_id: UUID, by: Actor, at: datetime) -> None:
    """Nothing more is to be done. Raises RequestNotHere, ClosedBefore."""
    with transaction.atomic():
        row = _open(request_id)
        row.closed_at, row.closed_by_id = at, require_account(by)
        row.save(update_fields=["closed_at", "closed_by_id"])
        _told("closed", row, by=by, at=at)


def _open(request_id: UUID) -> OutsideRequest:
    row = OutsideRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise RequestNotHere
    if row.closed_at is not None:
        raise ClosedBefore
    return row


def _told(what: str, row: OutsideRequest, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.outside_request.{what}",
        subject_kind="outside_request",
        subject_id=row.pk,
        patient_id=row.person_id,
        facts={"asker": row.asker_kind, "paper": row.paper, "outcome": row.outcome},
    )
