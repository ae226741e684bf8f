"""What must be on record before a critical answer about suicide is closed (check H03).

Source: the triage of the Columbia screener and the safety-planning standard of care. High: the person is not
left alone, a clinician sees them at once, the disposition is written with its time. Moderate and high: a
safety plan is made or read over, or the reason why not is said (check C16). Somebody who was not reached is
still looked for: there is no disposition for it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homeground.placement.rules.instruments.definition import Kind, Means


class Outcome(StrEnum):
    """What came of it, once somebody was with the person or heard them."""

    SEEN_HERE = "seen_here"
    TALKED = "talked"
    CRISIS_TEAM = "crisis_team"
    EMERGENCY = "emergency"
    WELFARE_CHECK = "welfare_check"


class Watch(StrEnum):
    """Whether the person was left alone."""

    WITH_US = "with_us"
    WITH_SOMEBODY = "with_somebody"
    HANDED_OVER = "handed_over"
    NOT_NEEDED = "not_needed"


class SafetyPlanNow(StrEnum):
    """What happened to the safety plan."""

    MADE = "made"
    READ_OVER = "read_over"
    NOT_NOW = "not_now"


class Lack(StrEnum):
    """What is missing."""

    NO_OUTCOME = "no_outcome"
    NO_TIME = "no_time"
    BEFORE_THE_ANSWER = "before_the_answer"
    IN_THE_FUTURE = "in_the_future"
    NO_WATCH = "no_watch"
    NO_SAFETY_PLAN = "no_safety_plan"
    NO_REASON = "no_reason"


@dataclass(frozen=True, slots=True)
class Disposed:
    """What a clinician records; None or empty where nothing was chosen. `reached_at` is aware."""

    outcome: Outcome | None = None
    reached_at: datetime | None = None
    watch: Watch | None = None
    safety_plan: SafetyPlanNow | None = None
    why_no_plan: str = field(repr=False, default="")


def lacks(kind: Kind, means: Means, told: Disposed, *, raised_at: datetime, at: datetime) -> tuple[Lack, ...]:
    """Everything missing for an answer of this kind and level; only answers about suicide ask for any.

    `means` is empty where the answer alone tells no level (item 9 of the PHQ-9): outcome and time are asked.
    """
    if kind is not Kind.SUICIDE:
        return ()
    found = [Lack.NO_OUTCOME] if told.outcome is None else []
    if told.reached_at is None:
        found.append(Lack.NO_TIME)
    elif told.reached_at > at:
        found.append(Lack.IN_THE_FUTURE)
    elif told.reached_at < raised_at.replace(second=0, microsecond=0):
        found.append(Lack.BEFORE_THE_ANSWER)
    if means == "high" and told.watch is None:
        found.append(Lack.NO_WATCH)
    if means in ("moderate", "high"):
        if told.safety_plan is None:
            found.append(Lack.NO_SAFETY_PLAN)
        elif told.safety_plan is SafetyPlanNow.NOT_NOW and not told.why_no_plan.strip():
            found.append(Lack.NO_REASON)
    return tuple(found)
