"""How risky a breach is: the four factors of 45 CFR 164.402(2), which also hold for part 2 records."""

from dataclasses import dataclass, field
from enum import StrEnum


class Rating(StrEnum):
    """How much one factor speaks for harm."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Factor(StrEnum):
    """What is weighed."""

    NATURE = "nature"
    RECIPIENT = "recipient"
    ACQUIRED = "acquired"
    MITIGATED = "mitigated"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One factor with its rating and the facts behind it."""

    factor: Factor
    rating: Rating
    words: str = field(repr=False)


def missing(weighed: tuple[Weighed, ...]) -> frozenset[Factor]:
    """Factors without a rating, or without a word of why: all four are written down, or none counts."""
    said = {each.factor for each in weighed if each.words.strip()}
    return frozenset(Factor) - said


def low_risk(weighed: tuple[Weighed, ...]) -> bool:
    """Whether the probability of compromise is low: all four factors are weighed and none is above low.

    The law presumes a breach; whoever says otherwise shows it factor by factor. Stricter than the law,
    which leaves the weighing free (our own default).
    """
    return not missing(weighed) and all(each.rating is Rating.LOW for each in weighed)
