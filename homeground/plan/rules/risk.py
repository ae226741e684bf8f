"""When a safety plan is required (check C16): a risk found moderate or high until one is made or read over.

Source: the safety planning standard of care for a positive suicide-risk screen; moderate and above here.
"""

from datetime import datetime
from enum import StrEnum


class RiskLevel(StrEnum):
    """How high a clinician found the risk."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


NEEDS_PLAN = frozenset({RiskLevel.MODERATE, RiskLevel.HIGH})


def plan_required(level: RiskLevel, found_at: datetime, *, plan_touched_at: datetime | None) -> bool:
    """Whether a safety plan must now be made or looked over. `plan_touched_at` is when the last finished one
    was finished or looked over; within a day before the finding counts: the talk comes before the form."""
    if level not in NEEDS_PLAN:
        return False
    if plan_touched_at is None:
        return True
    return (found_at - plan_touched_at).total_seconds() > 24 * 3600
