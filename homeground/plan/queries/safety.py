"""The safety plan of a person, its history, and what risk was found."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.plan.models import RiskFinding, SafetyPlan
from homeground.plan.queries.content import called
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.rules.vocabulary import SAFETY_SECTIONS


@dataclass(frozen=True, slots=True)
class SafetyVersion:
    """One version with its six texts, in order."""

    number: int
    texts: tuple[tuple[str, str], ...] = field(repr=False)
    finished_at: datetime | None
    finished_by: str = field(repr=False)
    looked_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """One finding of risk."""

    level: RiskLevel
    basis: str = field(repr=False)
    without_plan: str = field(repr=False)
    found_at: datetime
    found_by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """Everything about a person's safety plan. `in_use` is the last finished version."""

    patient_id: UUID
    in_use: SafetyVersion | None
    draft: SafetyVersion | None
    former: tuple[SafetyVersion, ...]
    risks: tuple[RiskFacts, ...]

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What the page lets be edited: the draft, else what is in use, else nothing."""
        shown = self.draft or self.in_use
        return shown.texts if shown else tuple((name, "") for name in SAFETY_SECTIONS)

    @property
    def touched_at(self) -> datetime | None:
        """When the plan in use was finished or last read over."""
        if self.in_use is None or self.in_use.finished_at is None:
            return None
        return max(self.in_use.finished_at, self.in_use.looked_over_at or self.in_use.finished_at)


def safety(patient_id: UUID) -> SafetyPage:
    """A person's safety plan and risk findings. Two statements."""
    rows = [
        SafetyVersion(
            number=row.number,
            texts=tuple((name, getattr(row, name)) for name in SAFETY_SECTIONS),
            finished_at=row.finished_at,
            finished_by=called(row.finished_by) if row.finished_by else "",
            looked_over_at=row.looked_over_at,
        )
        for row in SafetyPlan.objects.filter(patient=patient_id)
        .select_related("finished_by")
        .order_by("-number")
    ]
    finished = [row for row in rows if row.finished_at]
    risks = RiskFinding.objects.filter(patient=patient_id).select_related("found_by").order_by("-found_at")
    return SafetyPage(
        patient_id=patient_id,
        in_use=finished[0] if finished else None,
        draft=next((row for row in rows if row.finished_at is None), None),
        former=tuple(finished[1:]),
        risks=tuple(
            RiskFacts(RiskLevel(r.level), r.basis, r.without_plan, r.found_at, called(r.found_by))
            for r in risks[:20]
        ),
    )
