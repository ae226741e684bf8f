"""Tags of the plan's pages: fields that are saved as typed, and words for codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import template

from homeground.plan.rules.content import PlanText
from homeground.plan.rules.typed import token
from homeground.plan.words import own

register = template.Library()


@dataclass(frozen=True, slots=True)
class Shown:
    """One typed field as the page shows it."""

    name: str
    text: str
    seen: str
    theirs: str = ""
    error: str = ""


@register.simple_tag
def shown(
    name: str,
    texts: Mapping[str, str],
    mine: Mapping[str, str] | None = None,
    conflicts: frozenset[str] = frozenset(),
    errors: Mapping[str, str] | None = None,
) -> Shown:
    """A field by its name: what is kept, or what was typed over it when it could not be kept."""
    kept = texts.get(name, "")
    text = mine.get(name, kept) if mine and (name in conflicts or name in (errors or {})) else kept
    if name.endswith("-target") and text == kept and kept:
        text = f"{date.fromisoformat(kept):%m/%d/%Y}"
    return Shown(
        name, text, token(kept), kept if name in conflicts else "", str((errors or {}).get(name, ""))
    )


@register.filter
def word(words: Mapping[str, object], code: str) -> object:
    """The words for a code; where two belong to it, the first."""
    found = words.get(code, code)
    return found[0] if isinstance(found, tuple) else found


@register.filter
def second(words: Mapping[str, object], code: str) -> object:
    """The second of two words for a code: a hint, a tone."""
    found = words.get(code, ("", ""))
    return found[1] if isinstance(found, tuple) else ""


@register.filter
def pairs(words: Mapping[str, object]) -> list[tuple[str, object]]:
    """Codes with their words, for a choice."""
    return [(str(code), word(words, code)) for code in words]


@register.filter
def named(prefix: str, rest: object) -> str:
    """A field name from its parts."""
    return f"{prefix}-{rest}"


@register.inclusion_tag("plan/my_text.html")
def plan_text(text: PlanText) -> dict[str, object]:
    """A plan in the person's words, for pages of other rooms."""
    return {"text": text, "own": own}
