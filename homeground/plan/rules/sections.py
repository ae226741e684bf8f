"""The sections of the assessment and the parts of the plan, and when an assessment is complete (check C01).

Sections follow the chart's usual order: substance use, withdrawal, body, medication, mind, trauma, safety,
family, law, work and school, home, culture, strengths, what the person wants. Names and hints are ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class SectionKind:
    """One section: its heading, what to ask, and whether the person writes a part of their own."""

    code: str
    name: str
    about: str
    shared: bool = False


SECTIONS: tuple[SectionKind, ...] = (
    SectionKind(
        "goals",
        "What the person wants",
        "What should be different, and why now. In their words.",
        shared=True,
    ),
    SectionKind(
        "strengths",
        "Strengths",
        "What has helped before, who helps, what the person is good at.",
        shared=True,
    ),
    SectionKind(
        "daily_life",
        "Work, school, parenting",
        "Obligations that stay, and what treatment must not cost.",
        shared=True,
    ),
    SectionKind(
        "home",
        "Home and money",
        "Where and with whom the person lives, safety there, income, transport.",
        shared=True,
    ),
    SectionKind(
        "family",
        "Family and people close",
        "Who matters, who supports, who should take part, what stands between them.",
        shared=True,
    ),
    SectionKind(
        "culture",
        "Culture, language, faith",
        "What care must respect: language, background, faith, identity.",
        shared=True,
    ),
    SectionKind(
        "body",
        "Body",
        "Illness, pain, sleep, pregnancy, last doctor; tests for TB, HIV, hepatitis offered.",
        shared=True,
    ),
    SectionKind(
        "medication",
        "Medication and allergies",
        "All medication, who prescribes it, allergies, what was offered.",
    ),
    SectionKind(
        "substances", "Substance use", "The course over time, periods without use, what use does and costs."
    ),
    SectionKind(
        "withdrawal", "Withdrawal and overdose", "Earlier withdrawal, seizures, overdoses, naloxone at hand."
    ),
    SectionKind(
        "mind",
        "Mood and mind",
        "Mood, fear, attention, thinking; earlier and present treatment.",
        shared=True,
    ),
    SectionKind(
        "trauma",
        "Hard things that happened",
        "Only as much as the person wants to say now; what to avoid in groups.",
    ),
    SectionKind(
        "risk",
        "Safety from oneself and others",
        "Thoughts of suicide, earlier attempts, violence, means at hand.",
    ),
    SectionKind("law", "Court and law", "Cases, dates, what a court or agency asks."),
    SectionKind("treatment", "Earlier treatment", "What was tried, what helped, why it ended."),
    SectionKind(
        "summary", "Summary and level of care", "What it adds up to: needs, readiness, level of care and why."
    ),
)
BY_CODE = {section.code: section for section in SECTIONS}
SHARED = tuple(section for section in SECTIONS if section.shared)


@dataclass(frozen=True, slots=True)
class Filled:
    """What one section holds: the counselor's words, the person's, or a reason to leave it for later."""

    staff: str = field(default="", repr=False)
    person: str = field(default="", repr=False)
    deferred: str = field(default="", repr=False)


def open_sections(filled: Mapping[str, Filled]) -> tuple[str, ...]:
    """Sections that are neither written by the counselor nor left for later with a reason (check C01).

    What the person wrote does not answer for the counselor, except where it is theirs alone to say.
    """
    own = {"goals", "strengths", "culture"}
    nothing = Filled()
    return tuple(
        section.code
        for section in SECTIONS
        for found in (filled.get(section.code, nothing),)
        if not (found.staff.strip() or found.deferred.strip())
        and not (section.code in own and found.person.strip())
    )


@dataclass(frozen=True, slots=True)
class PartKind:
    """A part of the plan beside its goals; `shared` ones the person may write on their phone."""

    code: str
    name: str
    shared: bool = False


PARTS: tuple[PartKind, ...] = (
    PartKind("strengths", "Strengths", shared=True),
    PartKind("obligations", "Obligations", shared=True),
    PartKind("work", "Work", shared=True),
    PartKind("school", "School", shared=True),
    PartKind("parenting", "Parenting", shared=True),
    PartKind("physical", "Physical state"),
    PartKind("emotional", "Emotional state"),
    PartKind("psychological", "Psychological state"),
    PartKind("family", "Family"),
)
PART_CODES = frozenset(part.code for part in PARTS)
SHARED_PARTS = frozenset(part.code for part in PARTS if part.shared)


def sealed(filled: Mapping[str, Filled], lines: Sequence[str]) -> str:
    """The digest of a whole assessment: every section in both voices, and the lines of the substances."""
    parts = [
        f"{section.code}:{voice}:{text}"
        for section in SECTIONS
        for found in (filled.get(section.code, Filled()),)
        for voice, text in (("staff", found.staff), ("person", found.person), ("deferred", found.deferred))
    ]
    return sha256("".join(f"{len(part)}:{part}" for part in (*parts, *lines)).encode()).hexdigest()
