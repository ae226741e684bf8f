"""What is known about a person when a level of care is asked for, and how a reason is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from homeground.placement.rules.basis import Basis, Certainty
from homeground.placement.rules.domains import BY_CODE as DOMAINS
from homeground.placement.rules.domains import RATINGS
from homeground.placement.rules.questions import CODES as QUESTIONS
from homeground.placement.rules.questions import Answer
from homeground.placement.rules.red_flags import BY_CODE as FLAGS


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known. Facts and ratings may be incomplete; unknown codes raise ValueError.

    `withdrawal_screened` says that the red flags were gone through, also when none was found (check B10).
    """

    flags: frozenset[str] = frozenset()
    withdrawal_screened: bool = False
    facts: Mapping[str, Answer] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = (
            self.flags <= FLAGS.keys()
            and self.facts.keys() <= QUESTIONS
            and self.ratings.keys() <= DOMAINS.keys()
        )
        if not known:
            raise ValueError("unknown flag, question or domain")
        if not set(self.ratings.values()) <= set(RATINGS):
            raise ValueError("a rating is a whole number from 0 to 4")

    def said(self, question: str, answer: Answer) -> bool:
        """True when this question was answered so; a question without an answer says nothing."""
        return self.facts.get(question) is answer

    def at_most(self, domain: str, rating: int) -> bool | None:
        """True when the domain is rated no higher than this, None when it is not rated."""
        return None if domain not in self.ratings else self.ratings[domain] <= rating


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable code, the words shown, and what it stands on."""

    code: str
    words: str
    source: str
    certainty: Certainty


def reason(code: str, words: str, basis: Basis) -> Reason:
    """A reason with its basis."""
    return Reason(code=code, words=words, source=basis.source, certainty=basis.certainty)
