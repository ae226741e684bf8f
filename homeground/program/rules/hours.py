"""How many minutes of treatment a week must hold (checks A01, A02, A03)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeground.program.rules.pack import RulePack, Severity
from homeground.program.rules.vocabulary import Population


@dataclass(frozen=True, slots=True)
class WeekBounds:
    """The least minutes of a week, and the most before a higher level of care suits better."""

    floor: int
    ceiling: int


class WeekFault(StrEnum):
    """What is wrong with the minutes of a planned week."""

    BELOW_FLOOR = "below_floor"
    ABOVE_CEILING = "above_ceiling"


@dataclass(frozen=True, slots=True)
class WeekFinding:
    """A planned week outside its bounds: "510 < 540" with the severity the pack gives it."""

    fault: WeekFault
    minutes: int
    bound: int
    severity: Severity


def population_on(on: date, *, born_on: date | None, program: Population, pack: RulePack) -> Population:
    """Adult or adolescent on this day: by the pack's adult age, or as the program says when the birth
    date is unknown. Born on 29 February: a year older on 1 March."""
    if born_on is None:
        return program
    age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return Population.ADULT if age >= pack.number("loc.adult_age", on) else Population.ADOLESCENT


def week_bounds(on: date, *, population: Population, pack: RulePack) -> WeekBounds:
    """The bounds of a week that contains this day, in minutes."""
    floor = "loc.adult_floor_min_week" if population is Population.ADULT else "loc.adolescent_floor_min_week"
    return WeekBounds(floor=pack.number(floor, on), ceiling=pack.number("loc.adult_ceiling_min_week", on))


def judge_week(minutes: int, *, on: date, population: Population, pack: RulePack) -> tuple[WeekFinding, ...]:
    """What is wrong with a planned week of so many minutes; empty when it is within its bounds."""
    bounds = week_bounds(on, population=population, pack=pack)
    adult = population is Population.ADULT
    if minutes < bounds.floor:
        severity = pack.rule(
            "loc.adult_floor_min_week" if adult else "loc.adolescent_floor_min_week", on
        ).severity
        return (WeekFinding(WeekFault.BELOW_FLOOR, minutes, bounds.floor, severity),)
    if minutes > bounds.ceiling:
        severity = pack.rule("loc.adult_ceiling_min_week", on).severity
        return (WeekFinding(WeekFault.ABOVE_CEILING, minutes, bounds.ceiling, severity),)
    return ()
