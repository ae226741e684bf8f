"""Whom a program is for, by age, and why a stay ends."""

from datetime import date
from enum import StrEnum

from homeground.program.rules.vocabulary import Population


class DischargeReason(StrEnum):
    """Why a stay ends, in words that blame nobody.

    A positive test, a missed session or a return to use is never a reason by itself (check A19): each is a
    clinical event that the plan answers.
    """

    COMPLETED = "completed"
    LESS_CARE = "less_care"
    MORE_CARE = "more_care"
    ELSEWHERE = "elsewhere"
    OWN_WISH = "own_wish"
    NOT_REACHED = "not_reached"
    MOVED = "moved"
    COST = "cost"
    CUSTODY = "custody"
    SAFETY = "safety"
    DIED = "died"
    OTHER = "other"


def age_on(born_on: date, on: date) -> int:
    """Whole years on a day. Somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def population_of(born_on: date, on: date, adult_age: int) -> Population:
    """Adult from the birthday on which `adult_age` (a rule pack's loc.adult_age) is reached (check A18)."""
    return Population.ADULT if age_on(born_on, on) >= adult_age else Population.ADOLESCENT
