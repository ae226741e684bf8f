"""How a review ends: care continues here, changes, or ends; each with a reason that holds (A16, A19).

Source: the reasons to continue, to move up or down and to discharge, in our words. Continuing needs progress,
or a changed intervention where there was none. A drug test alone never ends care.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What is decided at the end of a review."""

    CONTINUE = "continue"
    STEP_DOWN = "step_down"
    STEP_UP = "step_up"
    TRANSFER = "transfer"
    DISCHARGE = "discharge"


class Reason(StrEnum):
    """Why."""

    PROGRESS = "progress"
    PLAN_CHANGED = "plan_changed"
    NEW_PROBLEM = "new_problem"
    GOALS_MET = "goals_met"
    LESS_NEEDED = "less_needed"
    WORSE = "worse"
    RISK = "risk"
    WITHDRAWAL = "withdrawal"
    HOME_UNSAFE = "home_unsafe"
    NO_BENEFIT = "no_benefit"
    OTHER_NEED = "other_need"
    WANTS_TO_LEAVE = "wants_to_leave"
    NO_CONTACT = "no_contact"
    MOVED = "moved"
    UNEXPECTED_TEST = "unexpected_test"


FITTING: dict[Decision, tuple[Reason, ...]] = {
    Decision.CONTINUE: (Reason.PROGRESS, Reason.PLAN_CHANGED, Reason.NEW_PROBLEM),
    Decision.STEP_DOWN: (Reason.GOALS_MET, Reason.LESS_NEEDED),
    Decision.STEP_UP: (
        Reason.WORSE,
        Reason.RISK,
        Reason.WITHDRAWAL,
        Reason.HOME_UNSAFE,
        Reason.NO_BENEFIT,
        Reason.UNEXPECTED_TEST,
    ),
    Decision.TRANSFER: (Reason.OTHER_NEED,),
    Decision.DISCHARGE: (
        Reason.GOALS_MET,
        Reason.WANTS_TO_LEAVE,
        Reason.NO_CONTACT,
        Reason.MOVED,
        Reason.OTHER_NEED,
        Reason.UNEXPECTED_TEST,
    ),
}


class Fault(StrEnum):
    """Why a review cannot be closed like this."""

    NO_REASON = "no_reason"
    REASON_DOES_NOT_FIT = "reason_does_not_fit"
    NO_REASONING = "no_reasoning"
    OBJECTIVE_NOT_RATED = "objective_not_rated"
    NO_PROGRESS_AND_NO_CHANGE = "no_progress_and_no_change"
    PROGRESS_NOT_SEEN = "progress_not_seen"
    TEST_ALONE = "test_alone"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the review saw: how each objective went ("", "none", "some", "met", "worse"), whether the
    interventions differ from those of the last review, and whether a problem was found since."""

    states: Collection[str]
    interventions_changed: bool
    new_problem: bool = False


def faults(
    decision: Decision, reasons: Collection[Reason], reasoning: str, looked: Looked
) -> tuple[Fault, ...]:
    """Everything that stands against closing a review with this decision."""
    found = []
    if not reasons:
        found.append(Fault.NO_REASON)
    elif not set(reasons) <= set(FITTING[decision]):
        found.append(Fault.REASON_DOES_NOT_FIT)
    if not reasoning.strip():
        found.append(Fault.NO_REASONING)
    if any(state == "" for state in looked.states):
        found.append(Fault.OBJECTIVE_NOT_RATED)
    if set(reasons) == {Reason.UNEXPECTED_TEST}:
        found.append(Fault.TEST_ALONE)
    if decision is Decision.CONTINUE:
        found += _continued(reasons, looked)
    return tuple(found)


def _continued(reasons: Collection[Reason], looked: Looked) -> list[Fault]:
    progress = bool({"some", "met"} & set(looked.states))
    if not progress and not looked.interventions_changed and not looked.new_problem:
        return [Fault.NO_PROGRESS_AND_NO_CHANGE]
    if set(reasons) == {Reason.PROGRESS} and not progress:
        return [Fault.PROGRESS_NOT_SEEN]
    return []
