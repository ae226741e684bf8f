"""The text of one version of a plan, and of an assessment, as values the rules understand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from homeground.plan.models import Goal, PlanVersion
from homeground.plan.rules.content import AimText, GoalText, InterventionText, PlanText
from homeground.plan.rules.sections import PARTS
from homeground.plan.rules.signing import Signed


class VersionNotHere(Exception):
    """No such version of a plan in the organization in scope."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One signature as it is shown: who, as what, with which letters, when."""

    capacity: str
    name: str = field(repr=False)
    credential: str
    method: str
    signed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """Why the person did not sign, and who was there."""

    reason: str = field(repr=False)
    witness: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version without its text."""

    id: UUID
    number: int
    started_at: datetime
    offered_at: datetime | None
    in_force_at: datetime | None
    ended_at: datetime | None
    dropped_at: datetime | None
    digest: str
    signatures: tuple[SignedBy, ...]
    refusal: RefusedBy | None
    returned: str = field(repr=False)

    @property
    def state(self) -> str:
        """draft, offered, in_force, ended, returned or dropped."""
        if self.dropped_at:
            return "returned" if self.returned else "dropped"
        if self.in_force_at:
            return "ended" if self.ended_at else "in_force"
        return "offered" if self.offered_at else "draft"

    def signed(self, capacity: str) -> SignedBy | None:
        """The signature given in this capacity."""
        return next((each for each in self.signatures if each.capacity == capacity), None)


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its whole text, and whose it is."""

    facts: VersionFacts
    text: PlanText
    plan_id: UUID
    episode_id: UUID
    patient_id: UUID


def versions_of(episode_id: UUID) -> tuple[VersionFacts, ...]:
    """Every version of a stay's plan, the newest first, without text. Two statements."""
    rows = (
        PlanVersion.objects.filter(plan__episode=episode_id)
        .select_related("refusal__witness", "returned")
        .prefetch_related("signatures")
        .order_by("-number")
    )
    return tuple(version_facts(row) for row in rows)


def version(version_id: UUID) -> Version:
    """One version with its text. Six statements. Raises VersionNotHere."""
    row = (
        PlanVersion.objects.filter(pk=version_id)
        .select_related("refusal__witness", "returned", "plan__episode")
        .prefetch_related("signatures", "parts")
        .first()
    )
    if row is None:
        raise VersionNotHere
    goals = Goal.objects.filter(version=row).select_related("problem")
    return Version(
        facts=version_facts(row),
        text=text_of(row, goals.prefetch_related("aims__interventions").order_by("position", "id")),
        plan_id=row.plan_id,
        episode_id=row.plan.episode_id,
        patient_id=row.plan.episode.patient_id,
    )


def version_before(found: Version) -> Version | None:
    """The version in force before this one, None for the first. Seven statements at most."""
    row = (
        PlanVersion.objects.filter(
            plan=found.plan_id, number__lt=found.facts.number, in_force_at__isnull=False
        )
        .order_by("-number")
        .values_list("id", flat=True)
        .first()
    )
    return version(row) if row else None


def text_of(row: PlanVersion, goals: Iterable[Goal]) -> PlanText:
    """The text of a version whose parts and goals were fetched. No statement."""
    kept: Mapping[str, str] = {part.kind: part.words for part in row.parts.all()}
    return PlanText(
        why=row.why,
        discharge_criteria=row.discharge_criteria,
        stay_weeks=row.stay_weeks,
        parts=tuple((part.code, kept.get(part.code, "")) for part in PARTS),
        goals=tuple(_goal(goal) for goal in goals),
    )


def _goal(goal: Goal) -> GoalText:
    aims = sorted(goal.aims.all(), key=lambda each: (each.position, each.pk))
    return GoalText(
        id=goal.pk,
        problem_id=goal.problem_id,
        problem=goal.problem.words,
        words=goal.words,
        aims=tuple(
            AimText(
                id=aim.pk,
                objective_id=aim.objective_id,
                words=aim.words,
                measure=aim.measure,
                target_on=aim.target_on,
                interventions=tuple(
                    InterventionText(each.pk, each.kind, each.words, each.frequency, each.who)
                    for each in sorted(aim.interventions.all(), key=lambda i: (i.position, i.pk))
                ),
            )
            for aim in aims
        ),
    )


def version_facts(row: PlanVersion) -> VersionFacts:
    """A version as shown, from a row with its signatures, refusal and return fetched. No statement."""
    # A reverse one-to-one without a row raises a subclass of AttributeError.
    refusal = getattr(row, "refusal", None)
    returned = getattr(row, "returned", None)
    return VersionFacts(
        id=row.pk,
        number=row.number,
        started_at=row.started_at,
        offered_at=row.offered_at,
        in_force_at=row.in_force_at,
        ended_at=row.ended_at,
        dropped_at=row.dropped_at,
        digest=row.digest,
        signatures=tuple(
            SignedBy(each.capacity, each.name, each.credential, each.method, each.signed_at, each.digest)
            for each in sorted(row.signatures.all(), key=lambda s: s.signed_at)
        ),
        refusal=RefusedBy(refusal.reason, called(refusal.witness), refusal.at) if refusal else None,
        returned=returned.words if returned else "",
    )


class NamedRow(Protocol):
    """A row that carries a person's name; the table itself is another room's."""

    called: str
    given_name: str
    family_name: str


def called(row: NamedRow) -> str:
    """What staff call a person."""
    return f"{row.called or row.given_name} {row.family_name}".strip()


def signed_state(found: Version) -> Signed:
    """Who has signed a version, as the rules ask it."""
    return signed_state_of(found.facts)


def signed_state_of(facts: VersionFacts) -> Signed:
    """Who has signed, from a version without its text."""
    author = facts.signed("author")
    return Signed(
        author_letters=author.credential if author else None,
        by_patient=bool(facts.signed("patient") or facts.refusal),
        cosigned=facts.signed("cosigner") is not None,
    )
