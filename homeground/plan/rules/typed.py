"""Typed text of a document that several people may write at once: nothing lost, nothing overwritten unseen.

The page tells with every field which text it showed (a short token of it). A field that still shows what is
kept may be written; one that somebody else changed meanwhile is not, unless both wrote the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256


def token(text: str) -> str:
    """What a page remembers of a text it showed: twelve letters of its digest."""
    return sha256(plain(text).encode()).hexdigest()[:12]


def plain(text: str) -> str:
    """A text with one kind of line end and without white space around it, as it is kept and compared."""
    return "\n".join(
        line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ).strip()


@dataclass(frozen=True, slots=True)
class Typed:
    """One field as it came: the text, and the token of the text the writer saw."""

    text: str = field(repr=False)
    seen: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be written, and which fields somebody else changed meanwhile."""

    changes: Mapping[str, str] = field(repr=False)
    conflicts: frozenset[str]


def merge(kept: Mapping[str, str], typed: Mapping[str, Typed]) -> Merged:
    """Bring typed fields together with what is kept. Fields that are not kept are left out."""
    changes: dict[str, str] = {}
    conflicts = set()
    for name, each in typed.items():
        if name not in kept:
            continue
        text, now = plain(each.text), plain(kept[name])
        if text == now or token(text) == each.seen:
            continue  # nothing new was typed here
        if token(now) == each.seen:
            changes[name] = text
        else:
            conflicts.add(name)
    return Merged(changes, frozenset(conflicts))
