"""An assessment with its sections in both voices and its substances."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.plan.models import Assessment
from homeground.plan.queries.locks import AssessmentNotHere
from homeground.plan.rules.sections import Filled
from homeground.plan.rules.severity import Severity, severity


@dataclass(frozen=True, slots=True)
class SubstanceFacts:
    """One substance of an assessment."""

    id: UUID
    substance: str = field(repr=False)
    first_age: int | None = field(repr=False)
    route: str = field(repr=False)
    frequency: str = field(repr=False)
    amount: str = field(repr=False)
    last_use: str = field(repr=False)
    criteria: int | None = field(repr=False)

    @property
    def severity(self) -> Severity | None:
        """What the count of criteria stands for, None when nobody counted."""
        return None if self.criteria is None else severity(self.criteria)

    @property
    def line(self) -> str:
        """The substance as the seal reads it."""
        parts = (self.substance, self.first_age, self.route, self.frequency, self.amount, self.last_use)
        return "|".join(str(part) for part in (*parts, self.criteria))


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """One assessment with all that stands in it."""

    id: UUID
    patient_id: UUID
    episode_id: UUID
    opened_at: datetime
    signed_at: datetime | None
    signed_by: str = field(repr=False)
    credential: str
    digest: str
    filled: dict[str, Filled] = field(repr=False)
    substances: tuple[SubstanceFacts, ...]
    saved_at: datetime | None


def latest_assessment(episode_id: UUID) -> UUID | None:
    """The open assessment of a stay, else the last signed one; None when there is none. One statement."""
    rows = Assessment.objects.filter(episode=episode_id).order_by("-opened_at", "-id")
    return rows.values_list("id", flat=True).first()


def assessment(assessment_id: UUID) -> AssessmentPage:
    """One assessment. Four statements. Raises AssessmentNotHere."""
    row = (
        Assessment.objects.filter(pk=assessment_id)
        .select_related("episode")
        .prefetch_related("sections", "substances")
        .first()
    )
    if row is None:
        raise AssessmentNotHere
    found: dict[str, dict[str, str]] = {}
    for each in row.sections.all():
        section = found.setdefault(each.code, {})
        section[each.voice] = each.words
        if each.voice == "staff":
            section["deferred"] = each.deferred
    return AssessmentPage(
        id=row.pk,
        patient_id=row.episode.patient_id,
        episode_id=row.episode_id,
        opened_at=row.opened_at,
        signed_at=row.signed_at,
        signed_by=row.signed_name,
        credential=row.credential,
        digest=row.digest,
        filled={code: Filled(**texts) for code, texts in found.items()},
        substances=tuple(
            SubstanceFacts(
                each.pk,
                each.substance,
                each.first_age,
                each.route,
                each.frequency,
                each.amount,
                each.last_use,
                each.criteria,
            )
            for each in sorted(row.substances.all(), key=lambda s: (s.recorded_at, s.pk))
        ),
        saved_at=max((each.saved_at for each in row.sections.all()), default=None),
    )
