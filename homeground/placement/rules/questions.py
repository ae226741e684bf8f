"""The candidacy facts: what makes an intensive outpatient program suit somebody. Advice, never a gate.

Source: the published descriptions of whom such programs suit, corrected where evidence says otherwise
(an unsupportive home or a second mental health condition is no reason against treatment), and the part
of the South Dakota checklist that asks for a reason to need several contacts a week.
"""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What was said. Not being sure is an answer."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Question:
    """One fact. `words` stand on the staff page; `why` says what the answer is for."""

    code: str
    words: str
    why: str


QUESTIONS: tuple[Question, ...] = (
    Question(
        "motivated", "Wants treatment for reasons of their own", "Shapes the first sessions, not the level"
    ),
    Question("accountable", "Can come on time and keep agreements between sessions", "Structure to plan for"),
    Question(
        "wavering", "Goes back and forth about change and needs structure to stay with it", "Checklist 4a"
    ),
    Question("use_soon", "Is likely to use again soon without several contacts a week", "Checklist 4b"),
    Question("home_safe", "Home is safe", "Safety comes first; a safe place to live can be found"),
    Question("home_supportive", "The people at home support a change", "Checklist 4c"),
    Question(
        "copes_with_structure",
        "Copes at home when the week has structure and support",
        "Checklist 4c",
    ),
    Question(
        "mild_to_moderate",
        "The problem with alcohol or drugs is mild to moderate",
        "A severe one asks for a medical look first",
    ),
    Question(
        "detox_done",
        "If severe: detox or residential care is behind them",
        "Then this program is the next step down",
    ),
    Question("needs_flexibility", "Needs treatment around work, school or care for others", "For the week"),
    Question("transport", "Can get to the center and home again", "For the week"),
    Question("video", "Could take part by video from a private place", "For the week"),
)
CODES = frozenset(question.code for question in QUESTIONS)
