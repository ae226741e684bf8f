"""Plans, assessments and tests made directly, so that a test of one page needs no other."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from homeground.plan.models import (
    Aim,
    Assessment,
    Goal,
    Intervention,
    Objective,
    Plan,
    PlanVersion,
    Problem,
)

OPENED = datetime(2026, 10, 6, 16, tzinfo=UTC)
BY_ID = UUID(int=7)


def make_problem(episode, words="Drinks every evening", section="substances"):
    return Problem.objects.create(
        organization_id=episode.organization_id,
        episode=episode,
        section=section,
        words=words,
        found_at=OPENED,
        found_by_id=BY_ID,
    )


def make_plan(episode):
    return Plan.objects.create(
        organization_id=episode.organization_id, episode=episode, opened_at=OPENED, opened_by_id=BY_ID
    )


def make_version(plan, number=1, problem=None, objective=None, **fields):
    """A complete draft: one goal, one objective, one intervention."""
    owns = {"organization_id": plan.organization_id}
    version = PlanVersion.objects.create(
        **owns,
        plan=plan,
        number=number,
        started_at=OPENED,
        started_by_id=BY_ID,
        discharge_criteria="Eight weeks without alcohol and a meeting a week",
        stay_weeks="12",
        **fields,
    )
    goal = Goal.objects.create(
        **owns,
        version=version,
        problem=problem or make_problem(plan.episode),
        words="I want my evenings back.",
        position=1,
    )
    aim = Aim.objects.create(
        **owns,
        goal=goal,
        objective=objective or Objective.objects.create(**owns, plan=plan, opened_at=OPENED),
        words="Spend five evenings a week without alcohol",
        measure="Evenings marked in the weekly check-in",
        target_on=date(2026, 12, 18),
        position=1,
    )
    Intervention.objects.create(
        **owns,
        aim=aim,
        kind="group",
        words="Skills for evenings",
        frequency="3 times a week",
        who="Evening group",
        position=1,
    )
    return version


def put_in_force(version, at=OPENED + timedelta(days=1), ended_at=None):
    PlanVersion.objects.filter(pk=version.pk).update(
        offered_at=at, digest="0" * 64, in_force_at=at, ended_at=ended_at
    )
    version.refresh_from_db()
    return version


def make_assessment(episode, **fields):
    return Assessment.objects.create(
        organization_id=episode.organization_id,
        episode=episode,
        opened_at=OPENED,
        opened_by_id=BY_ID,
        **fields,
    )
