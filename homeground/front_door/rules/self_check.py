"""The public self-check: eleven plain questions, and how soon to talk to someone.

It advises and never turns anyone away: the only answers are "call now", "call today" and "talk to us" (check
B04). Danger comes first whatever else is said (check B05). It never says that someone is safe.

Source of the signs: our reading of first-contact screening for withdrawal and overdose (SAMHSA TIP 45 and
TIP 63 in our own words); of the candidacy facts: the level of care is set by need, not by a verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """What is asked, in the order of the page: danger first, then whether this kind of help may suit."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    PAST_WITHDRAWAL = "past_withdrawal"
    STOPPED_DRINKING = "stopped_drinking"
    SEDATIVES = "sedatives"
    BODY = "body"
    OVERDOSE = "overdose"
    HOME = "home"
    READY = "ready"
    LIFE = "life"
    STEADY = "steady"


class Answer(StrEnum):
    """What may be answered; a question left out is none of these."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Urgency(StrEnum):
    """How soon to talk to someone."""

    CALL_NOW = "call_now"
    CALL_TODAY = "call_today"
    TALK = "talk"


class Reason(StrEnum):
    """Why, or what we can do together; each has a sentence in plain words."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    SEVERE_WITHDRAWAL = "severe_withdrawal"
    WITHDRAWAL = "withdrawal"
    PAST_WITHDRAWAL = "past_withdrawal"
    SEDATIVES = "sedatives"
    BODY = "body"
    OVERDOSE = "overdose"
    HOME = "home"
    READY = "ready"
    LIFE = "life"
    START_STEADY = "start_steady"
    SUITS = "suits"


@dataclass(frozen=True, slots=True)
class Advice:
    """How soon, and why: the reasons for `urgency` come first."""

    urgency: Urgency
    reasons: tuple[Reason, ...]


RED_FLAGS = tuple(Question)[:7]
CANDIDACY = tuple(Question)[7:]

_FLAGS = (
    (Question.EMERGENCY, Urgency.CALL_NOW, Reason.EMERGENCY),
    (Question.SELF_HARM, Urgency.CALL_NOW, Reason.SELF_HARM),
    (Question.STOPPED_DRINKING, Urgency.CALL_TODAY, Reason.WITHDRAWAL),
    (Question.PAST_WITHDRAWAL, Urgency.CALL_TODAY, Reason.PAST_WITHDRAWAL),
    (Question.SEDATIVES, Urgency.CALL_TODAY, Reason.SEDATIVES),
    (Question.BODY, Urgency.CALL_TODAY, Reason.BODY),
    (Question.OVERDOSE, Urgency.CALL_TODAY, Reason.OVERDOSE),
)


def advise(answers: Mapping[Question, Answer]) -> Advice:
    """The advice for these answers; a question may be left out and then raises nothing.

    "Not sure" about danger counts as yes. Shaking now after an earlier seizure is an emergency. While
    there is danger nothing else is said: groups can wait.
    """
    raised = [(urgency, reason) for question, urgency, reason in _FLAGS if _maybe(answers.get(question))]
    now = [reason for urgency, reason in raised if urgency is Urgency.CALL_NOW]
    today = [reason for urgency, reason in raised if urgency is Urgency.CALL_TODAY]
    if today[:2] == [Reason.WITHDRAWAL, Reason.PAST_WITHDRAWAL]:
        now, today = [*now, Reason.SEVERE_WITHDRAWAL], today[2:]
    urgency = Urgency.CALL_NOW if now else Urgency.CALL_TODAY if today else Urgency.TALK
    if now:
        return Advice(urgency, (*now, *today))
    return Advice(
        urgency, (*today, *_about_care(answers)) if today else _about_care(answers) or (Reason.SUITS,)
    )


_DOUBTS = (
    (Question.STEADY, Reason.START_STEADY),
    (Question.HOME, Reason.HOME),
    (Question.READY, Reason.READY),
)
_NOT_YES = (Answer.NO, Answer.UNSURE)


def _maybe(answer: Answer | None) -> bool:
    return answer is Answer.YES or answer is Answer.UNSURE


def _about_care(answers: Mapping[Question, Answer]) -> tuple[Reason, ...]:
    """What we would talk about; every answer leads somewhere, none of them away."""
    found = [reason for question, reason in _DOUBTS if answers.get(question) in _NOT_YES]
    if answers.get(Question.LIFE) is Answer.YES:
        found.append(Reason.LIFE)
    return tuple(found)
