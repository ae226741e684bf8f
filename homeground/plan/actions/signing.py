"""Offering a version, signing it, and bringing it into force (checks C07, C08, C09, C10, C14)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.people.roles import STAFF
from homeground.plan.actions.drafts import NotADraft, NotOffered, StayNotHere
from homeground.plan.models import PlanVersion, Refusal, Review, Signature
from homeground.plan.queries.content import signed_state, version
from homeground.plan.queries.locks import locked_version
from homeground.plan.queries.stay import problems_of
from homeground.plan.rules import completeness
from homeground.plan.rules.content import digest
from homeground.plan.rules.signing import Missing, needs_cosigner, qualified, waits_for
from homeground.program.rules.pack import RulePack


class Incomplete(Exception):
    """The plan lacks something that stops it. `findings` are all gaps, those that are only told too."""

    def __init__(self, findings: Sequence[completeness.Finding]) -> None:
        super().__init__("incomplete")
        self.findings = tuple(findings)


class ReviewOpen(Exception):
    """A review of this plan is open: it may change what is about to be signed. It is closed first."""


class TextChanged(Exception):
    """The text is another one than the signer saw."""


class AlreadySigned(Exception):
    """Somebody signed in this capacity before."""


class NotTheirs(Exception):
    """Only the person the plan is for signs as the person."""


class NotQualified(Exception):
    """A countersignature needs letters that may plan alone."""


class SamePerson(Exception):
    """Nobody signs twice, and nobody witnesses their own act."""


def offer(*, version_id: UUID, seen: str, on: date, by: Actor, at: datetime) -> tuple[Missing, ...]:
    """The author signs a draft and offers it to the person; from now on its text is frozen.

    `seen` is the digest of the text the author saw. Returns what it still waits for. Raises VersionNotHere,
    NotADraft, ReviewOpen, TextChanged, Incomplete.
    """
    with transaction.atomic():
        row = locked_version(version_id)
        if row.offered_at or row.dropped_at:
            raise NotADraft
        if Review.objects.filter(plan=row.plan, closed_at=None).exists():
            raise ReviewOpen
        found, pack = version(version_id), _pack(row, on)
        sealed = digest(found.text)
        if seen != sealed:
            raise TextChanged
        problems = problems_of(row.plan.episode_id)
        gaps = completeness.findings(
            found.text,
            problems={each.id: each.words for each in problems},
            deferred=frozenset(each.id for each in problems if each.deferred),
            pack=pack,
            on=on,
        )
        if any(each.stops for each in gaps):
            raise Incomplete(gaps)
        PlanVersion.objects.filter(pk=row.pk).update(offered_at=at, digest=sealed)
        row.offered_at, row.digest = at, sealed
        _sign(row, "author", "screen", by=by, at=at)
        return _settle(row, pack, on, by=by, at=at)


def sign_as_patient(
    *, version_id: UUID, seen: str, method: str = "phone", on: date, by: Actor, at: datetime
) -> tuple[Missing, ...]:
    """The person signs the version they saw. Returns what it still waits for.

    Raises VersionNotHere, NotOffered, NotTheirs, TextChanged, AlreadySigned.
    """
    with transaction.atomic():
        row = _offered(version_id)
        if by.person_id is None or by.person_id != row.plan.episode.patient.person_id:
            raise NotTheirs
        if seen != row.digest:
            raise TextChanged
        _sign(row, "patient", method, by=by, at=at)
        return _settle(row, _pack(row, on), on, by=by, at=at)


def record_refusal(
    *, version_id: UUID, reason: str, witness_id: UUID, on: date, by: Actor, at: datetime
) -> tuple[Missing, ...]:
    """The person did not want to sign: their reason, and the colleague who was there (check C07).

    Raises VersionNotHere, NotOffered, AlreadySigned, SamePerson, people.queries.PersonNotHere.
    """
    account = require_account(by)
    with transaction.atomic():
        row = _offered(version_id)
        if witness_id == by.person_id or witness_id == row.plan.episode.patient.person_id:
            raise SamePerson
        if witness_id not in {who.id for who in people.staff(STAFF)}:
            raise people.PersonNotHere
        if row.signatures.filter(capacity="patient").exists() or Refusal.objects.filter(version=row).exists():
            raise AlreadySigned
        Refusal.objects.create(
            organization_id=by.organization_id,
            version=row,
            reason=reason,
            witness_id=witness_id,
            at=at,
            by_id=account,
        )
        audit.record(
            by=by,
            at=at,
            event="plan.version.refused",
            subject_kind="plan_version",
            subject_id=row.pk,
            patient_id=row.plan.episode.patient_id,
        )
        return _settle(row, _pack(row, on), on, by=by, at=at)


def cosign(*, version_id: UUID, on: date, by: Actor, at: datetime) -> tuple[Missing, ...]:
    """A qualified colleague signs what somebody without such letters wrote (checks C08, C09).

    Also after the version came into force. Raises VersionNotHere, NotOffered, NotQualified, SamePerson,
    AlreadySigned.
    """
    with transaction.atomic():
        row = locked_version(version_id)
        if row.offered_at is None or row.dropped_at:
            raise NotOffered
        pack = _pack(row, on)
        if not qualified(people.person(by.person_id).credentials if by.person_id else "", pack, on):
            raise NotQualified
        if row.signatures.filter(capacity="author", person=by.person_id).exists():
            raise SamePerson
        _sign(row, "cosigner", "screen", by=by, at=at)
        return _settle(row, pack, on, by=by, at=at)


def _offered(version_id: UUID) -> PlanVersion:
    row = locked_version(version_id)
    if row.offered_at is None or row.in_force_at or row.dropped_at:
        raise NotOffered
    return row


def _pack(row: PlanVersion, on: date) -> RulePack:
    stay = chart.episode(row.plan.episode_id, on)
    if stay is None:
        raise StayNotHere
    return stay.rules.pack


def _sign(row: PlanVersion, capacity: str, method: str, *, by: Actor, at: datetime) -> None:
    require_account(by)
    if by.person_id is None or row.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    who = people.person(by.person_id)
    Signature.objects.create(
        organization_id=by.organization_id,
        version=row,
        capacity=capacity,
        person_id=who.id,
        name=who.name,
        credential="" if capacity == "patient" else who.credentials,
        method=method,
        digest=row.digest,
        signed_at=at,
    )
    audit.record(
        by=by,
        at=at,
        event="plan.version.signed",
        subject_kind="plan_version",
        subject_id=row.pk,
        patient_id=row.plan.episode.patient_id,
        facts={"capacity": capacity, "method": method, "number": row.number},
    )


def _settle(row: PlanVersion, pack: RulePack, on: date, *, by: Actor, at: datetime) -> tuple[Missing, ...]:
    """Bring the version into force once nothing is missing; the one before it ends at the same moment."""
    signed = signed_state(version(row.pk))
    missing = waits_for(signed, pack, on)
    if not missing and row.in_force_at is None:
        row.plan.versions.filter(in_force_at__isnull=False, ended_at=None).update(ended_at=at)
        PlanVersion.objects.filter(pk=row.pk).update(in_force_at=at)
        audit.record(
            by=by,
            at=at,
            event="plan.version.in_force",
            subject_kind="plan_version",
            subject_id=row.pk,
            patient_id=row.plan.episode.patient_id,
            facts={"number": row.number, "cosigner_owed": needs_cosigner(signed, pack, on)},
        )
    return missing
