"""The end of a stay as pages show it, and what the rules ask about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from homeground.chart import queries as chart
from homeground.plan.models import (
    Certification,
    DischargePlan,
    DischargeSummary,
    FollowUp,
    Incident,
    SubstanceUse,
)
from homeground.plan.queries.content import called
from homeground.plan.rules.certifying import covered
from homeground.plan.rules.ending import CallRule, Family, Naloxone, Ready, asks_for_naloxone
from homeground.program.rules.pack import RulePack

_WORDS = (
    "keeps_well",
    "when_hard",
    "referrals",
    "family",
    "aftercare_with",
    "no_aftercare_why",
    "naloxone",
)


@dataclass(frozen=True, slots=True)
class DischargePlanFacts:
    """The plan for afterwards as it is shown and signed. `seal` is the digest of its words now."""

    keeps_well: str = field(repr=False, default="")
    when_hard: str = field(repr=False, default="")
    referrals: str = field(repr=False, default="")
    family: str = field(repr=False, default="")
    aftercare_at: datetime | None = None
    aftercare_with: str = field(repr=False, default="")
    no_aftercare_why: str = field(repr=False, default="")
    naloxone: str = field(repr=False, default="")
    seal: str = ""
    signed_at: datetime | None = None
    signed_name: str = field(repr=False, default="")
    credential: str = ""
    person_signed_at: datetime | None = None
    person_refused: str = field(repr=False, default="")
    copy_given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """A signed discharge summary."""

    words: str = field(repr=False)
    last_contact_on: date | None
    signed_at: datetime
    signed_name: str = field(repr=False)
    credential: str


def digest_of(row: DischargePlan) -> str:
    """The digest of what a signature stands under, in hexadecimal."""
    told = [str(getattr(row, name)) for name in _WORDS]
    told.append(row.aftercare_at.isoformat() if row.aftercare_at else "")
    return sha256("".join(f"{len(each)}:{each}" for each in told).encode()).hexdigest()


def discharge_plan(episode_id: UUID) -> DischargePlanFacts | None:
    """The plan for afterwards, None while nobody has written one. One statement."""
    row = DischargePlan.objects.filter(episode=episode_id).first()
    if row is None:
        return None
    return DischargePlanFacts(
        **{name: getattr(row, name) for name in _WORDS},
        aftercare_at=row.aftercare_at,
        seal=digest_of(row),
        signed_at=row.signed_at,
        signed_name=row.signed_name,
        credential=row.credential,
        person_signed_at=row.person_signed_at,
        person_refused=row.person_refused,
        copy_given_at=row.copy_given_at,
    )


def ready(stay: chart.EpisodeFacts, on: date, *, calls: Sequence[date]) -> Ready:
    """What is there for the end of a stay. Two statements."""
    found = discharge_plan(stay.id)
    return Ready(
        written=found is not None and bool(found.keeps_well.strip() or found.when_hard.strip()),
        signed=found is not None and found.signed_at is not None,
        person_signed=found is not None and bool(found.person_signed_at or found.person_refused),
        copy_given=found is not None and found.copy_given_at is not None,
        family=Family(found.family) if found and found.family else None,
        aftercare_at=found.aftercare_at if found else None,
        no_aftercare_why=found.no_aftercare_why if found else "",
        naloxone=Naloxone(found.naloxone) if found and found.naloxone else None,
        at_risk_of_overdose=offers_naloxone(stay, on),
        calls=calls,
    )


def offers_naloxone(stay: chart.EpisodeFacts, on: date) -> bool:
    """Whether the substances told in this stay's assessments ask for an offer. Two statements."""
    known = str(stay.rules.pack.rule("naloxone.substances", on).value or "").split()
    told = SubstanceUse.objects.filter(assessment__episode=stay.id)
    return asks_for_naloxone([each.substance for each in told], known)


def call_rule(pack: RulePack, on: date) -> CallRule:
    """How many attempts within how many days come before an administrative discharge. No statement."""
    return CallRule(int(pack.number("outreach.attempts", on)), int(pack.number("outreach.window_days", on)))


def summary(episode_id: UUID) -> SummaryFacts | None:
    """The signed summary of a stay, None while there is none. One statement."""
    row = DischargeSummary.objects.filter(episode=episode_id).first()
    if row is None:
        return None
    return SummaryFacts(row.words, row.last_contact_on, row.signed_at, row.signed_name, row.credential)


def follow_up(episode_id: UUID) -> tuple[datetime, str] | None:
    """When the call after leaving was made and what came of it. One statement."""
    return FollowUp.objects.filter(episode=episode_id).values_list("at", "result").first()


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """One grave event. `late` says that it was written down on a later day."""

    id: UUID
    kind: str
    happened_at: datetime
    words: str = field(repr=False)
    recorded_at: datetime
    recorded_by: str = field(repr=False)
    reported_at: datetime | None
    no_report_why: str = field(repr=False)


def incidents(patient_id: UUID) -> tuple[IncidentFacts, ...]:
    """A person's grave events, the newest first. One statement."""
    rows = Incident.objects.filter(patient=patient_id).select_related("recorded_by")
    return tuple(
        IncidentFacts(
            id=row.pk,
            kind=row.kind,
            happened_at=row.happened_at,
            words=row.words,
            recorded_at=row.recorded_at,
            recorded_by=called(row.recorded_by),
            reported_at=row.reported_at,
            no_report_why=row.no_report_why,
        )
        for row in rows.order_by("-happened_at", "-id")
    )


def patient_of_incident(incident_id: UUID) -> UUID | None:
    """Whose incident it is, None when it is not here. One statement."""
    return Incident.objects.filter(pk=incident_id).values_list("patient_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class CertificationFacts:
    """One certification."""

    from_on: date
    minutes_a_week: int
    reason: str = field(repr=False)
    signed_at: datetime
    signed_name: str = field(repr=False)
    credential: str


def certifications(episode_id: UUID) -> tuple[CertificationFacts, ...]:
    """The certifications of a stay, the newest first. One statement."""
    rows = Certification.objects.filter(episode=episode_id).order_by("-from_on")
    return tuple(
        CertificationFacts(r.from_on, r.minutes_a_week, r.reason, r.signed_at, r.signed_name, r.credential)
        for r in rows
    )


def certified_on(episode_id: UUID, on: date, pack: RulePack) -> bool:
    """Whether a certification covers a day; without one no Medicare claim leaves (C13). One statement."""
    days = int(pack.number("medicare.recert_days", on))
    first = Certification.objects.filter(episode=episode_id).values_list("from_on", flat=True)
    return covered(first, on, days=days)
