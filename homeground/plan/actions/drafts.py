"""Writing a draft: saved as typed, by the counselor and by the person, each seeing the other's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.plan.models import (
    Aim,
    Goal,
    Intervention,
    Objective,
    Part,
    Plan,
    PlanVersion,
    Problem,
    Return,
)
from homeground.plan.queries.content import Version, version
from homeground.plan.queries.locks import locked_version
from homeground.plan.rules.content import PlanText, fields_of
from homeground.plan.rules.sections import SHARED_PARTS
from homeground.plan.rules.typed import Typed, merge
from homeground.plan.rules.vocabulary import Kind


class StayNotHere(Exception):
    """The patient has no open stay here."""


class DraftOpen(Exception):
    """There is an unfinished version already; it is finished or given up first."""


class NotADraft(Exception):
    """The version was offered for signature or given up meanwhile: nothing of it can be changed."""


class NotOffered(Exception):
    """The version does not wait for a signature."""


class NotPartOfIt(Exception):
    """The goal, objective, intervention or problem does not belong to this version."""


@dataclass(frozen=True, slots=True)
class AddGoal:
    """A goal for one problem."""

    problem_id: UUID


@dataclass(frozen=True, slots=True)
class AddObjective:
    """An objective for one goal of the draft."""

    goal_id: UUID


@dataclass(frozen=True, slots=True)
class AddIntervention:
    """An intervention for one objective's wording."""

    aim_id: UUID


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a goal, an objective's wording ("aim") or an intervention ("doing") out of the draft."""

    kind: str
    id: UUID


type Step = AddGoal | AddObjective | AddIntervention | Remove


@dataclass(frozen=True, slots=True)
class Written:
    """What a save did: the fields it wrote, those somebody else changed meanwhile, and the id of what it
    added."""

    saved: frozenset[str]
    conflicts: frozenset[str]
    added: UUID | None = None


def begin_version(*, patient_id: UUID, on: date, why: str = "", by: Actor, at: datetime) -> UUID:
    """Begin a draft for a patient's open stay: the first version empty, a later one as a copy.

    Raises StayNotHere, DraftOpen, NotSignedIn.
    """
    account = require_account(by)
    with transaction.atomic():
        stay = chart.open_episode(patient_id, on)
        if stay is None:
            raise StayNotHere
        plan, _new = Plan.objects.get_or_create(
            organization_id=by.organization_id,
            episode_id=stay.id,
            defaults={"opened_at": at, "opened_by_id": account},
        )
        plan = Plan.objects.select_for_update(of=("self",)).select_related("episode").get(pk=plan.pk)
        if plan.versions.filter(in_force_at=None, dropped_at=None).exists():
            raise DraftOpen
        source = plan.versions.filter(dropped_at=None).order_by("-number").first()
        draft = _new_draft(plan, account, at, why=why, source=version(source.pk) if source else None)
        audit.record(
            by=by,
            at=at,
            event="plan.version.begun",
            subject_kind="plan_version",
            subject_id=draft.pk,
            patient_id=patient_id,
            facts={"number": draft.number},
        )
    return draft.pk


def _new_draft(plan: Plan, account: UUID, at: datetime, *, why: str, source: Version | None) -> PlanVersion:
    """The next version, as a copy of another where there is one. Inside the caller's transaction."""
    highest = plan.versions.aggregate(highest=Max("number"))["highest"] or 0
    text = source.text if source else PlanText()
    draft = PlanVersion.objects.create(
        organization_id=plan.organization_id,
        plan=plan,
        number=highest + 1,
        started_at=at,
        started_by_id=account,
        why=why,
        discharge_criteria=text.discharge_criteria,
        stay_weeks=text.stay_weeks,
    )
    _copy(draft, text)
    return draft


def _copy(draft: PlanVersion, text: PlanText) -> None:
    owns = {"organization_id": draft.organization_id}
    Part.objects.bulk_create(Part(**owns, version=draft, kind=k, words=w) for k, w in text.parts if w)
    aims: list[Aim] = []
    doings: list[Intervention] = []
    goals = [
        Goal(**owns, version=draft, problem_id=goal.problem_id, words=goal.words, position=place)
        for place, goal in enumerate(text.goals, start=1)
    ]
    for row, goal in zip(goals, text.goals, strict=True):
        for place, aim in enumerate(goal.aims, start=1):
            copy = Aim(
                **owns,
                goal=row,
                objective_id=aim.objective_id,
                words=aim.words,
                measure=aim.measure,
                target_on=aim.target_on,
                position=place,
            )
            aims.append(copy)
            doings += [
                Intervention(
                    **owns,
                    aim=copy,
                    kind=each.kind,
                    words=each.words,
                    frequency=each.frequency,
                    who=each.who,
                    position=number,
                )
                for number, each in enumerate(aim.interventions, start=1)
            ]
    Goal.objects.bulk_create(goals)
    Aim.objects.bulk_create(aims)
    Intervention.objects.bulk_create(doings)


def write_draft(
    *,
    version_id: UUID,
    typed: Mapping[str, Typed],
    step: Step | None = None,
    own_words_only: bool = False,
    by: Actor,
    at: datetime,
) -> Written:
    """Save what was typed into a draft, then take one step (add or remove something).

    Field names: `why`, `discharge_criteria`, `stay_weeks`, `part-CODE`, `goal-ID-words`,
    `aim-ID-words|measure|target` (the target as YYYY-MM-DD or empty), `doing-ID-kind|words|frequency|who`.
    With `own_words_only` (the person on their phone) only goals' words and the shared parts are written.
    A field changed by somebody else meanwhile is not overwritten; it comes back in `conflicts`.
    Raises VersionNotHere, NotADraft, NotPartOfIt.
    """
    account = require_account(by)
    with transaction.atomic():
        row = locked_version(version_id)
        if row.offered_at or row.dropped_at:
            raise NotADraft
        found = version(version_id)
        kept = {
            name: text for name, text in fields_of(found.text).items() if not own_words_only or _is_own(name)
        }
        merged = merge(kept, {name: each for name, each in typed.items() if _sound(name, each.text)})
        for name, text in merged.changes.items():
            _write(row, name, text)
        added = _take(row, found.text, step, account, at) if step and not own_words_only else None
        if merged.changes or step:
            audit.record(
                by=by,
                at=at,
                event="plan.draft.written",
                subject_kind="plan_version",
                subject_id=version_id,
                patient_id=found.patient_id,
                facts={"fields": len(merged.changes), "step": type(step).__name__ if step else ""},
            )
    return Written(frozenset(merged.changes), merged.conflicts, added)


def ask_for_change(*, version_id: UUID, words: str, by: Actor, at: datetime) -> UUID:
    """The person does not sign but asks for a change: the version is given up with their words, and a draft
    begins as its copy. Gives the id of the draft. Raises VersionNotHere, NotOffered."""
    account = require_account(by)
    with transaction.atomic():
        row = locked_version(version_id)
        if row.offered_at is None or row.in_force_at or row.dropped_at:
            raise NotOffered
        Return.objects.create(
            organization_id=by.organization_id, version=row, words=words, at=at, by_id=account
        )
        PlanVersion.objects.filter(pk=row.pk).update(dropped_at=at)
        draft = _new_draft(row.plan, account, at, why=words[:500], source=version(version_id))
        audit.record(
            by=by,
            at=at,
            event="plan.version.returned",
            subject_kind="plan_version",
            subject_id=version_id,
            patient_id=row.plan.episode.patient_id,
        )
    return draft.pk


def drop_draft(*, version_id: UUID, by: Actor, at: datetime) -> None:
    """Give a draft up; it stays readable. Raises VersionNotHere, NotADraft."""
    with transaction.atomic():
        row = locked_version(version_id)
        if row.offered_at or row.dropped_at:
            raise NotADraft
        PlanVersion.objects.filter(pk=row.pk).update(dropped_at=at)
        audit.record(
            by=by,
            at=at,
            event="plan.draft.dropped",
            subject_kind="plan_version",
            subject_id=version_id,
            patient_id=row.plan.episode.patient_id,
        )


def _is_own(name: str) -> bool:
    return name.startswith("goal-") or name.removeprefix("part-") in SHARED_PARTS


def _sound(name: str, text: str) -> bool:
    """Whether a text has the shape its field can hold."""
    limits = {"why": 500, "stay_weeks": 10, "measure": 500, "frequency": 100, "who": 200}
    part = name.rsplit("-", 1)[-1]
    if part == "kind":
        return not text or text in list(Kind)
    if name.startswith("doing-") and part == "words":
        return len(text) <= 500
    return len(text) <= limits.get(part, 10_000)


_COLUMNS = {"target": "target_on"}


def _write(row: PlanVersion, name: str, text: str) -> None:
    if name.startswith("part-"):
        Part.objects.update_or_create(
            organization_id=row.organization_id,
            version=row,
            kind=name.removeprefix("part-"),
            defaults={"words": text},
        )
        return
    if "-" not in name:
        setattr(row, name, text)
        row.save(update_fields=[name])
        return
    table, rest = name.split("-", 1)
    id, part = rest.rsplit("-", 1)
    value = (date.fromisoformat(text) if text else None) if part == "target" else text
    column = _COLUMNS.get(part, part)
    kept: Goal | Aim | Intervention
    if table == "goal":
        kept = goal = Goal.objects.get(pk=id)
    elif table == "aim":
        kept = aim = Aim.objects.select_related("goal").get(pk=id)
        goal = aim.goal
    else:
        kept = doing = Intervention.objects.select_related("aim__goal").get(pk=id)
        goal = doing.aim.goal
    goal.version = row
    setattr(kept, column, value)
    kept.save(update_fields=[column])


def _take(row: PlanVersion, text: PlanText, step: Step, account: UUID, at: datetime) -> UUID | None:
    owns = {"organization_id": row.organization_id}
    goals = {goal.id: goal for goal in text.goals}
    aims = {aim.id: aim for aim in text.aims}
    if isinstance(step, AddGoal):
        if not Problem.objects.filter(pk=step.problem_id, episode=row.plan.episode_id).exists():
            raise NotPartOfIt
        problem = {"version": row, "problem_id": step.problem_id}
        goal, _new = Goal.objects.get_or_create(**owns, **problem, defaults={"position": len(goals) + 1})
        return goal.pk
    if isinstance(step, AddObjective):
        if step.goal_id not in goals:
            raise NotPartOfIt
        objective = Objective.objects.create(**owns, plan=row.plan, opened_at=at)
        place = len(goals[step.goal_id].aims) + 1
        return Aim.objects.create(**owns, goal_id=step.goal_id, objective=objective, position=place).pk
    if isinstance(step, AddIntervention):
        if step.aim_id not in aims:
            raise NotPartOfIt
        place = len(aims[step.aim_id].interventions) + 1
        return Intervention.objects.create(**owns, aim_id=step.aim_id, position=place).pk
    _remove(step, text)
    return None


def _remove(step: Remove, text: PlanText) -> None:
    doings = {each.id for aim in text.aims for each in aim.interventions}
    if step.kind == "goal" and step.id in {goal.id for goal in text.goals}:
        Goal.objects.filter(pk=step.id).delete()
    elif step.kind == "aim" and step.id in {aim.id for aim in text.aims}:
        Aim.objects.filter(pk=step.id).delete()
    elif step.kind == "doing" and step.id in doings:
        Intervention.objects.filter(pk=step.id).delete()
    else:
        raise NotPartOfIt
