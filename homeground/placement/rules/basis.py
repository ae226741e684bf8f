"""On what a rule stands, shown beside every reason."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How sure we are of a rule; every clinic's clinical director approves what it turns on."""

    READ = "read"
    SECOND_HAND = "second_hand"
    RECALLED = "recalled"
    OURS = "ours"

    @property
    def words(self) -> str:
        """What the page says."""
        return _WORDS[self]


_WORDS = {
    Certainty.READ: "read in the source",
    Certainty.SECOND_HAND: "read in a second-hand source",
    Certainty.RECALLED: "recalled, to be confirmed by the clinical director",
    Certainty.OURS: "our own design, to be approved by the clinical director",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from."""

    source: str
    certainty: Certainty


CHECKLIST = Basis("South Dakota ARSD 67:61:14:01, admission to intensive outpatient", Certainty.READ)
WITHDRAWAL_GUIDANCE = Basis("Public withdrawal guidance, as commonly taught", Certainty.RECALLED)
OWN_DOMAINS = Basis("Homeground's six domains", Certainty.OURS)
COMPARABLE_OUTCOMES = Basis(
    "Reviews of intensive outpatient programs: outcomes like residential care for most people who need"
    " neither detox nor supervision around the clock",
    Certainty.READ,
)
CONTINUING_CARE = Basis("SAMHSA TIP 47: care goes on after residential treatment", Certainty.RECALLED)
SUICIDE_SCREENING = Basis(
    "Columbia protocol, triage as published: plan, intent or recent attempt is high", Certainty.READ
)
SUICIDE_LOWER = Basis("Columbia protocol, the lower bands as commonly taught", Certainty.RECALLED)
