"""The physician's certification that Medicare asks for (checks C12, C13).

Source: 42 CFR 424.24(d), read about, not in the law: a physician certifies at the start and at most every 60
days that the person needs at least nine hours of services a week; the plan provides them.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

PHYSICIAN = frozenset({"MD", "DO"})


class Fault(StrEnum):
    """Why it is no certification."""

    NOT_A_PHYSICIAN = "not_a_physician"
    TOO_FEW_MINUTES = "too_few_minutes"
    BEFORE_THE_STAY = "before_the_stay"


def faults(
    letters: str, minutes_a_week: int, *, floor: int, from_on: date, starts_on: date
) -> tuple[Fault, ...]:
    """Everything against it. `letters` as somebody signs ("MD, PhD"); `floor` in minutes a week."""
    own = {part.replace(".", "").upper() for part in re.split(r"[\s,;/]+", letters) if part}
    found = []
    if not own & PHYSICIAN:
        found.append(Fault.NOT_A_PHYSICIAN)
    if minutes_a_week < floor:
        found.append(Fault.TOO_FEW_MINUTES)
    if from_on < starts_on:
        found.append(Fault.BEFORE_THE_STAY)
    return tuple(found)


def covered(certified_from: Iterable[date], on: date, *, days: int) -> bool:
    """Whether a day lies in a certification: from its first day to `days` days after it, both included."""
    return any(first <= on <= first + timedelta(days=days) for first in certified_from)
