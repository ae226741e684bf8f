"""What changed between two versions of a plan, in the order of the plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from homeground.plan.rules.content import AimText, PlanText
from homeground.plan.rules.sections import PARTS


class Change(StrEnum):
    """What happened to a piece of the plan."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: of what (`kind`, and the code of a part), and the words before and after."""

    kind: str
    change: Change
    before: str = field(repr=False)
    after: str = field(repr=False)
    code: str = ""


def differences(before: PlanText, after: PlanText) -> tuple[Difference, ...]:
    """Everything that differs. Goals are the same when they answer the same problem, objectives by their id,
    interventions by their place."""
    return (*_overall(before, after), *_goals(before, after))


def _one(kind: str, before: str, after: str, code: str = "") -> Iterator[Difference]:
    if before == after:
        return
    change = Change.ADDED if not before else Change.REMOVED if not after else Change.CHANGED
    yield Difference(kind, change, before, after, code)


def _overall(before: PlanText, after: PlanText) -> Iterator[Difference]:
    yield from _one("discharge_criteria", before.discharge_criteria, after.discharge_criteria)
    yield from _one("stay_weeks", before.stay_weeks, after.stay_weeks)
    old, new = dict(before.parts), dict(after.parts)
    for part in PARTS:
        yield from _one("part", old.get(part.code, ""), new.get(part.code, ""), part.code)


def _goals(before: PlanText, after: PlanText) -> Iterator[Difference]:
    old = {goal.problem_id: goal for goal in before.goals}
    new = {goal.problem_id: goal for goal in after.goals}
    for problem_id in dict.fromkeys((*new, *old)):
        was, now = old.get(problem_id), new.get(problem_id)
        yield from _one("goal", was.words if was else "", now.words if now else "")
        yield from _aims(was.aims if was else (), now.aims if now else ())


def _aims(before: tuple[AimText, ...], after: tuple[AimText, ...]) -> Iterator[Difference]:
    old: dict[UUID, AimText] = {aim.objective_id: aim for aim in before}
    new = {aim.objective_id: aim for aim in after}
    for objective_id in dict.fromkeys((*new, *old)):
        was, now = old.get(objective_id), new.get(objective_id)
        yield from _one("objective", _words(was), _words(now))
        yield from _one("measure", was.measure if was else "", now.measure if now else "")
        yield from _one("target", _day(was), _day(now))
        yield from _one("interventions", _doing(was), _doing(now))


def _words(aim: AimText | None) -> str:
    return aim.words if aim else ""


def _day(aim: AimText | None) -> str:
    return aim.target_on.isoformat() if aim and aim.target_on else ""


def _doing(aim: AimText | None) -> str:
    found = aim.interventions if aim else ()
    return "; ".join(
        ", ".join(part for part in (i.words or i.kind, i.frequency, i.who) if part) for i in found
    )
