"""What a program's rule pack says about a group as it is."""

from dataclasses import dataclass
from datetime import date

from homeground.program import queries as program
from homeground.timetable.rules.clinic import OpenGroup
from homeground.timetable.rules.size import OverCap, above_ceiling, over_cap


@dataclass(frozen=True, slots=True)
class GroupJudged:
    """Too many chairs, and the minutes of a week with the ceiling they are above; None where all is well."""

    size: OverCap | None
    minutes: int | None
    ceiling: int | None


def judge_group(group: OpenGroup, on: date) -> GroupJudged:
    """A group against the rules of its program on a day. One statement."""
    rules = program.program_rules([group.program_id]).get(group.program_id)
    if rules is None:
        return GroupJudged(None, None, None)
    long = above_ceiling(group.meetings, rules.population, rules.pack, on) if group.kind == "core" else None
    return GroupJudged(over_cap(group.kind, group.capacity, rules.pack, on), *(long or (None, None)))
