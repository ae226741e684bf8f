"""What a version of a questionnaire is. Immutable: a change is a new version beside the old one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

type Words = Mapping[str, str]
"""A text by language code; empty where we hold no right to the wording."""


type Means = Literal["", "low", "moderate", "high"]


class Rights(StrEnum):
    """On what ground the wording is here."""

    GOVERNMENT = "government"
    STATED = "stated"
    OWN = "own"
    CLINIC = "clinic"


RIGHTS: Mapping[Rights, str] = {
    Rights.GOVERNMENT: "US Government work or public domain",
    Rights.STATED: "free by the owner's published statement",
    Rights.OWN: "our own words",
    Rights.CLINIC: "needs the clinic's own licence; comes without text",
}


class Missing(StrEnum):
    """What unanswered items do to the scales."""

    REFUSE = "refuse"
    PRORATE = "prorate"
    PARTIAL = "partial"


class Kind(StrEnum):
    """What a critical answer is about; it decides what the person is shown at once."""

    SUICIDE = "suicide"
    OVERDOSE = "overdose"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the value stored, and what it says."""

    value: int
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """One question. With `options` one is chosen, without a whole number from `low` to `high` is given."""

    id: str
    words: Words
    options: tuple[Option, ...]
    low: int
    high: int
    preface: Words = field(default_factory=dict)
    optional: bool = False
    loinc: str = ""

    def allows(self, value: int) -> bool:
        """Whether this is an answer the item knows."""
        if self.options:
            return any(option.value == value for option in self.options)
        return self.low <= value <= self.high

    def said(self, value: int, language: str) -> str:
        """The answer in words; the number itself where there are none."""
        found = next((o.words for o in self.options if o.value == value), {})
        return found.get(language) or found.get("en") or str(value)


@dataclass(frozen=True, slots=True)
class Skip:
    """Where `item` was answered with one of `values`, these items are not asked and count as 0."""

    item: str
    values: frozenset[int]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A sum of items. `maps` turns answers into points; `reverse` counts an item from the other end."""

    id: str
    name: str
    items: tuple[str, ...]
    maps: Mapping[str, tuple[int, ...]]
    reverse: frozenset[str]
    factor: int
    higher_is_better: bool
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Banding:
    """Published bands of a scale: each step begins at its number and ends where the next begins."""

    code: str
    scale: str
    steps: tuple[tuple[int, str], ...]
    source: str
    certainty: str

    def word(self, value: int) -> str:
        """The band a value lies in."""
        return [word for start, word in self.steps if start <= value][-1]


@dataclass(frozen=True, slots=True)
class Cut:
    """A published cut-off. `sex` is empty where it holds for everybody."""

    code: str
    scale: str
    at_least: int | None
    at_most: int | None
    sex: str
    source: str
    certainty: str

    def met(self, value: int) -> bool:
        """Whether a value lies on the side of the cut that counts."""
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """At least `count` of these items were answered with `at_least` or more."""

    items: tuple[str, ...]
    at_least: int
    count: int


@dataclass(frozen=True, slots=True)
class Case:
    """A word that holds when any (or all) of the conditions do."""

    word: str
    conditions: tuple[Condition, ...]
    needs_all: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding by rule instead of by sum: the first case that holds, else `otherwise`."""

    code: str
    cases: tuple[Case, ...]
    otherwise: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Critical:
    """An answer that a named person must hear of within so many minutes, whatever the sum.

    `means` is the level of risk the answer alone stands for; empty where only a clinician can tell.
    """

    item: str
    at_least: int
    kind: Kind
    within_minutes: int
    source: str
    certainty: str
    means: Means = ""


@dataclass(frozen=True, slots=True)
class Change:
    """How far a scale must move to count. `percent` is of the first value; one of the two is given."""

    scale: str
    kind: str
    points: int | None
    percent: float | None
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of one questionnaire. `attended`: only where somebody can answer at once (check H04)."""

    id: str
    version: str
    name: str
    aliases: tuple[str, ...]
    about: str
    title: Words
    intro: Words
    window_days: int | None
    rights: Rights
    licence: str
    source: str
    translations: Words
    missing: Missing
    most_missing: int
    attended: bool
    staff_only: bool
    items: tuple[Item, ...]
    orders: tuple[tuple[str, ...], ...]
    skips: tuple[Skip, ...]
    scales: tuple[Scale, ...]
    bandings: tuple[Banding, ...]
    cuts: tuple[Cut, ...]
    verdicts: tuple[Verdict, ...]
    criticals: tuple[Critical, ...]
    changes: tuple[Change, ...]
    loinc: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """What an administration pins."""
        return self.id, self.version

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages every item is there in, English first; none for a definition without text."""
        found = [set(item.words) for item in self.items]
        return tuple(sorted(set.intersection(*found), key=lambda code: (code != "en", code)))

    @property
    def has_text(self) -> bool:
        """Whether it can be shown to a person."""
        return bool(self.languages)

    def item(self, item_id: str) -> Item:
        """One item by its id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def scale(self, scale_id: str) -> Scale:
        """One scale by its id. Raises KeyError."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)

    def counted(self) -> frozenset[str]:
        """The items a scale or a verdict is made of."""
        summed = {item for scale in self.scales for item in scale.items}
        judged = {
            item
            for verdict in self.verdicts
            for case in verdict.cases
            for condition in case.conditions
            for item in condition.items
        }
        return frozenset(summed | judged)
