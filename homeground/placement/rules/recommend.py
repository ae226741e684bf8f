"""From answers to a level of care with its reasons. The clinician decides; this only says what follows.

Order: red flags, then medical needs, then completeness, then the most intensive need, then the public
checklist for intensive outpatient. Nothing is averaged and nobody is turned away: what is not known leads
to a talk, what is unclear about the body to an evaluation.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from homeground.placement.rules import checklist
from homeground.placement.rules.answers import Answers, Reason, reason
from homeground.placement.rules.basis import (
    CHECKLIST,
    COMPARABLE_OUTCOMES,
    CONTINUING_CARE,
    OWN_DOMAINS,
    WITHDRAWAL_GUIDANCE,
)
from homeground.placement.rules.domains import BY_CODE, DOMAINS, RATING_NAMES, SAFETY
from homeground.placement.rules.levels import AROUND_THE_CLOCK, MEDICAL, NAMES, Level, intensity
from homeground.placement.rules.questions import QUESTIONS, Answer
from homeground.placement.rules.red_flags import FLAGS, STEPS, Urgent, urgency

type Needs = Mapping[str, Level | None]

_IMMEDIATE = 4


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What follows from the answers. `must_refer`: an outpatient program cannot be the next step."""

    level: Level
    reasons: tuple[Reason, ...]
    must_refer: bool
    urgent: Urgent | None = None


def recommend(answers: Answers) -> Recommendation:
    """The level of care these answers support considering, or the step that comes first."""
    flags = _flags(answers)
    if urgent := urgency(answers.flags):
        return Recommendation(Level.EVALUATE, tuple(flags), must_refer=True, urgent=urgent)
    needs: Needs = {code: BY_CODE[code].minima[rating] for code, rating in answers.ratings.items()}
    medical = [code for code in SAFETY if needs.get(code) in MEDICAL]
    missing = _missing(answers)
    if missing and not medical:
        return Recommendation(Level.TALK, (*flags, *missing, *_to_ask(answers)), must_refer=False)
    considered = medical if missing else list(needs)
    level = max((needs[code] or Level.OUTPATIENT for code in considered), key=intensity)
    evaluations = _evaluations(answers, needs)
    if level in AROUND_THE_CLOCK:
        reasons = [*flags, *_governing(level, considered, needs, answers), *evaluations]
    else:
        level, reasons = _outpatient(level, answers, needs)
        reasons = [*evaluations, *flags, *reasons]
        level = Level.EVALUATE if evaluations else level
    return Recommendation(
        level,
        (*reasons, *_to_ask(answers)),
        must_refer=level is Level.EVALUATE or level in AROUND_THE_CLOCK,
        urgent=_rated_urgent(answers),
    )


def _outpatient(level: Level, answers: Answers, needs: Needs) -> tuple[Level, list[Reason]]:
    """Among the outpatient levels the checklist can raise a person to intensive outpatient."""
    reasons = _governing(level, needs, needs, answers)
    if level is not Level.OUTPATIENT:
        return level, reasons
    raised = [*checklist.part_four(answers), *_step_down(answers)]
    if raised:
        return Level.INTENSIVE_OUTPATIENT, raised
    return level, [
        *reasons,
        reason("no_need_for_more", "Nothing asks for several contacts a week", CHECKLIST),
    ]


def _flags(answers: Answers) -> list[Reason]:
    """A reason for each flag, the most urgent first."""
    order = {Urgent.NOW: 0, Urgent.TODAY: 1, None: 2}
    found = sorted(
        (flag for flag in FLAGS if flag.code in answers.flags), key=lambda flag: order[flag.urgent]
    )
    return [reason(f"flag.{flag.code}", f"{flag.words}. {STEPS[flag.step]}.", flag.basis) for flag in found]


def _missing(answers: Answers) -> list[Reason]:
    """What must be known before a level can be named (checks A07 and B10)."""
    reasons = []
    if not answers.withdrawal_screened:
        reasons.append(
            reason("red_flags_not_asked", "The red flags have not been gone through", WITHDRAWAL_GUIDANCE)
        )
    reasons += [
        reason(f"not_rated.{domain.code}", f"{domain.name} is not rated yet", OWN_DOMAINS)
        for domain in DOMAINS
        if domain.code not in answers.ratings
    ]
    return reasons


def _governing(level: Level, considered: Collection[str], needs: Needs, answers: Answers) -> list[Reason]:
    """The domains that ask for this level: the most intensive need governs, the others say nothing."""
    return [
        reason(
            f"domain.{code}",
            f"{BY_CODE[code].name}: {RATING_NAMES[answers.ratings[code]].lower()}."
            f" This asks for {NAMES[level].lower()} ({level}) at least.",
            OWN_DOMAINS,
        )
        for code in considered
        if needs[code] is level
    ]


def _evaluations(answers: Answers, needs: Needs) -> list[Reason]:
    """What needs a medical look before a level below around-the-clock care can be named (check A11)."""
    reasons = [
        reason(
            f"evaluate.{code}",
            f"{BY_CODE[code].name}: moderate. A medical evaluation comes first.",
            OWN_DOMAINS,
        )
        for code, need in needs.items()
        if need is Level.EVALUATE
    ]
    if answers.said("mild_to_moderate", Answer.NO) and not answers.said("detox_done", Answer.YES):
        reasons.append(
            reason(
                "severe_without_detox",
                "The problem is severe and detox or residential care is not behind them: have the risk of"
                " withdrawal evaluated. Severity alone does not decide the level.",
                COMPARABLE_OUTCOMES,
            )
        )
    return reasons


def _step_down(answers: Answers) -> list[Reason]:
    if answers.said("mild_to_moderate", Answer.NO) and answers.said("detox_done", Answer.YES):
        return [
            reason(
                "step_down", "Detox or residential care is behind them: the next step down", CONTINUING_CARE
            )
        ]
    return []


def _to_ask(answers: Answers) -> list[Reason]:
    """What to talk about: answers that are not sure, and where a no asks us to help. Changes no level."""
    reasons = [
        reason(f"unsure.{question.code}", f"Not sure yet, to be talked about: {question.words}", OWN_DOMAINS)
        for question in QUESTIONS
        if answers.said(question.code, Answer.UNSURE)
    ]
    if answers.said("home_safe", Answer.NO):
        reasons.append(reason("home_not_safe", "Home is not safe: offer a safe place to live", OWN_DOMAINS))
    if answers.said("transport", Answer.NO) and not answers.said("video", Answer.YES):
        reasons.append(
            reason("no_way_here", "No way to get here and no video: look for transport first", OWN_DOMAINS)
        )
    return reasons


def _rated_urgent(answers: Answers) -> Urgent | None:
    """An immediate rating of a safety domain means now; danger at home means today."""
    if any(answers.ratings.get(code) == _IMMEDIATE for code in SAFETY):
        return Urgent.NOW
    return Urgent.TODAY if answers.ratings.get("home") == _IMMEDIATE else None
