"""What each kind of note is asked for, under which headings, and how its parts become one text.

Source: what reviewers look for per document (progress, crisis, medication, outreach, review, discharge);
42 CFR 2.11 keeps counseling notes apart, they have no outline.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from homeground.treatment.rules.drafter import as_sentence, draft
from homeground.treatment.rules.participation import Objective, Participation
from homeground.treatment.rules.signing import NoteKind


class Part(StrEnum):
    """One heading of a note."""

    WHO = "who"
    AGREED_TO = "agreed_to"
    FOCUS = "focus"
    DONE = "done"
    RESPONSE = "response"
    STATE = "state"
    WORKED = "worked"
    HOW = "how"
    ABOUT = "about"
    AGREED = "agreed"
    HAPPENED = "happened"
    SAFETY = "safety"
    FOLLOW_UP = "follow_up"
    REASON = "reason"
    MEDICATIONS = "medications"
    OFFERED = "offered"
    CHANGES = "changes"
    TESTS = "tests"
    TRIED = "tried"
    BY_OBJECTIVE = "by_objective"
    STAY = "stay"
    PERSON_SAID = "person_said"
    COURSE = "course"
    ONWARD = "onward"


HEADS: Mapping[Part, str] = {
    Part.WHO: "Present",
    Part.AGREED_TO: "Agreed to be talked about",
    Part.FOCUS: "Worked on",
    Part.DONE: "Done by the clinician",
    Part.RESPONSE: "Response",
    Part.STATE: "State",
    Part.WORKED: "What helped and what did not",
    Part.HOW: "Contact",
    Part.ABOUT: "About",
    Part.AGREED: "Agreed",
    Part.HAPPENED: "What happened",
    Part.SAFETY: "Safety plan and means",
    Part.FOLLOW_UP: "Follow-up",
    Part.REASON: "Reason for the visit",
    Part.MEDICATIONS: "Medications",
    Part.OFFERED: "Medication for opioid or alcohol use disorder",
    Part.CHANGES: "Changes",
    Part.TESTS: "Vital signs and tests",
    Part.TRIED: "Attempts",
    Part.BY_OBJECTIVE: "Progress by objective",
    Part.STAY: "Level of care",
    Part.PERSON_SAID: "The person says",
    Part.COURSE: "Course of treatment",
    Part.ONWARD: "Where the person goes on",
}
"""Headings as they stand in the chart."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A heading of an outline; a needed one must hold words before the note is signed."""

    part: Part
    needed: bool = True


def _asked(needed: str, may: str = "") -> tuple[Asked, ...]:
    return (
        *(Asked(Part(name)) for name in needed.split()),
        *(Asked(Part(name), needed=False) for name in may.split()),
    )


OUTLINES: Mapping[NoteKind, tuple[Asked, ...]] = {
    NoteKind.INDIVIDUAL: _asked("focus done response"),
    NoteKind.FAMILY: _asked("who agreed_to focus response", "done"),
    NoteKind.PROGRESS: _asked("state worked", "changes"),
    NoteKind.CONTACT: _asked("how about", "agreed"),
    NoteKind.CRISIS: _asked("happened state done safety follow_up"),
    NoteKind.MEDICATION: _asked("reason medications offered changes", "tests"),
    NoteKind.OUTREACH: _asked("tried agreed", "person_said"),
    NoteKind.PLAN_REVIEW: _asked("by_objective stay person_said", "changes"),
    NoteKind.DISCHARGE: _asked("reason course state onward", "medications"),
}
"""Kinds that are written beside a group session, with their headings in order."""

SERVES_AN_OBJECTIVE = frozenset(
    {
        NoteKind.GROUP,
        NoteKind.INDIVIDUAL,
        NoteKind.FAMILY,
        NoteKind.PROGRESS,
        NoteKind.PLAN_REVIEW,
    }
)
"""Kinds that must name an objective of the plan where there is one (check D06)."""

ASKS_RISK = frozenset({NoteKind.CRISIS, NoteKind.DISCHARGE, NoteKind.MEDICATION})
"""Kinds that are not signed without a word on risk."""


def compose(
    kind: NoteKind,
    parts: Mapping[Part, str],
    marks: Participation,
    *,
    name: str,
    objectives: Sequence[Objective] = (),
) -> str:
    """The text of a note: one paragraph a heading, then what was marked as the drafter says it.

    Empty headings are left out; nothing is said that was not typed or marked. Parts of another kind's
    outline are ignored.
    """
    paragraphs = [
        f"{HEADS[asked.part]}: {as_sentence(parts[asked.part])}"
        for asked in OUTLINES.get(kind, ())
        if parts.get(asked.part, "").strip()
    ]
    marked = draft(marks, name=name, objectives=objectives).text
    return "\n".join([*paragraphs, *([marked] if marked else [])])


def missing(kind: NoteKind, parts: Mapping[Part, str]) -> tuple[Part, ...]:
    """Needed headings that hold no word, in the order of the outline."""
    return tuple(
        asked.part
        for asked in OUTLINES.get(kind, ())
        if asked.needed and not parts.get(asked.part, "").strip()
    )
