"""What people of the demo say and do in a session, read from sayings.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from homeground.treatment.rules.participation import Skill

_FOUND = tomllib.loads((Path(__file__).parent / "sayings.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Topic:
    """One session of the structured sixteen: what it was about, what the group did, what people said."""

    title: str
    method: str
    did: str
    skill: Skill
    quotes: tuple[str, ...]


TOPICS = tuple(
    Topic(each["title"], each["method"], each["did"], Skill(each["skill"]), tuple(each["quotes"]))
    for each in _FOUND["topic"]
)
REMARKS = tuple(_FOUND["remarks"])
TALKS = tuple(_FOUND["talks"])
