"""The thread of one objective: its wordings over the versions, its reviews, its end."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from homeground.plan.models import Aim, Assessment, Objective, Progress
from homeground.plan.rules.content import InterventionText


class ObjectiveNotHere(Exception):
    """No such objective in the organization in scope."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An objective as one version words it; `in_force_at` is None while the version is not in force."""

    version_id: UUID
    number: int
    in_force_at: datetime | None
    ended_at: datetime | None
    goal: str = field(repr=False)
    problem: str = field(repr=False)
    section: str
    words: str = field(repr=False)
    measure: str = field(repr=False)
    target_on: date | None
    interventions: tuple[InterventionText, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What one closed review said of the objective."""

    closed_at: datetime
    state: str
    words: str = field(repr=False)
    decision: str
    by: str = field(repr=False)
    credential: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One objective from the problem it answers to its end. Wordings are the newest first."""

    id: UUID
    patient_id: UUID
    episode_id: UUID
    opened_at: datetime
    wordings: tuple[Wording, ...]
    reviews: tuple[Reviewed, ...]

    @property
    def now(self) -> Wording:
        """The wording in force, else the newest."""
        in_force = (each for each in self.wordings if each.in_force_at and not each.ended_at)
        return next(in_force, self.wordings[0])

    @property
    def dropped(self) -> bool:
        """Whether no version in force holds the objective any more."""
        return all(each.ended_at for each in self.wordings if each.in_force_at)


def thread(objective_id: UUID) -> Thread:
    """One objective through all versions that were ever in force, and the newest draft. Four statements.

    Raises ObjectiveNotHere, also for an objective that no version holds any more.
    """
    row = Objective.objects.select_related("plan__episode").filter(pk=objective_id).first()
    if row is None:
        raise ObjectiveNotHere
    aims = (
        Aim.objects.filter(objective=row, goal__version__dropped_at=None)
        .select_related("goal__version", "goal__problem")
        .prefetch_related("interventions")
        .order_by("-goal__version__number")
    )
    wordings = tuple(_wording(aim) for aim in aims)
    if not wordings:
        raise ObjectiveNotHere
    reviews = (
        Progress.objects.filter(objective=row, review__closed_at__isnull=False)
        .select_related("review")
        .order_by("review__closed_at")
    )
    return Thread(
        id=row.pk,
        patient_id=row.plan.episode.patient_id,
        episode_id=row.plan.episode_id,
        opened_at=row.opened_at,
        wordings=wordings,
        reviews=tuple(
            Reviewed(
                each.review.closed_at,
                each.state,
                each.words,
                each.review.decision,
                each.review.closed_name,
                each.review.credential,
            )
            for each in reviews
            if each.review.closed_at
        ),
    )


def assessed_at(episode_id: UUID) -> datetime | None:
    """When a stay's latest signed assessment was signed; None while none is. One statement."""
    rows = Assessment.objects.filter(episode=episode_id, signed_at__isnull=False)
    return rows.order_by("-signed_at").values_list("signed_at", flat=True).first()


def _wording(aim: Aim) -> Wording:
    version = aim.goal.version
    return Wording(
        version_id=version.pk,
        number=version.number,
        in_force_at=version.in_force_at,
        ended_at=version.ended_at,
        goal=aim.goal.words,
        problem=aim.goal.problem.words,
        section=aim.goal.problem.section,
        words=aim.words,
        measure=aim.measure,
        target_on=aim.target_on,
        interventions=tuple(
            InterventionText(i.pk, i.kind, i.words, i.frequency, i.who)
            for i in sorted(aim.interventions.all(), key=lambda i: (i.position, i.pk))
        ),
    )
