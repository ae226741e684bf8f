"""Consents that wait for a signature, and what was signed, as its text."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from homeground.confidentiality.models import Consent, Proposal, Representative
from homeground.confidentiality.queries.consents import ConsentNotHere
from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.elements import Draft
from homeground.confidentiality.rules.vocabulary import Category, ConsentKind, EndsWith, Purpose, Signer
from homeground.confidentiality.rules.wording import Wording, text_of
from homeground.ground import scope


class ProposalNotHere(Exception):
    """No such consent waits for a signature here, or not on this screen any more."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A consent that waits: whose, of which class, to whom, and its text in the language asked for."""

    id: UUID
    person_id: UUID
    kind: ConsentKind
    to: str = field(repr=False)
    text: Wording = field(repr=False)
    cosigner: str = field(repr=False)
    representative: str = field(repr=False)
    made_at: datetime
    made_by_id: UUID


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What a screen that was handed over may do: show and sign one consent, in the name of who did so."""

    proposed: Proposed
    by_id: UUID


@dataclass(frozen=True, slots=True)
class SignedText:
    """A signed consent as its copy shows it. `proved`: the text kept is the text whose digest was signed."""

    id: UUID
    person_id: UUID
    language: str
    text: str = field(repr=False)
    version: str
    digest: str
    signed_name: str = field(repr=False)
    cosigned_name: str = field(repr=False)
    signed_at: datetime
    method: str
    proved: bool


def digest(secret: str) -> str:
    """What is kept of a secret: enough to know it again, too little to make it."""
    return sha256(secret.encode()).hexdigest()


def proposed(person_id: UUID, language: str, zone: str) -> tuple[Proposed, ...]:
    """What waits for this person's signature, the oldest first. Up to two statements."""
    rows = _rows().filter(person_id=person_id, closed_at=None).order_by("made_at", "id")
    return tuple(_one(row, language, zone) for row in rows)


def proposal(proposal_id: UUID, language: str, zone: str) -> Proposed:
    """One consent that waits. Up to two statements. Raises ProposalNotHere."""
    row = _rows().filter(pk=proposal_id, closed_at=None).first()
    if row is None:
        raise ProposalNotHere
    return _one(row, language, zone)


def on_screen(secret: str, organization_id: UUID, language: str, zone: str, at: datetime) -> OnScreen:
    """What a screen of the clinic may show. The secret is its only right, so this opens the inside for it.

    Raises ProposalNotHere when it is spent, too old or unknown: the three look alike.
    """
    scope.narrow(organization_id=organization_id, account_id=None, channel=scope.Channel.INSIDE)
    row = _rows().filter(screen_digest=digest(secret), screen_until__gt=at, closed_at=None).first()
    if row is None or row.screen_by_id is None:
        raise ProposalNotHere
    return OnScreen(_one(row, language, zone), row.screen_by_id)


def signed_text(consent_id: UUID) -> SignedText:
    """A signed consent with its text. Two statements. Raises ConsentNotHere, also where no text was kept."""
    row = Consent.objects.filter(pk=consent_id).exclude(signed_text=b"").first()
    if row is None:
        raise ConsentNotHere
    return SignedText(
        id=row.pk,
        person_id=row.person_id,
        language=row.language,
        text=row.signed_text,
        version=row.text_version,
        digest=row.text_digest,
        signed_name=row.signed_name,
        cosigned_name=row.cosigned_name,
        signed_at=row.signed_at,
        method=row.method,
        proved=sha256(row.signed_text.encode()).hexdigest() == row.text_digest,
    )


def draft_of(row: Proposal, zone: str) -> Draft:
    """What was filled in, unsigned; its days are those of the clinic's zone. Needs the person fetched."""
    person = row.person
    return Draft(
        kind=ConsentKind(row.kind),
        person=f"{person.given_name} {person.family_name}".strip(),
        discloser=row.discloser,
        categories=frozenset(Category(code) for code in row.categories),
        recipients=tuple(row.recipients),
        purposes=frozenset(Purpose(code) for code in row.purposes),
        ends_with=EndsWith(row.ends_with),
        expires_at=row.expires_at.astimezone(ZoneInfo(zone)) if row.expires_at else None,
        ending_words=row.ending_words,
        signature="",
        signed_at=None,
        members=tuple(row.members),
    )


def _rows() -> QuerySet[Proposal, Any]:
    return Proposal.objects.select_related("person", "cosigner", "representative")


def _one(row: Proposal, language: str, zone: str) -> Proposed:
    text = text_of(draft_of(row, zone), language)
    assert text is not None  # a kind without a text is never proposed
    return Proposed(
        id=row.pk,
        person_id=row.person_id,
        kind=ConsentKind(row.kind),
        to=words.recipients(row.recipients, text.language),
        text=text,
        cosigner=row.cosigner.name if row.cosigner else "",
        representative=row.representative.name if row.representative else "",
        made_at=row.made_at,
        made_by_id=row.made_by_id,
    )


@dataclass(frozen=True, slots=True)
class MaySign:
    """Somebody who may sign for or with a person, shown by which paper."""

    id: UUID
    name: str = field(repr=False)
    capacity: Signer
    shown_by: str = field(repr=False)


def may_sign(person_id: UUID, on: date) -> tuple[MaySign, ...]:
    """Who may sign for or with a person on a day, by name. Two statements."""
    rows = Representative.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), person_id=person_id, starts_on__lte=on
    )
    found = [MaySign(row.pk, row.name, Signer(row.capacity), row.shown_by) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.name, each.id)))
