"""The fields of a note as a writer sends them: what each may hold, how two writers' values meet."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from homeground.treatment.rules import merge
from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Progress,
    Response,
    Risk,
    Skill,
    SkillLevel,
)

type Value = str | tuple[str, ...]

TEXTS = frozenset({"quote", "added", "risk_note", "next_note", "text"})
ONE_OF: Mapping[str, type[StrEnum]] = {
    "engagement": Engagement,
    "skill_level": SkillLevel,
    "progress": Progress,
    "risk": Risk,
}
SOME_OF: Mapping[str, type[StrEnum]] = {"responses": Response, "skills": Skill, "next_steps": NextStep}
SHARED_TEXTS = frozenset({"topic", "method", "text"})
MOST = {"topic": 200, "method": 200}
LONGEST = 20_000


class NotAChange(ValueError):
    """What was sent is no field of a note, or a choice nobody has: a forged or broken form."""


def read_value(name: str, value: Value) -> Value:
    """A value as it is kept. Raises NotAChange for an unknown field, choice or length."""
    if name in ONE_OF or name in SOME_OF or name == "objectives":
        many = (value,) if isinstance(value, str) else value
        chosen = tuple(dict.fromkeys(each for each in many if each))
        if name == "objectives":
            return _ids(chosen)
        words = ONE_OF.get(name) or SOME_OF[name]
        if any(each not in list(words) for each in chosen) or (name in ONE_OF and len(chosen) > 1):
            raise NotAChange(name)
        return "".join(chosen) if name in ONE_OF else chosen
    if (name not in TEXTS and name not in SHARED_TEXTS) or not isinstance(value, str):
        raise NotAChange(name)
    text = value.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > MOST.get(name, LONGEST):
        raise NotAChange(name)
    return text


def _ids(chosen: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(str(UUID(each)) for each in chosen)
    except ValueError:
        raise NotAChange("objectives") from None


def together(name: str, was: Value, kept: Value, value: Value) -> tuple[Value, bool]:
    """What both left in one field: texts word by word, several choices one by one, else the later choice.

    The second part says that both had changed the same words or the one choice.
    """
    if name in ONE_OF:
        return value, True
    if isinstance(was, tuple) and isinstance(kept, tuple) and isinstance(value, tuple):
        return merge.merge_choices(was, kept, value), False
    if isinstance(was, str) and isinstance(kept, str) and isinstance(value, str):
        found = merge.merge_text(was, kept, value)
        return found.text, found.both
    raise NotAChange("kind of value")
