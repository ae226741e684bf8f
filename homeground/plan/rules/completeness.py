"""What is missing before a plan can be offered for signature (checks C03, C04, C10).

Sources: 26 TAC 564.804 and Florida 65D-30.0044 for goals, measurable objectives with dates, type and
frequency of services, discharge criteria and length of stay, and the reason for needs left out. The rule
pack says which of them stop a plan and which are only told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from homeground.plan.rules.content import AimText, GoalText, PlanText
from homeground.program.rules.pack import RulePack, Severity


class Gap(StrEnum):
    """What a plan lacks."""

    NO_GOAL = "no_goal"
    GOAL_WITHOUT_WORDS = "goal_without_words"
    GOAL_WITHOUT_OBJECTIVE = "goal_without_objective"
    OBJECTIVE_WITHOUT_WORDS = "objective_without_words"
    NOT_MEASURABLE = "not_measurable"
    NO_TARGET_DATE = "no_target_date"
    TARGET_IN_THE_PAST = "target_in_the_past"
    NO_INTERVENTION = "no_intervention"
    NO_TYPE = "no_type"
    NO_FREQUENCY = "no_frequency"
    NOBODY_DOES_IT = "nobody_does_it"
    NO_DISCHARGE_CRITERIA = "no_discharge_criteria"
    NO_LENGTH_OF_STAY = "no_length_of_stay"
    PROBLEM_LEFT_OUT = "problem_left_out"


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap, where it is (the id of a goal, an objective's wording, an intervention or a problem), what it
    is called there, and whether it stops the plan."""

    gap: Gap
    where: UUID | None
    words: str = field(repr=False)
    stops: bool


LONGEST_STAY_WEEKS = 104


def findings(
    text: PlanText, *, problems: Mapping[UUID, str], deferred: frozenset[UUID], pack: RulePack, on: date
) -> tuple[Finding, ...]:
    """Everything the plan lacks on this day. `problems` are all that were found, with their words."""
    return (*_overall(text, pack, on), *_goals(text, pack, on), *_orphans(text, problems, deferred))


def _stops(pack: RulePack, id: str, on: date) -> bool | None:
    """True: the gap stops the plan; False: it is told; None: this pack does not ask for it."""
    rule = pack.rule(id, on)
    return None if not rule.value else rule.severity is Severity.BLOCK


def _overall(text: PlanText, pack: RulePack, on: date) -> Iterator[Finding]:
    if not text.goals:
        yield Finding(Gap.NO_GOAL, None, "", True)
    asked = _stops(pack, "plan.needs_discharge_criteria", on)
    if asked is not None:
        if not text.discharge_criteria.strip():
            yield Finding(Gap.NO_DISCHARGE_CRITERIA, None, "", asked)
        weeks = text.stay_weeks.strip()
        if not weeks.isdecimal() or not 0 < int(weeks) <= LONGEST_STAY_WEEKS:
            yield Finding(Gap.NO_LENGTH_OF_STAY, None, "", asked)


def _goals(text: PlanText, pack: RulePack, on: date) -> Iterator[Finding]:
    for goal in text.goals:
        yield from _goal(goal)
        for aim in goal.aims:
            yield from _aim(aim, pack, on)


def _goal(goal: GoalText) -> Iterator[Finding]:
    if not goal.words.strip():
        yield Finding(Gap.GOAL_WITHOUT_WORDS, goal.id, goal.problem, True)
    if not goal.aims:
        yield Finding(Gap.GOAL_WITHOUT_OBJECTIVE, goal.id, goal.words or goal.problem, True)


def _aim(aim: AimText, pack: RulePack, on: date) -> Iterator[Finding]:
    if not aim.words.strip():
        yield Finding(Gap.OBJECTIVE_WITHOUT_WORDS, aim.id, "", True)
    if not aim.measure.strip():
        yield Finding(Gap.NOT_MEASURABLE, aim.id, aim.words, True)
    if aim.target_on is None:
        yield Finding(Gap.NO_TARGET_DATE, aim.id, aim.words, True)
    elif aim.target_on < on:
        yield Finding(Gap.TARGET_IN_THE_PAST, aim.id, aim.words, True)
    if not aim.interventions:
        yield Finding(Gap.NO_INTERVENTION, aim.id, aim.words, True)
    frequency = _stops(pack, "plan.needs_frequency", on)
    for each in aim.interventions:
        if not each.kind:
            yield Finding(Gap.NO_TYPE, each.id, each.words or aim.words, True)
        if not each.who.strip():
            yield Finding(Gap.NOBODY_DOES_IT, each.id, each.words or aim.words, True)
        if not each.frequency.strip() and frequency is not None:
            yield Finding(Gap.NO_FREQUENCY, each.id, each.words or aim.words, frequency)


def _orphans(text: PlanText, problems: Mapping[UUID, str], deferred: frozenset[UUID]) -> Iterator[Finding]:
    answered = {goal.problem_id for goal in text.goals} | deferred
    for problem_id, words in problems.items():
        if problem_id not in answered:
            yield Finding(Gap.PROBLEM_LEFT_OUT, problem_id, words, True)
