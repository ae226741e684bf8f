"""What a facilitator marks about one person in one session: the source of every drafted sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Engagement(StrEnum):
    """How the person took part."""

    ACTIVE = "active"
    INVITED = "invited"
    LISTENED = "listened"
    DRIFTED = "drifted"
    WITHDREW = "withdrew"
    UPSET = "upset"


class Response(StrEnum):
    """What the person did with the topic; several may be true."""

    RELATED = "related"
    INSIGHT = "insight"
    SUPPORTED = "supported"
    FEEDBACK = "feedback"
    QUESTIONED = "questioned"
    AMBIVALENT = "ambivalent"
    DISCLOSED_USE = "disclosed_use"
    DECLINED = "declined"


class Skill(StrEnum):
    """A skill practiced in the session."""

    TRIGGERS = "triggers"
    URGES = "urges"
    REFUSAL = "refusal"
    THOUGHTS = "thoughts"
    GROUNDING = "grounding"
    PROBLEMS = "problems"
    ASSERTION = "assertion"
    PLANNING = "planning"
    SUPPORT = "support"


class SkillLevel(StrEnum):
    """How far the practice went."""

    UNAIDED = "unaided"
    PROMPTED = "prompted"
    TALKED = "talked"


class Progress(StrEnum):
    """What the session meant for the objectives it served."""

    FORWARD = "forward"
    SAME = "same"
    SETBACK = "setback"


class Risk(StrEnum):
    """What was said or seen about harm. CONCERN needs the words of the writer and what was done."""

    NONE_SEEN = "none_seen"
    ASKED_NONE = "asked_none"
    CONCERN = "concern"


class NextStep(StrEnum):
    """What comes next; several may be true."""

    PRACTICE = "practice"
    EXERCISE = "exercise"
    COUNSELOR = "counselor"
    SUPPORT_PERSON = "support_person"
    MUTUAL_HELP = "mutual_help"
    PRESCRIBER = "prescriber"


class Pronoun(StrEnum):
    """How to speak of the person after the first mention. NAME repeats the name: nothing is assumed."""

    SHE = "she"
    HE = "he"
    THEY = "they"
    NAME = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective of the person's plan, in the plan's words, under a goal in the person's own words."""

    id: str
    words: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Participation:
    """What was marked. `quote` are the person's own words; `added`, `risk_note` and `next_note` are typed.

    `objectives` are the ids of the objectives the session served for this person.
    """

    engagement: Engagement | None = None
    responses: tuple[Response, ...] = ()
    skills: tuple[Skill, ...] = ()
    skill_level: SkillLevel | None = None
    quote: str = ""
    added: str = ""
    objectives: tuple[str, ...] = ()
    progress: Progress | None = None
    risk: Risk | None = None
    risk_note: str = ""
    next_steps: tuple[NextStep, ...] = ()
    next_note: str = ""
