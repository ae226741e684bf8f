"""A gradual return: fewer sessions step by step, planned in one go.

Each step keeps some of the sessions of the step before, so that the person stays with the days and the
people they know. Which hours each step should have is a clinician's decision; this only finds the sessions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from homeground.timetable.rules.week import Meeting

SUGGESTED = (360, 180, 90)  # after nine hours: six, three, one and a half (own default)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step: from this day on, about so many minutes a week."""

    starts_on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a step comes to: the slots kept and their counted minutes. `full` when none is left out."""

    starts_on: date
    slots: tuple[UUID, ...]
    minutes: int
    full: bool


class NotGradual(Exception):
    """Each step begins after the one before and has no more hours."""


def steps(meetings: Mapping[UUID, Meeting], wanted: Sequence[Wanted]) -> tuple[Step, ...]:
    """The sessions of each step: those of the step before whose minutes come nearest to what is wanted.

    Nearest from above first, so that nobody gets less than was decided unless sessions cannot be cut any
    finer; one session always stays. Among equals fewer days, then the earlier ones. Raises NotGradual.
    """
    for before, after in zip(wanted, wanted[1:], strict=False):
        if after.starts_on <= before.starts_on or after.minutes > before.minutes:
            raise NotGradual
    kept: tuple[UUID, ...] = tuple(sorted(meetings, key=lambda slot: (meetings[slot], str(slot))))
    found = []
    for each in wanted:
        kept = _nearest(meetings, kept, each.minutes)
        found.append(Step(each.starts_on, kept, _minutes(meetings, kept), len(kept) == len(meetings)))
    return tuple(found)


def _nearest(meetings: Mapping[UUID, Meeting], slots: Sequence[UUID], minutes: int) -> tuple[UUID, ...]:
    choices = [choice for count in range(1, len(slots) + 1) for choice in combinations(slots, count)]
    enough = [choice for choice in choices if _minutes(meetings, choice) >= minutes] or [tuple(slots)]
    return min(
        enough,
        key=lambda choice: (
            _minutes(meetings, choice),
            len({meetings[slot].weekday for slot in choice}),
            [meetings[slot] for slot in choice],
        ),
    )


def _minutes(meetings: Mapping[UUID, Meeting], slots: Sequence[UUID]) -> int:
    return sum(meetings[slot].minutes for slot in slots)
