from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeground.confidentiality.models import Consent, Revocation
from homeground.confidentiality.queries.book import book
from homeground.confidentiality.rules.asking import ConsentFacts
from homeground.confidentiality.rules.vocabulary import Category, ConsentKind, EndsWith, Purpose
from homeground.ground.sealed_text import said, unlocked


@dataclass(frozen=True, slots=True)
class ConsentInForce:
    """A consent that holds: which text was signed, when, and how."""

    id: UUID
    kind: str
    version: str
    language: str
    method: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """A consent as the privacy page and the consent desk show it, in force or not.

    `facts` say what it allows; `parts` what it still lists at the moment asked for.
    """

    facts: ConsentFacts
    person_id: UUID
    version: str
    digest: str
    language: str
    method: str
    discloser: str
    ends_with: EndsWith
    ending_words: str
    signer: str
    recorded_at: datetime
    parts: frozenset[Category]
    in_force: bool
    confirmed: tuple[str, ...] = field(repr=False)
    has_text: bool = False


class ConsentNotHere(Exception):
    """No such consent in the organization in scope."""


def treatment_consents(person_ids: Collection[UUID], at: datetime) -> frozenset[UUID]:
    """Which of these persons have a consent to treat in force at this moment. One statement.

    In force: signed at or before `at`, and not revoked at or before `at` (check B16).
    """
    return frozenset(
        _in_force(at)
        .filter(kind=ConsentKind.TREATMENT.value, person_id__in=person_ids)
        .values_list("person_id", flat=True)
    )


def consents_in_force(person_id: UUID, at: datetime) -> tuple[ConsentInForce, ...]:
    """All consents of one person that hold at this moment, the newest first. One statement."""
    rows = _in_force(at).filter(person_id=person_id).order_by("-signed_at", "-id")
    return tuple(
        ConsentInForce(
            id=row.pk,
            kind=row.kind,
            version=row.text_version,
            language=row.language,
            method=row.method,
            signed_at=row.signed_at,
        )
        for row in rows
    )


def consents_of(person_id: UUID, at: datetime) -> tuple[Signed, ...]:
    """Every consent a person ever signed, the newest first. Up to three statements."""
    return _signed(Consent.objects.filter(person_id=person_id), at)


def consent(consent_id: UUID, at: datetime) -> Signed:
    """One consent. Up to three statements. Raises ConsentNotHere."""
    found = _signed(Consent.objects.filter(pk=consent_id), at)
    if not found:
        raise ConsentNotHere
    return found[0]


def shared_with(recipient_id: UUID, at: datetime) -> tuple[Signed, ...]:
    """Consents in force that name this person (family) as recipient, the newest first.

    Up to three statements.
    """
    found = _signed(_in_force(at).filter(recipient_person_id=recipient_id), at)
    return tuple(each for each in found if each.in_force and each.parts)


def ending_soon(at: datetime) -> tuple[Signed, ...]:
    """Consents in force that end within the days of `reminder.expiry_days` (check F08).

    Up to three statements.
    """
    days = max(book().card("reminder.expiry_days", at.date()).value)
    soon = _in_force(at).filter(expires_at__lte=at + timedelta(days=days))
    return tuple(sorted(_signed(soon, at), key=lambda each: each.facts.expires_at or at))


def to_renew(at: datetime, *, person_id: UUID | None = None) -> tuple[Signed, ...]:
    """Consents that end soon and that no newer one takes the place of (check F08). Four statements at most.

    A newer one does: of the same class, to the same recipients, for at least the same parts and purposes,
    ending later. Of one person if given.
    """
    ending = tuple(each for each in ending_soon(at) if person_id in (None, each.person_id))
    if not ending:
        return ()
    others = _signed(_in_force(at).filter(person_id__in={each.person_id for each in ending}), at)
    return tuple(each for each in ending if not any(_replaces(other, each) for other in others))


def _replaces(newer: Signed, older: Signed) -> bool:
    one, other = newer.facts, older.facts
    later = one.expires_at is None or (other.expires_at is not None and one.expires_at > other.expires_at)
    same = (newer.person_id, one.kind, one.recipient_kind, one.recipients, one.recipient_id) == (
        *(older.person_id, other.kind, other.recipient_kind),
        *(other.recipients, other.recipient_id),
    )
    return same and later and newer.parts >= older.parts and one.purposes >= other.purposes


def facts_of(person_id: UUID, at: datetime) -> tuple[ConsentFacts, ...]:
    """What the decision asks of a person's consents, ended ones included: they explain a refusal.

    Two statements: nothing that is sealed is opened.
    """
    return tuple(_facts(row) for row in _newest(Consent.objects.filter(person_id=person_id)))


def _signed(rows: QuerySet[Consent], at: datetime) -> tuple[Signed, ...]:
    return tuple(_one(row, at) for row in unlocked(_newest(rows)))


def _newest(rows: QuerySet[Consent]) -> QuerySet[Consent]:
    return rows.order_by("-signed_at", "-id").prefetch_related("revocations")


def _facts(row: Consent) -> ConsentFacts:
    whole = None
    parts = []
    for ending in row.revocations.all():
        if ending.category:
            parts.append((Category(ending.category), ending.at))
        else:
            whole = ending.at
    return ConsentFacts(
        id=row.pk,
        kind=ConsentKind(row.kind),
        categories=frozenset(Category(code) for code in row.categories),
        recipient_kind=row.recipient_kind,
        recipients=tuple(row.recipients),
        recipient_id=row.recipient_person_id,
        purposes=frozenset(Purpose(code) for code in row.purposes),
        signed_at=row.signed_at,
        expires_at=row.expires_at,
        ended_at=whole,
        parts_ended=tuple(parts),
    )


def _one(row: Consent, at: datetime) -> Signed:
    facts = _facts(row)
    return Signed(
        facts=facts,
        person_id=row.person_id,
        version=row.text_version,
        digest=row.text_digest,
        language=row.language,
        method=row.method,
        discloser=row.discloser,
        ends_with=EndsWith(row.ends_with),
        ending_words=row.ending_words,
        signer=row.signer,
        recorded_at=row.recorded_at,
        parts=facts.lists(at),
        in_force=facts.in_force(at),
        confirmed=tuple(row.confirmed),
        has_text=said(row, "signed_text"),
    )


def _in_force(at: datetime) -> QuerySet[Consent]:
    ended = Revocation.objects.filter(consent=OuterRef("pk"), category="", at__lte=at)
    unexpired = Q(expires_at=None) | Q(expires_at__gt=at)
    return Consent.objects.filter(~Exists(ended), unexpired, signed_at__lte=at)
