from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import Consent, Representative, Revocation
from homeground.confidentiality.models.kept import take_turn
from homeground.confidentiality.queries import ConsentNotHere, book
from homeground.confidentiality.rules import signers, wording
from homeground.confidentiality.rules.elements import Draft, Fault, faults
from homeground.confidentiality.rules.vocabulary import (
    Category,
    ConsentKind,
    EndCause,
    EndsWith,
    Method,
    Signer,
)
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people

METHODS = tuple(method.value for method in Method)


class UnknownKind(Exception):
    """There is no text for this kind of consent."""


class UnknownMethod(Exception):
    """A consent is given on paper, on a screen or by phone."""


class SignedLater(Exception):
    """A signature cannot lie in the future."""


class AlreadyRevoked(Exception):
    """The consent, or this part of it, ended before; the first revocation counts."""


class RevokedBeforeSigned(Exception):
    """A consent cannot end before it was given."""


class NotListed(Exception):
    """The consent does not list this part, so it cannot be taken out of it."""


class TextChanged(Exception):
    """The text that was read is not the text that would be signed."""


class RepresentativeNotHere(Exception):
    """No such representative of this person on the day of the signature."""


class ConsentFaulty(Exception):
    """Elements are missing or do not fit; `faults` names each with its rule (checks F01 to F06, F31)."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.card.id}: {fault.detail}" for fault in found))
        self.faults = found


class NeedsConfirmation(Exception):
    """Recalled rules object: whoever records the consent confirms each with a reason. `faults` names them."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(fault.card.id for fault in found))
        self.faults = found


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
    """Record that a person signed the consent to treat, in `language`, by `method`.

    It discloses nothing, so it has no recipients. The digest of the text is stored, so that what was
    signed can be proved later (checks B16, B17). Raises PersonNotHere, UnknownKind, UnknownMethod,
    SignedLater.
    """
    text = wording.current(kind, language) if kind == ConsentKind.TREATMENT else None
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
            signed_text=text.text,
            method=method,
            signed_at=signed_at,
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        _told(consent, by=by, at=at)
    return consent.pk


def sign_consent(
    *,
    person_id: UUID,
    draft: Draft,
    language: str,
    method: str,
    recipient_kind: str,
    recipient_id: UUID | None = None,
    recipient_address: str = "",
    signer: Signer = Signer.PATIENT,
    representative_id: UUID | None = None,
    cosigner_id: UUID | None = None,
    cosigned_name: str = "",
    state: str = "",
    read_digest: str = "",
    confirmed: Collection[str] = (),
    confirmed_why: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Record a consent to disclose, signed by the person or by who may sign, complete in every element.

    `draft` holds what the text says; `wording.text_of(draft, language)` is the text to show, and
    `read_digest` its digest as it was shown (empty on paper). `state` is where the clinic is, for minors.
    `confirmed` names recalled rules that staff confirmed, with `confirmed_why`. `recipient_id` is the
    person who signs in here, for family. The consent to treat is recorded with `record_consent`.

    Raises PersonNotHere, UnknownKind, UnknownMethod, TextChanged, ConsentFaulty, NeedsConfirmation,
    RepresentativeNotHere.
    """
    if method not in METHODS:
        raise UnknownMethod
    text = wording.text_of(draft, language)
    if text is None or draft.kind is ConsentKind.TREATMENT:
        raise UnknownKind
    if read_digest and read_digest != text.digest:
        raise TextChanged
    draft = replace(draft, statements=text.statements)
    found = faults(draft, at=at, book=book())
    if blocking := tuple(fault for fault in found if fault.blocks):
        raise ConsentFaulty(blocking)
    assert draft.signed_at is not None  # else element.signed_on blocks
    with transaction.atomic():
        born_on = people.person(person_id).born_on
        if recipient_id is not None:
            people.require_person(recipient_id)
        found += _signer_faults(
            person_id, born_on, draft.signed_at.date(), signer, representative_id, cosigner_id, state
        )
        open_faults = tuple(fault for fault in found if fault.card.id not in confirmed)
        if open_faults or (found and not confirmed_why.strip()):
            raise NeedsConfirmation(open_faults or found)
        take_turn(person_id)
        consent = Consent.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            kind=draft.kind.value,
            text_version=text.version,
            text_digest=text.digest,
            language=text.language,
            method=method,
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
            signer=signer.value,
            signed_name=draft.signature,
            representative_id=representative_id,
            cosigner_id=cosigner_id,
            cosigned_name=cosigned_name,
            signed_text=text.text,
            members=list(draft.members),
            confirmed=sorted(fault.card.id for fault in found),
            confirmed_why=confirmed_why,
            signed_at=draft.signed_at,
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        _told(consent, by=by, at=at)
    return consent.pk


def revoke_consent(
    *, consent_id: UUID, revoked_at: datetime, category: str = "", by: Actor, at: datetime
) -> UUID:
    """End a consent, or one part of it, from the moment the revocation was received (check F07).

    Source: 42 CFR 2.31(a)(6); what was done in reliance before stands. It holds at the next request
    everywhere. Raises ConsentNotHere, AlreadyRevoked, RevokedBeforeSigned, SignedLater, NotListed.
    """
    if revoked_at > at:
        raise SignedLater
    with transaction.atomic():
        consent = Consent.objects.filter(pk=consent_id).first()
        if consent is None:
            raise ConsentNotHere
        take_turn(consent.person_id)
        if Revocation.objects.filter(consent=consent, category__in={"", category}).exists():
            raise AlreadyRevoked
        if revoked_at < consent.signed_at:
            raise RevokedBeforeSigned
        if category and category not in consent.categories:
            raise NotListed
        return _end(consent, revoked_at, EndCause.REVOKED, category, by=by, at=at)


def end_by_event(*, consent_id: UUID, happened_at: datetime, by: Actor, at: datetime) -> UUID:
    """The event or condition a consent was to end with has come. Raises as revoke_consent, and NotListed
    when the consent ends with no event."""
    if happened_at > at:
        raise SignedLater
    with transaction.atomic():
        consent = Consent.objects.filter(pk=consent_id).first()
        if consent is None:
            raise ConsentNotHere
        take_turn(consent.person_id)
        if Revocation.objects.filter(consent=consent, category="").exists():
            raise AlreadyRevoked
        if consent.ends_with != EndsWith.EVENT:
            raise NotListed
        if happened_at < consent.signed_at:
            raise RevokedBeforeSigned
        return _end(consent, happened_at, EndCause.EVENT, "", by=by, at=at)


def end_with_treatment(*, person_id: UUID, ended_at: datetime, by: Actor, at: datetime) -> int:
    """Treatment is over: consents that were to last until then end. Returns how many did."""
    with transaction.atomic():
        take_turn(person_id)
        ended = Revocation.objects.filter(category="").values("consent_id")
        rows = Consent.objects.filter(
            person_id=person_id, ends_with=EndsWith.END_OF_TREATMENT.value, signed_at__lte=ended_at
        ).exclude(pk__in=ended)
        for consent in rows:
            _end(consent, ended_at, EndCause.TREATMENT_ENDED, "", by=by, at=at)
        return len(rows)


def record_representative(
    *,
    person_id: UUID,
    holder_id: UUID | None,
    name: str,
    capacity: Signer,
    shown_by: str,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Note who may sign for a person and by which paper this was shown. Raises PersonNotHere."""
    with transaction.atomic():
        people.require_person(person_id)
        if holder_id is not None:
            people.require_person(holder_id)
        row = Representative.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            holder_id=holder_id,
            name=name,
            capacity=capacity.value,
            shown_by=shown_by,
            starts_on=starts_on,
            ends_on=ends_on,
            checked_at=at,
            checked_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.representative.recorded",
            subject_kind="representative",
            subject_id=row.pk,
            patient_id=person_id,
            facts={"capacity": capacity.value},
        )
    return row.pk


def _signer_faults(
    person_id: UUID,
    born_on: date | None,
    on: date,
    signer: Signer,
    representative_id: UUID | None,
    cosigner_id: UUID | None,
    state: str,
) -> tuple[Fault, ...]:
    """Whether those who signed may: checked against papers noted before, and the state table (check F21)."""
    given = {signer}
    for id in (representative_id, cosigner_id):
        if id is None:
            continue
        row = Representative.objects.filter(pk=id, person_id=person_id, starts_on__lte=on).first()
        if row is None or (row.ends_on is not None and row.ends_on <= on):
            raise RepresentativeNotHere
        given.add(Signer(row.capacity))
    if signer is not Signer.PATIENT and representative_id is None:
        raise RepresentativeNotHere
    represented = signer is Signer.PERSONAL_REPRESENTATIVE
    wanted = signers.signatures_wanted(born_on, on, state=state, represented=represented)
    today = book()
    if signers.enough(wanted, frozenset(given)):
        return ()
    if not wanted.card:  # an adult: nobody else signs, unless they may as a representative
        raise ConsentFaulty((Fault(today.card("element.signature", on), "not_the_person"),))
    missing = ",".join(sorted(wanted.signers - given))
    return (Fault(today.card(wanted.card, on), f"missing {missing}"),)


def _end(
    consent: Consent, ended_at: datetime, cause: EndCause, category: str, *, by: Actor, at: datetime
) -> UUID:
    revocation = Revocation.objects.create(
        organization_id=by.organization_id,
        consent=consent,
        category=Category(category).value if category else "",
        cause=cause.value,
        at=ended_at,
        recorded_by_id=require_account(by),
    )
    audit.record(
        by=by,
        at=at,
        event="confidentiality.consent.revoked",
        subject_kind="consent",
        subject_id=consent.pk,
        patient_id=consent.person_id,
        facts={"kind": consent.kind, "cause": cause.value, "category": category},
    )
    return revocation.pk


def _told(consent: Consent, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event="confidentiality.consent.recorded",
        subject_kind="consent",
        subject_id=consent.pk,
        patient_id=consent.person_id,
        facts={"kind": consent.kind, "method": consent.method, "version": consent.text_version},
    )
