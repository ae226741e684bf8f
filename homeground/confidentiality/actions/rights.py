from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from homeground.audit import actions as audit
from homeground.confidentiality.models import (
    ConfidentialContact,
    NoticeAcknowledgement,
    PrivacyContact,
    Restriction,
    RightsRequest,
)
from homeground.confidentiality.models.kept import take_turn
from homeground.confidentiality.queries import RequestNotHere, book
from homeground.confidentiality.rules.clocks import clock_of
from homeground.confidentiality.rules.vocabulary import (
    Answer,
    Category,
    Method,
    Purpose,
    RequestKind,
    RestrictionKind,
)
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people


class AnsweredBefore(Exception):
    """The request has its answer; a new one is opened for more."""


class NoExtension(Exception):
    """The clock of this right has no extension, or it was used."""


class ReasonMissing(Exception):
    """An extension, a denial, breaking the glass and calling a breach harmless want a written reason."""


class ContactIncomplete(Exception):
    """The notice names a contact with telephone and e-mail."""


class RestrictionNotHere(Exception):
    """No such restriction in force in the organization in scope."""


def open_request(
    *,
    person_id: UUID,
    kind: RequestKind,
    words: str,
    received_on: date,
    owner_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Begin the clock of a right a person makes use of (checks F13, F25, F26).

    `received_on` is the clinic's day on which it came. Raises PersonNotHere.
    """
    clock = clock_of(kind, received_on, book())
    with transaction.atomic():
        people.require_person(person_id)
        if owner_id is not None:
            people.require_person(owner_id)
        row = RightsRequest.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            kind=kind.value,
            words=words,
            received_at=at,
            recorded_by_id=require_account(by),
            owner_id=owner_id,
            clock=clock.card,
            due_on=clock.due_on,
        )
        _told("opened", row, by=by, at=at)
    return row.pk


def assign_request(*, request_id: UUID, owner_id: UUID, by: Actor, at: datetime) -> None:
    """Give a rights request to a member of staff. Raises RequestNotHere, AnsweredBefore, PersonNotHere."""
    with transaction.atomic():
        row = _open(request_id)
        people.require_person(owner_id)
        row.owner_id = owner_id
        row.save(update_fields=["owner_id"])
        _told("assigned", row, by=by, at=at)


def extend_request(*, request_id: UUID, why: str, on: date, by: Actor, at: datetime) -> date:
    """Use the one extension of a clock, with a written reason; returns the new last day.

    Raises RequestNotHere, AnsweredBefore, NoExtension, ReasonMissing.
    """
    if not why.strip():
        raise ReasonMissing
    with transaction.atomic():
        row = _open(request_id)
        _days, extension = book().card(row.clock, on).value
        if not extension or row.extended_to is not None or on > row.due_on:
            raise NoExtension
        row.extended_on = on
        row.extended_to = date.fromordinal(row.due_on.toordinal() + extension)
        row.extended_why = why
        row.save(update_fields=["extended_on", "extended_to", "extended_why"])
        _told("extended", row, by=by, at=at)
        return row.extended_to


def answer_request(*, request_id: UUID, answer: Answer, words: str, by: Actor, at: datetime) -> None:
    """Answer a rights request; a denial says why. Raises RequestNotHere, AnsweredBefore, ReasonMissing."""
    if answer is Answer.DENIED and not words.strip():
        raise ReasonMissing
    with transaction.atomic():
        row = _open(request_id)
        row.answer, row.answer_words = answer.value, words
        row.answered_at, row.answered_by_id = at, require_account(by)
        row.save(update_fields=["answer", "answer_words", "answered_at", "answered_by_id"])
        _told("answered", row, by=by, at=at)


def restrict(
    *,
    person_id: UUID,
    kind: RestrictionKind,
    recipient_kind: str = "",
    recipient: str = "",
    categories: Collection[Category] = (),
    purposes: Collection[Purpose] = (),
    request_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Bind the house from now on not to tell something; empty means any (42 CFR 2.26; 45 CFR 164.522(a)).

    Holds at the next request everywhere. Raises PersonNotHere.
    """
    with transaction.atomic():
        people.require_person(person_id)
        take_turn(person_id)
        row = Restriction.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            kind=kind.value,
            recipient_kind=recipient_kind,
            recipient=recipient,
            categories=sorted(categories),
            purposes=sorted(purposes),
            request_id=request_id,
            starts_at=at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.restriction.made",
            subject_kind="restriction",
            subject_id=row.pk,
            patient_id=person_id,
            facts={"kind": kind.value},
        )
    return row.pk


def lift_restriction(*, restriction_id: UUID, by: Actor, at: datetime) -> None:
    """End a restriction, as the person asked. Raises RestrictionNotHere."""
    with transaction.atomic():
        row = Restriction.objects.select_for_update().filter(pk=restriction_id, ends_at=None).first()
        if row is None:
            raise RestrictionNotHere
        take_turn(row.person_id)
        row.ends_at, row.ended_by_id = at, require_account(by)
        row.save(update_fields=["ends_at", "ended_by_id"])
        audit.record(
            by=by,
            at=at,
            event="confidentiality.restriction.lifted",
            subject_kind="restriction",
            subject_id=row.pk,
            patient_id=row.person_id,
        )


def reach_at(
    *,
    person_id: UUID,
    address: str = "",
    phone: str = "",
    email: str = "",
    hours: str = "",
    words: str = "",
    request_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """From now on reach a person only as they asked; no reason is asked (check F24). Raises PersonNotHere."""
    with transaction.atomic():
        people.require_person(person_id)
        take_turn(person_id)
        ConfidentialContact.objects.filter(Q(ends_at=None), person_id=person_id).update(ends_at=at)
        row = ConfidentialContact.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            address=address,
            phone=phone,
            email=email,
            hours=hours,
            words=words,
            request_id=request_id,
            starts_at=at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.contact.chosen",
            subject_kind="confidential_contact",
            subject_id=row.pk,
            patient_id=person_id,
        )
    return row.pk


def name_privacy_contact(*, title: str, phone: str, email: str, by: Actor, at: datetime) -> UUID:
    """From now on the privacy notice names this contact (check F36). Raises ContactIncomplete."""
    if not (title.strip() and phone.strip() and email.strip()):
        raise ContactIncomplete
    with transaction.atomic():
        row = PrivacyContact.objects.create(
            organization_id=by.organization_id,
            title=title,
            phone=phone,
            email=email,
            starts_at=at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.contact.named",
            subject_kind="privacy_contact",
            subject_id=row.pk,
        )
    return row.pk


def acknowledge_notice(
    *,
    person_id: UUID,
    version: str,
    digest: str,
    language: str,
    method: Method,
    not_signed_because: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Note that a person was given the privacy notice, signed for or not (B17, F36). Raises PersonNotHere."""
    with transaction.atomic():
        people.require_person(person_id)
        row = NoticeAcknowledgement.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            text_version=version,
            text_digest=digest,
            language=language,
            method=method.value,
            not_signed_because=not_signed_because,
            at=at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.notice.acknowledged",
            subject_kind="notice",
            subject_id=row.pk,
            patient_id=person_id,
            facts={"version": version, "signed": not not_signed_because},
        )
    return row.pk


def _open(request_id: UUID) -> RightsRequest:
    row = RightsRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise RequestNotHere
    if row.answered_at is not None:
        raise AnsweredBefore
    return row


def _told(what: str, row: RightsRequest, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.request.{what}",
        subject_kind="rights_request",
        subject_id=row.pk,
        patient_id=row.person_id,
        facts={"kind": row.kind, "due_on": (row.extended_to or row.due_on).isoformat()},
    )
