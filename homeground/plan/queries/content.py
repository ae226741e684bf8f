"""The text of one version of a plan, and of an assessment, as values the rules understand."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from homeground.ground.sealed_text import opened, opened_hex, sealed_hex
from homeground.plan.models import Aim, Goal, Intervention, Part, PlanVersion, Problem, Signature
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


def version_rows() -> QuerySet[PlanVersion]:
    """Versions with all that `version_facts` reads, each in one statement whatever their number."""
    signed = Signature.objects.filter(version=OuterRef("pk")).order_by("signed_at")
    parts = Part.objects.filter(version=OuterRef("pk"))
    return PlanVersion.objects.select_related("plan__episode", "refusal__witness", "returned").annotate(
        signed_by=ArraySubquery(
            signed.values(
                json=JSONObject(
                    capacity="capacity",
                    name="name",
                    credential="credential",
                    method="method",
                    signed_at="signed_at",
                    digest="digest",
                )
            )
        ),
        beside=ArraySubquery(parts.values(json=JSONObject(id="id", kind="kind", words=sealed_hex("words")))),
    )


def versions_of(episode_id: UUID) -> tuple[VersionFacts, ...]:
    """Every version of a stay's plan, the newest first, without text. One statement."""
    rows = version_rows().filter(plan__episode=episode_id).order_by("-number")
    return tuple(version_facts(row) for row in rows)


def version(version_id: UUID) -> Version:
    """One version with its text. Three statements. Raises VersionNotHere."""
    row = version_rows().filter(pk=version_id).first()
    if row is None:
        raise VersionNotHere
    return with_text([row])[0]


def with_text(rows: Sequence[Any]) -> tuple[Version, ...]:
    """These versions (from `version_rows`) with their texts, in this order. Two statements for one person."""
    goals = _goals([row.pk for row in rows])
    return tuple(
        Version(
            facts=version_facts(row),
            text=_text(row, goals.get(row.pk, ())),
            plan_id=row.plan_id,
            episode_id=row.plan.episode_id,
            patient_id=row.plan.episode.patient_id,
        )
        for row in rows
    )


def version_before(found: Version) -> Version | None:
    """The version in force before this one, None for the first. Three statements at most."""
    row = (
        PlanVersion.objects.filter(
            plan=found.plan_id, number__lt=found.facts.number, in_force_at__isnull=False
        )
        .order_by("-number")
        .values_list("id", flat=True)
        .first()
    )
    return version(row) if row else None


def _text(row: Any, goals: Iterable[GoalText]) -> PlanText:
    kept = {part["kind"]: opened_hex(Part, "words", part["words"], row=part["id"]) for part in row.beside}
    return PlanText(
        why=row.why,
        discharge_criteria=row.discharge_criteria,
        stay_weeks=row.stay_weeks,
        parts=tuple((part.code, kept.get(part.code, "")) for part in PARTS),
        goals=tuple(goals),
    )


def _goals(version_ids: Collection[UUID]) -> dict[UUID, list[GoalText]]:
    """Goals, objectives and interventions of versions in their order. One statement."""
    if not version_ids:
        return {}
    rows: Any = (
        Goal.objects.filter(version__in=version_ids)
        .order_by(
            "position", "id", "aims__position", "aims__id", "aims__interventions__position",
            "aims__interventions__id",
        )
        .values_list(
            "version", "id", "problem", "problem__words", "words",
            "aims__id", "aims__objective", "aims__words", "aims__measure", "aims__target_on",
            "aims__interventions__id", "aims__interventions__kind", "aims__interventions__words",
            "aims__interventions__frequency", "aims__interventions__who",
        )
    )  # fmt: skip
    found: dict[UUID, list[GoalText]] = {}
    for (version_id, goal, aim), group in groupby(rows, key=lambda row: (row[0], row[1:5], row[5:10])):
        goals = found.setdefault(version_id, [])
        if not goals or goals[-1].id != goal[0]:
            goals.append(_goal(*goal))
        if aim[0] is not None:
            doings = tuple(_doing(*row[10:]) for row in group if row[10] is not None)
            aims = (*goals[-1].aims, replace(_aim(*aim), interventions=doings))
            goals[-1] = replace(goals[-1], aims=aims)
    return found


def _goal(id: UUID, problem_id: UUID, problem: bytes, words: bytes) -> GoalText:
    found = opened(Problem, "words", problem, row=problem_id)
    return GoalText(id, problem_id, found, opened(Goal, "words", words, row=id))


def _aim(id: UUID, objective_id: UUID, words: bytes, measure: bytes, target_on: date | None) -> AimText:
    what, how = opened(Aim, "words", words, row=id), opened(Aim, "measure", measure, row=id)
    return AimText(id, objective_id, what, how, target_on)


def _doing(id: UUID, kind: str, words: bytes, frequency: bytes, who: bytes) -> InterventionText:
    texts = {"words": words, "frequency": frequency, "who": who}
    return InterventionText(
        id, kind, **{name: opened(Intervention, name, text, row=id) for name, text in texts.items()}
    )


def version_facts(row: Any) -> VersionFacts:
    """A version as shown, from one of `version_rows`. No statement, where the person's key was looked up."""
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
            SignedBy(**{**each, "signed_at": datetime.fromisoformat(each["signed_at"])})
            for each in row.signed_by
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
