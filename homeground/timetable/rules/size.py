"""How many people a group may hold, and how long its week may be: what a rule pack says (checks D01, A03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from homeground.program.rules.hours import WeekFault, judge_week
from homeground.program.rules.pack import NoSuchRule, RulePack, Severity
from homeground.program.rules.vocabulary import Population
from homeground.timetable.rules.week import Meeting

CAPS = {"core": "group.cap.therapy", "special": "group.cap.education"}
"""The rule for each kind of group. Groups of several families have no cap."""


@dataclass(frozen=True, slots=True)
class OverCap:
    """More chairs than the pack's cap. `blocks` when the pack says so; otherwise it is a warning."""

    seats: int
    cap: int
    pack: str
    blocks: bool


def over_cap(kind: str, seats: int, pack: RulePack, on: date) -> OverCap | None:
    """What is wrong with so many chairs; None when nothing is, or the pack sets no cap."""
    if kind not in CAPS:
        return None
    try:
        cap = pack.number(CAPS[kind], on)
    except NoSuchRule:
        return None
    if seats <= cap:
        return None
    return OverCap(seats, cap, pack.name, pack.rule(CAPS[kind], on).severity is Severity.BLOCK)


def above_ceiling(
    meetings: Iterable[Meeting], population: Population, pack: RulePack, on: date
) -> tuple[int, int] | None:
    """The minutes of a week above the pack's ceiling, and that ceiling; None below it."""
    minutes = sum(each.minutes for each in meetings)
    for found in judge_week(minutes, on=on, population=population, pack=pack):
        if found.fault is WeekFault.ABOVE_CEILING:
            return minutes, found.bound
    return None
