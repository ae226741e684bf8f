"""What the pages of one person's plan show."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from homeground.ground.sealed_text import opened_hex, sealed_hex
from homeground.plan.models import Problem, Progress, Review
from homeground.plan.queries.content import Version, VersionFacts, version_facts, version_rows, with_text


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """Something found that needs an answer; `deferred` is the reason to wait, empty when there is none."""

    id: UUID
    section: str
    words: str = field(repr=False)
    found_at: datetime
    deferred: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """How one objective went by one review."""

    objective_id: UUID
    state: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review, open or closed."""

    id: UUID
    version_id: UUID
    opened_at: datetime
    reasoning: str = field(repr=False)
    person_said: str = field(repr=False)
    decision: str
    reasons: tuple[str, ...]
    closed_at: datetime | None
    closed_by: str = field(repr=False)
    credential: str
    progress: tuple[ProgressFacts, ...]


@dataclass(frozen=True, slots=True)
class StayPlan:
    """Everything about the plan of one stay. `current` is in force; `unfinished` a draft or offered."""

    episode_id: UUID
    current: Version | None
    unfinished: Version | None
    versions: tuple[VersionFacts, ...]
    problems: tuple[ProblemFacts, ...]
    reviews: tuple[ReviewFacts, ...]

    @property
    def open_review(self) -> ReviewFacts | None:
        """The review that is not closed."""
        return next((each for each in self.reviews if each.closed_at is None), None)


_SHOWN_WHOLE = ("in_force", "draft", "offered")


def stay_plan(episode_id: UUID) -> StayPlan:
    """The plan of a stay with all its versions and reviews. Five statements."""
    rows = list(version_rows().filter(plan__episode=episode_id).order_by("-number"))
    found = tuple(version_facts(row) for row in rows)
    wanted = [row for row, facts in zip(rows, found, strict=True) if facts.state in _SHOWN_WHOLE]
    whole = {each.facts.state == "in_force": each for each in with_text(wanted)}
    return StayPlan(
        episode_id=episode_id,
        current=whole.get(True),
        unfinished=whole.get(False),
        versions=found,
        problems=problems_of(episode_id),
        reviews=reviews_of(episode_id),
    )


def problems_of(episode_id: UUID) -> tuple[ProblemFacts, ...]:
    """Everything found in a stay that needs an answer. One statement."""
    rows = Problem.objects.filter(episode=episode_id).select_related("deferral").order_by("found_at", "id")
    return tuple(
        ProblemFacts(
            row.pk, row.section, row.words, row.found_at, row.deferral.why if hasattr(row, "deferral") else ""
        )
        for row in rows
    )


def patient_of_problem(problem_id: UUID) -> UUID | None:
    """Whose problem it is, None when it is not here. One statement."""
    rows = Problem.objects.filter(pk=problem_id).values_list("episode__patient_id", flat=True)
    return rows.first()


def review_here(review_id: UUID) -> tuple[ReviewFacts, UUID] | None:
    """One review and the stay it belongs to, None when it is not here. Two statements."""
    row = Review.objects.filter(pk=review_id).select_related("plan").first()
    if row is None:
        return None
    found = next(each for each in reviews_of(row.plan.episode_id) if each.id == review_id)
    return found, row.plan.episode_id


def reviews_of(episode_id: UUID) -> tuple[ReviewFacts, ...]:
    """The reviews of a stay, the newest first. One statement."""
    progress = Progress.objects.filter(review=OuterRef("pk")).order_by("id")
    said = progress.values(
        json=JSONObject(id="id", objective="objective", state="state", words=sealed_hex("words"))
    )
    reviews = Review.objects.filter(plan__episode=episode_id).order_by("-opened_at", "-id")
    rows: QuerySet[Any, Any] = reviews.annotate(said=ArraySubquery(said))
    return tuple(
        ReviewFacts(
            id=row.pk,
            version_id=row.version_id,
            opened_at=row.opened_at,
            reasoning=row.reasoning,
            person_said=row.person_said,
            decision=row.decision,
            reasons=tuple(row.reasons),
            closed_at=row.closed_at,
            closed_by=row.closed_name,
            credential=row.credential,
            progress=tuple(_progress(p) for p in row.said),
        )
        for row in rows
    )


def _progress(said: dict[str, str]) -> ProgressFacts:
    words = opened_hex(Progress, "words", said["words"], row=said["id"])
    return ProgressFacts(UUID(said["objective"]), said["state"], words)
