from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import Consent, Revocation
from homeground.confidentiality.rules import wording
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people

METHODS = ("paper", "screen", "phone")


class UnknownKind(Exception):
    """There is no text for this kind of consent."""


class UnknownMethod(Exception):
    """A consent is given on paper, on a screen or by phone."""


class SignedLater(Exception):
    """A signature cannot lie in the future."""


class ConsentNotHere(Exception):
    """No such consent in the organization in scope."""


class AlreadyRevoked(Exception):
    """The consent ended before; the first revocation counts."""


class RevokedBeforeSigned(Exception):
    """A consent cannot end before it was given."""


def record_consent(
    *,
    person_id: UUID,
    kind: str,
    language: str,
    method: str,
    signed_at: datetime,
    by: Actor,
    at: datetime,
) -> UUID:
    """Record that a person signed the current text of a kind, in `language`, by `method`.

    The digest of the text is stored, so that what was signed can be proved later (checks B16, B17).
    Raises PersonNotHere, UnknownKind, UnknownMethod, SignedLater.
    """
    text = wording.current(kind, language)
    if text is None:
        raise UnknownKind
    if method not in METHODS:
        raise UnknownMethod
    if signed_at > at:
        raise SignedLater
    with transaction.atomic():
        people.require_person(person_id)
        consent = Consent.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            kind=kind,
            text_version=text.version,
            text_digest=text.digest,
            language=text.language,
            method=method,
            signed_at=signed_at,
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.consent.recorded",
            subject_kind="consent",
            subject_id=consent.pk,
            patient_id=person_id,
            facts={"kind": kind, "method": method, "version": text.version},
        )
    return consent.pk


def revoke_consent(*, consent_id: UUID, revoked_at: datetime, by: Actor, at: datetime) -> UUID:
    """End a consent from the moment the revocation was received.

    Source: 42 CFR 2.31(a)(6); what was done in reliance before stands. Raises ConsentNotHere,
    AlreadyRevoked, RevokedBeforeSigned, SignedLater.
    """
    if revoked_at > at:
        raise SignedLater
    with transaction.atomic():
        consent = Consent.objects.filter(pk=consent_id).first()
        if consent is None:
            raise ConsentNotHere
        _one_at_a_time(consent.person_id)
        if Revocation.objects.filter(consent=consent, category="").exists():
            raise AlreadyRevoked
        if revoked_at < consent.signed_at:
            raise RevokedBeforeSigned
        revocation = Revocation.objects.create(
            organization_id=by.organization_id,
            consent=consent,
            at=revoked_at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.consent.revoked",
            subject_kind="consent",
            subject_id=consent.pk,
            patient_id=consent.person_id,
            facts={"kind": consent.kind},
        )
    return revocation.pk


def _one_at_a_time(person_id: UUID) -> None:
    """What is decided, released and revoked for one person follows each other, never at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended('confidentiality ' || %s, 0))", [str(person_id)]
        )
