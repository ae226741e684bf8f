"""Whom a program is for, by age."""

from datetime import date

from homeground.program.rules.vocabulary import Population


def age_on(born_on: date, on: date) -> int:
    """Whole years on a day. Somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def population_of(born_on: date, on: date, adult_age: int) -> Population:
    """Adult from the birthday on which `adult_age` (a rule pack's loc.adult_age) is reached (check A18)."""
    return Population.ADULT if age_on(born_on, on) >= adult_age else Population.ADOLESCENT
