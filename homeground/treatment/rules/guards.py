"""What stands between the notes of a session and a signature, each beside the words it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from homeground.treatment.rules.name_guard import Finding, Guard
from homeground.treatment.rules.participation import Risk
from homeground.treatment.rules.similarity import (
    Level,
    Pair,
    Thresholds,
    Written,
    count_words,
    pairs,
)


class Lack(StrEnum):
    """What is wrong or doubtful. Blocking ones refuse the signature, the others ask for a reason."""

    EMPTY = "empty"
    SAME = "same"
    NO_OBJECTIVE = "no_objective"
    RISK_UNTOLD = "risk_untold"
    SHORT = "short"
    ALIKE = "alike"
    LIKE_BEFORE = "like_before"
    NAMED = "named"
    SHARED_NAMED = "shared_named"
    NO_PLAN = "no_plan"
    PART_MISSING = "part_missing"
    RISK_UNASKED = "risk_unasked"


BLOCKING = frozenset(
    {
        Lack.EMPTY,
        Lack.SAME,
        Lack.NO_OBJECTIVE,
        Lack.RISK_UNTOLD,
        Lack.PART_MISSING,
        Lack.RISK_UNASKED,
    }
)
TOLD = frozenset({Lack.NO_PLAN})
"""Only told: there is nothing the writer of the note could do about it."""


@dataclass(frozen=True, slots=True)
class Card:
    """One individual part as it stands. `names` are its own person's; `aims` the objectives they could serve.

    `served` are the ids chosen; `quoted` the plan's wording that may stand in several notes. `linked` says
    that a note of this kind names an objective; `missing` are headings that hold no word yet; `asks_risk`
    that the kind is not signed without a word on risk.
    """

    id: str
    text: str
    names: tuple[str, ...] = field(repr=False)
    aims: int = 0
    served: tuple[str, ...] = ()
    risk: Risk | None = None
    risk_note: str = ""
    quoted: tuple[str, ...] = ()
    linked: bool = True
    missing: tuple[str, ...] = ()
    asks_risk: bool = False

    @property
    def written(self) -> Written:
        """The text as it is compared."""
        return Written(self.id, self.text, self.names, self.quoted)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong or doubtful about a card, with the words it is about and where they stand.

    `other` names the other card or earlier note of a likeness, `similarity` says how alike from 0 to 1.
    """

    lack: Lack
    passage: str = ""
    start: int = 0
    end: int = 0
    other: str = ""
    similarity: float = 0.0
    listed: bool = False

    @property
    def blocks(self) -> bool:
        """Whether the note cannot be signed as it stands."""
        return self.lack in BLOCKING

    @property
    def asks(self) -> bool:
        """Whether signing anyway asks for a reason."""
        return self.lack not in BLOCKING and self.lack not in TOLD


@dataclass(frozen=True, slots=True)
class Checked:
    """All problems of a session: by card, and the names found in the shared part."""

    cards: Mapping[str, tuple[Problem, ...]]
    shared: tuple[Finding, ...]
    pairs: tuple[Pair, ...]

    def passes(self, id: str) -> bool:
        """Whether a card can be signed without a further word."""
        return not any(each.blocks or each.asks for each in self.cards[id])


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the rule pack."""

    thresholds: Thresholds = Thresholds()
    fewest_words: int = 12
    last_notes: int = 5


def check(
    cards: Sequence[Card],
    *,
    shared: str = "",
    earlier: Mapping[str, Sequence[Written]] | None = None,
    guard: Guard,
    staff: Sequence[str] = (),
    limits: Limits,
) -> Checked:
    """Everything the guards have to say about the notes of one session (checks D06, D07, D08)."""
    written = [card for card in cards if card.text.strip()]
    before = {} if earlier is None else earlier
    alike = pairs(
        [card.written for card in written],
        [(card.id, before.get(card.id, ())[: limits.last_notes]) for card in written],
        thresholds=limits.thresholds,
    )
    in_shared = guard.find(shared, own=staff)
    found = {
        card.id: (
            *_own_problems(card, alike, limits),
            *_likeness(card, alike),
            *(
                Problem(Lack.NAMED, hit.found, hit.start, hit.end)
                for hit in guard.find(card.text, own=(*card.names, *staff))
            ),
            *((Problem(Lack.SHARED_NAMED, in_shared[0].found),) if in_shared else ()),
        )
        for card in cards
    }
    return Checked(found, in_shared, alike)


def _own_problems(card: Card, alike: Sequence[Pair], limits: Limits) -> list[Problem]:
    found = []
    if not card.text.strip():
        found.append(Problem(Lack.EMPTY))
    elif count_words(card.text) < limits.fewest_words:
        found.append(Problem(Lack.SHORT))
    twin = next(
        (each for each in alike if not each.earlier and each.similarity >= 1 and card.id in _sides(each)),
        None,
    )
    if twin is not None:
        other = twin.other if twin.one == card.id else twin.one
        found.append(Problem(Lack.SAME, card.text, 0, len(card.text), other=other, similarity=1.0))
    found += [Problem(Lack.PART_MISSING, part) for part in card.missing]
    if card.linked and card.aims and not card.served:
        found.append(Problem(Lack.NO_OBJECTIVE))
    if card.linked and not card.aims:
        found.append(Problem(Lack.NO_PLAN))
    if card.asks_risk and card.risk is None:
        found.append(Problem(Lack.RISK_UNASKED))
    if card.risk is Risk.CONCERN and not card.risk_note.strip():
        found.append(Problem(Lack.RISK_UNTOLD))
    return found


def _likeness(card: Card, alike: Sequence[Pair]) -> list[Problem]:
    """The nearest peer and the nearest earlier note, if they are too near."""
    found = []
    for lack, earlier in ((Lack.ALIKE, False), (Lack.LIKE_BEFORE, True)):
        pair = next((each for each in alike if each.earlier is earlier and card.id in _sides(each)), None)
        if pair is not None:
            mine = pair.one == card.id
            found.append(
                Problem(
                    lack,
                    pair.passage,
                    pair.start if mine else 0,
                    pair.end if mine else 0,
                    pair.other if mine else pair.one,
                    pair.similarity,
                    pair.level is Level.LIST,
                )
            )
    return found


def _sides(pair: Pair) -> tuple[str, ...]:
    """The cards a pair is about; an earlier note is no card."""
    return (pair.one,) if pair.earlier else (pair.one, pair.other)
