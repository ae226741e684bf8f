"""A consent on its way to a signature: filled in by the person or by staff, read, signed or declined."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.actions.consents import ConsentFaulty, UnknownKind, sign_consent
from homeground.confidentiality.models import Proposal
from homeground.confidentiality.queries import book
from homeground.confidentiality.queries.proposals import ProposalNotHere, digest, draft_of
from homeground.confidentiality.rules import wording
from homeground.confidentiality.rules.elements import Draft, Fault, faults
from homeground.confidentiality.rules.vocabulary import Method, Signer
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people

SECRET_BYTES = 24
SCREEN_LIFE = timedelta(minutes=5)
"""How long a screen of the clinic may show one consent (log-off, 45 CFR 164.312(a)(2)(iii); check D22)."""


class CosignatureMissing(Exception):
    """Somebody else was to sign too, and their name is not there."""


def propose(
    *,
    person_id: UUID,
    draft: Draft,
    recipient_kind: str,
    recipient_id: UUID | None = None,
    recipient_address: str = "",
    representative_id: UUID | None = None,
    cosigner_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Keep a consent that is filled in, to be read and signed. It allows nothing until then.

    Every element but the signature is checked now, so that nobody reads a text they could not sign.
    Raises PersonNotHere, UnknownKind, ConsentFaulty.
    """
    if found := tuple(fault for fault in _faults(draft, at) if fault.blocks):
        raise ConsentFaulty(found)
    with transaction.atomic():
        people.require_person(person_id)
        row = Proposal.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            kind=draft.kind.value,
            discloser=draft.discloser,
            categories=sorted(draft.categories),
            recipient_kind=recipient_kind,
            recipients=list(draft.recipients),
            recipient_address=recipient_address,
            recipient_person_id=recipient_id,
            purposes=sorted(draft.purposes),
            ends_with=draft.ends_with.value,
            expires_at=draft.expires_at,
            ending_words=draft.ending_words,
            members=list(draft.members),
            representative_id=representative_id,
            cosigner_id=cosigner_id,
            made_at=at,
            made_by_id=require_account(by),
        )
        _told("made", row, by=by, at=at)
    return row.pk


def hand_over_screen(*, proposal_id: UUID, by: Actor, at: datetime) -> str:
    """Let one screen of the clinic show and sign this consent for five minutes; gives its secret.

    The screen learns nothing else of the record. Raises ProposalNotHere.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        row = _open(proposal_id)
        row.screen_digest, row.screen_until, row.screen_by_id = (
            digest(secret),
            at + SCREEN_LIFE,
            require_account(by),
        )
        row.save(update_fields=["screen_digest", "screen_until", "screen_by_id"])
        _told("handed_over", row, by=by, at=at)
    return secret


def sign_proposal(
    *,
    proposal_id: UUID,
    signature: str,
    cosignature: str = "",
    language: str,
    zone: str,
    state: str,
    read_digest: str,
    method: Method = Method.SCREEN,
    by: Actor,
    at: datetime,
) -> UUID:
    """Sign what was read; gives the consent. `read_digest` is that of the text as it was shown.

    Raises ProposalNotHere, CosignatureMissing, and what sign_consent raises: TextChanged, ConsentFaulty,
    NeedsConfirmation, RepresentativeNotHere.
    """
    with transaction.atomic():
        row = _open(proposal_id)
        if row.cosigner_id and not cosignature.strip():
            raise CosignatureMissing
        draft = replace(draft_of(row, zone), signature=signature.strip(), signed_at=at)
        signer = Signer(row.representative.capacity) if row.representative else Signer.PATIENT
        consent_id = sign_consent(
            person_id=row.person_id,
            draft=draft,
            language=language,
            method=method.value,
            recipient_kind=row.recipient_kind,
            recipient_id=row.recipient_person_id,
            recipient_address=row.recipient_address,
            signer=signer,
            representative_id=row.representative_id,
            cosigner_id=row.cosigner_id,
            cosigned_name=cosignature.strip() if row.cosigner_id else "",
            state=state,
            read_digest=read_digest,
            by=by,
            at=at,
        )
        _close(row, consent_id=consent_id, by=by, at=at, what="signed")
    return consent_id


def decline_proposal(*, proposal_id: UUID, by: Actor, at: datetime) -> None:
    """The person does not want this, or it was filled in by mistake. Raises ProposalNotHere.

    Nothing follows from it: what was declined is kept in the audit trail as a fact and told to nobody.
    """
    with transaction.atomic():
        _close(_open(proposal_id), consent_id=None, by=by, at=at, what="declined")


def _faults(draft: Draft, at: datetime) -> tuple[Fault, ...]:
    """What is wrong before anybody has signed: every element but the signature."""
    text = wording.current(draft.kind.value, "en")
    if text is None:
        raise UnknownKind
    ready = replace(draft, signature="unsigned", signed_at=at, statements=text.statements)
    return faults(ready, at=at, book=book())


def _open(proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("person", "representative")
    row = rows.filter(pk=proposal_id, closed_at=None).first()
    if row is None:
        raise ProposalNotHere
    return row


def _close(row: Proposal, *, consent_id: UUID | None, by: Actor, at: datetime, what: str) -> None:
    row.closed_at, row.consent_id = at, consent_id
    row.screen_digest, row.screen_until, row.screen_by_id = "", None, None
    fields: Iterable[str] = ("closed_at", "consent", "screen_digest", "screen_until", "screen_by_id")
    row.save(update_fields=fields)
    _told(what, row, by=by, at=at)


def _told(what: str, row: Proposal, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.proposal.{what}",
        subject_kind="proposal",
        subject_id=row.pk,
        patient_id=row.person_id,
        facts={"kind": row.kind},
    )
