"""The end of a stay: its plan, signed by two; the end itself; the summary and the call after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.chart import actions as chart_actions
from homeground.chart import queries as chart
from homeground.chart.rules import DischargeReason
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.plan.actions.drafts import StayNotHere
from homeground.plan.actions.signing import AlreadySigned, NotTheirs, TextChanged
from homeground.plan.models import DischargePlan, DischargeSummary, FollowUp
from homeground.plan.queries.ending import call_rule, digest_of, ready
from homeground.plan.rules.ending import WAYS, Family, Lack, Naloxone, lacks


class NotReady(Exception):
    """The stay cannot be ended like this; `lacks` is all that is missing (checks C17, C19, C20, H08)."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(" ".join(lacks))
        self.lacks = tuple(lacks)


class DischargePlanSigned(Exception):
    """The counselor has signed: the words stay. Take the signature back to change them."""


class NothingToSign(Exception):
    """There is no discharge plan, or nothing is written in it."""


class StillOpen(Exception):
    """The stay has not ended."""


class SummarySigned(Exception):
    """The summary was signed before."""


class CallMade(Exception):
    """The call was recorded before."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is planned for afterwards. `aftercare_at` is aware."""

    keeps_well: str = field(repr=False, default="")
    when_hard: str = field(repr=False, default="")
    referrals: str = field(repr=False, default="")
    family: Family | None = field(repr=False, default=None)
    aftercare_at: datetime | None = None
    aftercare_with: str = field(repr=False, default="")
    no_aftercare_why: str = field(repr=False, default="")
    naloxone: Naloxone | None = field(repr=False, default=None)


def write_discharge_plan(*, episode_id: UUID, told: Leaving, by: Actor, at: datetime) -> None:
    """Keep what is planned. Raises StayNotHere, DischargePlanSigned."""
    account = require_account(by)
    with transaction.atomic():
        patient_id = _patient_of(episode_id, at)
        row = _locked(episode_id)
        if row and row.signed_at:
            raise DischargePlanSigned
        DischargePlan.objects.update_or_create(
            organization_id=by.organization_id,
            episode_id=episode_id,
            defaults={
                "keeps_well": told.keeps_well,
                "when_hard": told.when_hard,
                "referrals": told.referrals,
                "family": told.family or "",
                "aftercare_at": told.aftercare_at,
                "aftercare_with": told.aftercare_with,
                "no_aftercare_why": told.no_aftercare_why,
                "naloxone": told.naloxone or "",
                "written_at": at,
                "written_by_id": account,
            },
        )
        _record("plan.discharge_plan.written", episode_id, patient_id, by, at)


def sign_discharge_plan(*, episode_id: UUID, seen: str, by: Actor, at: datetime) -> None:
    """The counselor signs what they saw. Raises StayNotHere, NothingToSign, TextChanged, AlreadySigned."""
    with transaction.atomic():
        patient_id = _patient_of(episode_id, at)
        row = _locked(episode_id)
        if row is None or not (row.keeps_well.strip() or row.when_hard.strip()):
            raise NothingToSign
        if row.signed_at:
            raise AlreadySigned
        if seen != digest_of(row):
            raise TextChanged
        who = people.person(_signer(by))
        row.signed_at, row.signed_by_id = at, who.id
        row.signed_name, row.credential, row.digest = who.name, who.credentials, seen
        row.save(update_fields=["signed_at", "signed_by", "signed_name", "credential", "digest"])
        _record("plan.discharge_plan.signed", episode_id, patient_id, by, at, capacity="author")


def reopen_discharge_plan(*, episode_id: UUID, by: Actor, at: datetime) -> None:
    """Take both signatures back to change the words; the trail keeps that they were given.

    Raises StayNotHere, NothingToSign.
    """
    require_account(by)
    with transaction.atomic():
        patient_id = _patient_of(episode_id, at)
        row = _locked(episode_id)
        if row is None or row.signed_at is None:
            raise NothingToSign
        facts = {"digest": row.digest}
        DischargePlan.objects.filter(pk=row.pk).update(
            signed_at=None,
            signed_by=None,
            signed_name="",
            credential="",
            digest="",
            person_signed_at=None,
            person_refused="",
            copy_given_at=None,
        )
        _record("plan.discharge_plan.reopened", episode_id, patient_id, by, at, **facts)


def sign_discharge_plan_as_patient(*, episode_id: UUID, seen: str, by: Actor, at: datetime) -> None:
    """The person signs the words they saw. Raises StayNotHere, NotTheirs, TextChanged, AlreadySigned."""
    with transaction.atomic():
        stay = chart.episode(episode_id, at.date())
        if stay is None or by.person_id is None or by.person_id != stay.patient.person_id:
            raise NotTheirs
        row = _locked(episode_id)
        if row is None or row.signed_at is None or seen != row.digest:
            raise TextChanged
        if row.person_signed_at or row.person_refused:
            raise AlreadySigned
        DischargePlan.objects.filter(pk=row.pk).update(person_signed_at=at)
        facts = {"capacity": "patient"}
        _record("plan.discharge_plan.signed", episode_id, stay.patient.patient_id, by, at, **facts)


def settle_discharge_plan(
    *, episode_id: UUID, person_refused: str = "", copy_given: bool = False, by: Actor, at: datetime
) -> None:
    """Record why the person did not sign, or that they have their copy.

    Raises StayNotHere, NothingToSign, AlreadySigned.
    """
    require_account(by)
    with transaction.atomic():
        patient_id = _patient_of(episode_id, at)
        row = _locked(episode_id)
        if row is None or row.signed_at is None:
            raise NothingToSign
        if person_refused and row.person_signed_at:
            raise AlreadySigned
        row.person_refused = person_refused.strip() or row.person_refused
        row.copy_given_at = row.copy_given_at or (at if copy_given else None)
        row.save(update_fields=["person_refused", "copy_given_at"])
        facts = {"refused": bool(person_refused), "copy": copy_given}
        _record("plan.discharge_plan.settled", episode_id, patient_id, by, at, **facts)


def end_stay(
    *,
    episode_id: UUID,
    ends_on: date,
    reason: DischargeReason,
    calls: Sequence[date],
    by: Actor,
    at: datetime,
) -> None:
    """End a stay when everything is there; `ends_on` is the first day after it, `calls` the outreach made.

    Raises StayNotHere, NotReady, chart's EpisodeNotHere and EndsBeforeStart.
    """
    with transaction.atomic():
        stay = chart.episode(episode_id, at.date())
        if stay is None:
            raise StayNotHere
        _locked(episode_id)
        on = at.date()
        if missing := lacks(
            WAYS[reason.value], ready(stay, on, calls=calls), call_rule(stay.rules.pack, on), ends_on
        ):
            raise NotReady(missing)
        chart_actions.discharge(episode_id=episode_id, ends_on=ends_on, reason=reason, by=by, at=at)


def sign_summary(
    *, episode_id: UUID, words: str, last_contact_on: date | None, by: Actor, at: datetime
) -> None:
    """Write and sign how the stay went. Raises StayNotHere, StillOpen, NothingToSign, SummarySigned."""
    with transaction.atomic():
        patient_id = _patient_of(episode_id, at)
        if chart.discharge_of(episode_id) is None:
            raise StillOpen
        if not words.strip():
            raise NothingToSign
        who = people.person(_signer(by))
        try:
            with transaction.atomic():
                DischargeSummary.objects.create(
                    organization_id=by.organization_id,
                    episode_id=episode_id,
                    words=words.strip(),
                    last_contact_on=last_contact_on,
                    signed_at=at,
                    signed_by_id=who.id,
                    signed_name=who.name,
                    credential=who.credentials,
                    digest=sha256(words.strip().encode()).hexdigest(),
                )
        except IntegrityError:
            raise SummarySigned from None
        _record("plan.summary.signed", episode_id, patient_id, by, at)


def record_follow_up(*, episode_id: UUID, result: str, words: str, by: Actor, at: datetime) -> None:
    """The call after somebody left without a plan (check H09). Raises StayNotHere, StillOpen, CallMade."""
    with transaction.atomic():
        patient_id = _patient_of(episode_id, at)
        if chart.discharge_of(episode_id) is None:
            raise StillOpen
        try:
            with transaction.atomic():
                FollowUp.objects.create(
                    organization_id=by.organization_id,
                    episode_id=episode_id,
                    result=result,
                    words=words,
                    at=at,
                    by_id=_signer(by),
                )
        except IntegrityError:
            raise CallMade from None
        _record("plan.follow_up.made", episode_id, patient_id, by, at, result=result)


def _patient_of(episode_id: UUID, at: datetime) -> UUID:
    stay = chart.episode(episode_id, at.date())
    if stay is None:
        raise StayNotHere
    return stay.patient.patient_id


def _locked(episode_id: UUID) -> DischargePlan | None:
    return DischargePlan.objects.select_for_update(of=("self",)).filter(episode=episode_id).first()


def _signer(by: Actor) -> UUID:
    require_account(by)
    if by.person_id is None:
        raise people.PersonNotHere
    return by.person_id


def _record(
    event: str, episode_id: UUID, patient_id: UUID, by: Actor, at: datetime, **facts: str | bool
) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="episode",
        subject_id=episode_id,
        patient_id=patient_id,
        facts=facts,
    )
