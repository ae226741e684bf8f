"""What the worker writes while the engine works on a scenario."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.timetable.models import Candidate, Chosen, Placing, Solving, SolvingPoint
from homeground.timetable.rules.design import Found, Question


def take_up(*, solving_id: UUID, by: Actor, at: datetime) -> UUID | None:
    """Begin a run that was asked for; returns its scenario, None when it was stopped or taken up before."""
    with transaction.atomic():
        row = (
            Solving.objects.select_for_update().filter(pk=solving_id, started_at=None, ended_at=None).first()
        )
        if row is None:
            return None
        row.started_at = at
        row.save(update_fields=["started_at"])
        audit.record(by=by, at=at, event="timetable.solving.begun", subject_kind="solving", subject_id=row.pk)
    return row.scenario_id


def note_point(
    *, solving_id: UUID, seconds: float, unmet: float | None, bound: float, by: Actor, at: datetime
) -> bool:
    """Note where a run stands; False when somebody has asked it to stop. Not audited: it changes nothing."""
    with transaction.atomic():
        SolvingPoint.objects.create(
            organization_id=by.organization_id,
            solving_id=solving_id,
            seconds=seconds,
            unmet=unmet,
            bound=bound,
        )
        return Solving.objects.filter(pk=solving_id, stop_asked_at=None).exists()


def fail(*, solving_id: UUID, code: str, by: Actor, at: datetime) -> None:
    """A run ended without a plan: `code` says why."""
    with transaction.atomic():
        Solving.objects.filter(pk=solving_id, ended_at=None).update(ended_at=at, failed=code)
        audit.record(
            by=by,
            at=at,
            event="timetable.solving.failed",
            subject_kind="solving",
            subject_id=solving_id,
            facts={"code": code},
        )


def keep_plan(
    *,
    solving_id: UUID,
    question: Question,
    found: Found,
    unmet: float,
    bound: float,
    by: Actor,
    at: datetime,
) -> None:
    """Keep the plan a run found, and end the run; one that was ended meanwhile stays as it is."""
    candidates = set(
        Candidate.objects.filter(pk__in=[each.id for each in question.ideas]).values_list("pk", flat=True)
    )

    def named(idea: UUID | None) -> dict[str, UUID | None]:
        ours = idea in candidates
        return {"group_id": None if ours else idea, "candidate_id": idea if ours else None}

    nobody = {each.id for each in question.staff if each.extra}
    with transaction.atomic():
        row = Solving.objects.select_for_update().filter(pk=solving_id, ended_at=None).first()
        if row is None:
            return
        Chosen.objects.bulk_create(
            Chosen(
                organization_id=by.organization_id,
                solving=row,
                leader_id=next((each for each in who if each not in nobody), None),
                **named(idea),
            )
            for idea, who in found.leaders.items()
        )
        was = {each.id: each.now for each in question.askers}
        Placing.objects.bulk_create(
            Placing(
                organization_id=by.organization_id,
                solving=row,
                episode_id=episode,
                was_id=was[episode],
                why=found.why.get(episode, ""),
                **named(idea),
            )
            for episode, idea in found.places.items()
        )
        figures = found.figures
        row.ended_at, row.unmet, row.bound = at, unmet, bound
        row.people, row.in_core, row.evenings = figures.people, figures.in_core, figures.evenings
        row.minutes, row.staff_minutes = figures.minutes, figures.staff_minutes
        row.save()
        audit.record(
            by=by,
            at=at,
            event="timetable.solving.ended",
            subject_kind="solving",
            subject_id=row.pk,
            facts={"people": figures.people, "in_core": figures.in_core},
        )
