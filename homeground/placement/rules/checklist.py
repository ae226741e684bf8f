"""The public checklist for admission to intensive outpatient, item by item (check A14).

South Dakota ARSD 67:61:14:01: the first three items and at least one part of the fourth. The items are
answered from our own ratings and facts; the words are ours.
"""

from dataclasses import dataclass

from homeground.placement.rules.answers import Answers, Reason, reason
from homeground.placement.rules.basis import CHECKLIST
from homeground.placement.rules.questions import Answer

_MODERATE = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One item and whether it is met; None while what it needs is not known."""

    code: str
    words: str
    met: bool | None


def items(answers: Answers) -> tuple[Item, ...]:
    """All items in order. Mental health that troubles many days is taken in with support (rating 2)."""
    parts = part_four(answers)
    asked = {"use", "home", "goals"} <= answers.ratings.keys()
    return (
        Item("1", "The risk of a severe withdrawal is minimal", answers.at_most("withdrawal", 1)),
        Item("2", "The body needs no care, or is very steady", answers.at_most("body", 1)),
        Item("3", "Trouble of mind and thinking is mild", answers.at_most("mind", 1)),
        Item("4", "Something asks for several contacts a week", True if parts else False if asked else None),
    )


def part_four(answers: Answers) -> list[Reason]:
    """The parts of the fourth item that hold; one is enough."""
    found = []
    if answers.said("wavering", Answer.YES) or answers.at_most("goals", _MODERATE - 1) is False:
        found.append(reason("checklist.4a", "Needs structure to stay with treatment", CHECKLIST))
    if answers.said("use_soon", Answer.YES) or answers.at_most("use", _MODERATE - 1) is False:
        found.append(
            reason("checklist.4b", "Is likely to use again without several contacts a week", CHECKLIST)
        )
    unsupported = answers.said("home_supportive", Answer.NO) and answers.said(
        "copes_with_structure", Answer.YES
    )
    if unsupported or answers.ratings.get("home") == _MODERATE:
        found.append(reason("checklist.4c", "Home does not support a change, and structure helps", CHECKLIST))
    return found
