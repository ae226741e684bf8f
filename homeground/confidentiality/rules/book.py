"""The book of rules: one dated, cited card a rule, from a pack; docs/rules/confidentiality.md shows it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from homeground.program.rules.pack import Severity, Tag

RECALLED = frozenset({Tag.RECALLED, Tag.SHAKY})
_KEYS = {"id", "says", "citation", "source", "tag", "severity", "value", "checks", "effective_from"}


class BadBook(ValueError):
    """The text is no book of rules; the message names every card that is wrong, and why."""


class NoSuchCard(KeyError):
    """The book has no card of this id in force on the day."""


@dataclass(frozen=True, slots=True)
class Card:
    """One rule: what it says, the law it cites, where we read it, how sure we are, what breaking it does.

    `value` is days, years or minutes as the words say; two numbers are a period and its one extension.
    `checks` are the ids of the checklist the rule answers.
    """

    id: str
    says: str
    citation: str
    source: str
    tag: Tag
    severity: Severity
    value: tuple[int, ...]
    checks: tuple[str, ...]
    effective_from: date

    @property
    def recalled(self) -> bool:
        """True when nobody has read the text yet: such a rule warns and asks for a confirmation."""
        return self.tag in RECALLED


@dataclass(frozen=True, slots=True)
class Book:
    """All cards of a pack, by id."""

    name: str
    version: str
    cards: tuple[Card, ...]
    _by_id: Mapping[str, tuple[Card, ...]] = field(repr=False, compare=False)

    def card(self, id: str, on: date) -> Card:
        """The card of this id in force on a day; the newest where several are. Raises NoSuchCard."""
        for card in self._by_id.get(id, ()):
            if card.effective_from <= on:
                return card
        raise NoSuchCard(id)

    def holds(self, id: str, on: date) -> bool:
        """Whether a card of this id is in force on a day."""
        return any(card.effective_from <= on for card in self._by_id.get(id, ()))

    def number(self, id: str, on: date) -> int:
        """The one number of a card. Raises NoSuchCard when it has none."""
        value = self.card(id, on).value
        if not value:
            raise NoSuchCard(id)
        return value[0]


def read_book(text: str) -> Book:
    """The book written as TOML in `text`. Raises BadBook.

    Every card needs an id, words, a citation, a listed source, a tag and a severity; a recalled rule
    never blocks.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadBook(str(error)) from None
    sources = found.get("sources", {})
    rows = found.get("rule", [])
    if faults := [fault for row in rows for fault in _faults(row, sources)]:
        raise BadBook("; ".join(faults))
    cards = tuple(_card(row, found) for row in rows)
    by_id: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda c: c.effective_from, reverse=True):
        by_id.setdefault(card.id, []).append(card)
    if doubled := [id for id, same in by_id.items() if len({c.effective_from for c in same}) < len(same)]:
        raise BadBook(f"twice on one day: {', '.join(doubled)}")
    return Book(found["name"], found["version"], cards, {id: tuple(same) for id, same in by_id.items()})


def _faults(row: Mapping[str, Any], sources: Mapping[str, str]) -> Iterator[str]:
    where = row.get("id", "a rule without id")
    for key in ("id", "says", "citation", "source", "tag", "severity"):
        if not row.get(key):
            yield f"{where}: no {key}"
    for key in row.keys() - _KEYS:
        yield f"{where}: unknown word {key}"
    if row.get("source") not in sources:
        yield f"{where}: source not listed"
    if row.get("tag") not in set(Tag) or row.get("severity") not in set(Severity):
        yield f"{where}: unknown tag or severity"
    elif Tag(row["tag"]) in RECALLED and row["severity"] == Severity.BLOCK:
        yield f"{where}: a recalled rule never blocks"


def _card(row: Mapping[str, Any], found: Mapping[str, Any]) -> Card:
    value = row.get("value", ())
    return Card(
        id=row["id"],
        says=row["says"],
        citation=row["citation"],
        source=found["sources"][row["source"]],
        tag=Tag(row["tag"]),
        severity=Severity(row["severity"]),
        value=tuple(value) if isinstance(value, list) else (value,) if value != () else (),
        checks=tuple(row.get("checks", "").split()),
        effective_from=row.get("effective_from", found["effective_from"]),
    )
