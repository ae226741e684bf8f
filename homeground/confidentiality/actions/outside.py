from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import OutsideRequest
from homeground.confidentiality.models.disclosure import CourtOrder
from homeground.confidentiality.queries import RequestNotHere
from homeground.confidentiality.rules.asking import Decision
from homeground.confidentiality.rules.orders import OrderFacts
from homeground.confidentiality.rules.vocabulary import Asker, Category, Outcome, Paper, Purpose
from homeground.ground.actor import Actor, NotSignedIn, require_account
from homeground.ground.envelope import at_hand, make_key
from homeground.people import queries as people

BLOCKING_EXCEPTION = "blocking.privacy"
WEB = "web"
"""How a request came that somebody outside wrote on the public page: no account recorded it."""


class ClosedBefore(Exception):
    """The request was closed; a new one is opened for more."""


class IdentityNotChecked(Exception):
    """Nobody is linked to a request, and nothing is decided, before an identity check is noted."""


class CheckMissing(Exception):
    """How the identity was checked must be said."""


class AlreadyReceived(Exception):
    """The same public form was sent before: the request is here, and nothing was written twice."""


class AlreadySent(Exception):
    """Something was sent on this request: its facts stand. Another wish is another request."""


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
    language: str = "en",
    once: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Note a request from outside. Nothing here looks whether the person named is known (check F16).

    One that came by the public page may be noted by a visitor, whose channel adds and reads nothing.
    Raises NotSignedIn, and AlreadyReceived when `once` was used before.
    """
    if by.account_id is None and came_by != WEB:
        raise NotSignedIn
    with transaction.atomic():
        row = OutsideRequest(
            organization_id=by.organization_id,
            received_at=at,
            recorded_by_id=by.account_id,
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
            language=language,
            once=once,
            owner_id=owner_id,
        )
        _add(row, by=by, at=at)
        _told("received", row, by=by, at=at)
    return row.pk


def clarify_outside_request(
    *,
    request_id: UUID,
    asker_kind: Asker,
    asker_name: str,
    asker_organization: str,
    asker_address: str,
    purpose: Purpose,
    categories: Collection[Category],
    paper: Paper,
    paper_reference: str,
    paper_on: date | None,
    owner_id: UUID | None,
    by: Actor,
    at: datetime,
) -> None:
    """Set down in our codes what a request asks for, and who looks after it.

    A decision made before was about other facts and is taken back. Raises RequestNotHere, ClosedBefore,
    AlreadySent.
    """
    with transaction.atomic():
        row = _unsent(request_id)
        row.asker_kind, row.asker_name = asker_kind.value, asker_name
        row.asker_organization, row.asker_address = asker_organization, asker_address
        row.purpose, row.categories = purpose.value, sorted(categories)
        row.paper, row.paper_reference, row.paper_on = paper.value, paper_reference, paper_on
        row.owner_id = owner_id
        _undecided(row)
        row.save()
        _told("clarified", row, by=by, at=at)


def note_identity(
    *, request_id: UUID, checked_by: str, person_id: UUID | None = None, by: Actor, at: datetime
) -> None:
    """Note how the asker's identity and right were checked, and whom the request is about if known by then.

    Raises RequestNotHere, ClosedBefore, AlreadySent, CheckMissing, PersonNotHere.
    """
    if not checked_by.strip():
        raise CheckMissing
    with transaction.atomic():
        row = _unsent(request_id)
        row.identity_checked_by, row.identity_checked_at = checked_by, at
        row.identity_checked_by_id = require_account(by)
        if person_id is not None:
            people.require_person(person_id)
            row.person_id = person_id
        _undecided(row)
        row.save()
        _told("identified", row, by=by, at=at)


def name_person(*, request_id: UUID, person_id: UUID | None, by: Actor, at: datetime) -> None:
    """Note whom the request is about, or that nobody of this name is known: inside alone, never told outside.

    Raises RequestNotHere, ClosedBefore, AlreadySent, IdentityNotChecked, PersonNotHere.
    """
    with transaction.atomic():
        row = _unsent(request_id)
        if row.identity_checked_at is None:
            raise IdentityNotChecked
        if person_id is not None:
            people.require_person(person_id)
        row.person_id = person_id
        _undecided(row)
        row.save()
        _told("named", row, by=by, at=at)


def read_court_order(*, request_id: UUID, order: OrderFacts, by: Actor, at: datetime) -> None:
    """Note what somebody found in the court order, element by element; a new reading replaces the former.

    Raises RequestNotHere, ClosedBefore, AlreadySent.
    """
    with transaction.atomic():
        row = _unsent(request_id)
        found = {
            "kind": order.kind.value,
            "says": sorted(order.says),
            "lists": sorted(order.lists),
            "read_at": at,
            "read_by_id": require_account(by),
        }
        CourtOrder.objects.update_or_create(
            request=row, organization_id=row.organization_id, defaults=found, create_defaults=found
        )
        _undecided(row)
        row.save()
        _told("order_read", row, by=by, at=at)


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


def _add(row: OutsideRequest, *, by: Actor, at: datetime) -> None:
    """Insert; a visitor may not read what is there, so only the database can tell a repetition.

    Nor may a visitor look for a key: the request gets one of its own.
    """
    try:
        with transaction.atomic(), at_hand({row.pk: make_key(subject_id=row.pk, by=by, at=at)}):
            row.save(force_insert=True)
    except IntegrityError as refused:
        if "confidentiality_outside_once" in str(refused):
            raise AlreadyReceived from None
        raise


def _undecided(row: OutsideRequest) -> None:
    row.outcome, row.reasons, row.exception = "", [], ""
    row.decided_at = row.decided_by_id = None


def _unsent(request_id: UUID) -> OutsideRequest:
    row = _open(request_id)
    if row.disclosures.exists():
        raise AlreadySent
    return row


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
