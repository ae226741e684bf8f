"""The workspace as its page shows it, and a form as its changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from homeground.plan.queries import Objective
from homeground.treatment import note_words
from homeground.treatment.actions.drafts import Change
from homeground.treatment.models import Note
from homeground.treatment.queries.workspace import CardNow, Workspace
from homeground.treatment.rules.guards import Lack, Problem
from homeground.treatment.rules.marks import SOME_OF, NotAChange

IN_A_GROUP = (
    *("engagement", "responses", "skills", "skill_level"),
    *("objectives", "progress", "risk", "next_steps"),
)
"""Rows of chips of a group's card, in the order of the keys."""


@dataclass(frozen=True)
class Chip:
    """One choice with the number key that marks it."""

    key: int
    code: str
    words: str
    on: bool


@dataclass(frozen=True)
class Row:
    """One row of chips. `many` may have several marked."""

    name: str
    legend: str
    many: bool
    chips: tuple[Chip, ...]
    was: str


@dataclass(frozen=True)
class Told:
    """What a guard says beside a card."""

    words: str
    blocks: bool
    asks: bool


@dataclass
class ShownCard:
    """One person's card."""

    card: CardNow
    name: str
    rows: tuple[Row, ...]
    token: str
    told: tuple[Told, ...]
    passes: bool
    waive: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The person's id as it stands in names of fields."""
        return str(self.card.person.patient_id)

    @property
    def asks(self) -> bool:
        """Whether a reason would let the note be signed."""
        return not self.passes and not any(each.blocks for each in self.told)


def shown_cards(found: Workspace) -> list[ShownCard]:
    """The cards in the order of the roster."""
    shared = None if found.sheet is None else found.sheet.shared
    names = {str(card.person.patient_id): card.person.name for card in found.cards}
    return [
        ShownCard(
            card,
            card.person.name,
            tuple(_rows(card)),
            card.token(shared),
            # A card nobody began says nothing yet; the sign button still refuses it.
            told(found.checked.cards[str(card.person.patient_id)], names) if card.note else (),
            found.checked.passes(str(card.person.patient_id)),
        )
        for card in found.cards
    ]


def told(problems: Sequence[Problem], names: Mapping[str, str]) -> tuple[Told, ...]:
    """What the guards say, in words; a copy is not told twice."""
    same = any(each.lack is Lack.SAME for each in problems)
    return tuple(
        Told(
            str(note_words.LACKS[each.lack])
            % {
                "other": names.get(each.other, _("somebody else")),
                "percent": f"{each.similarity:.0%}",
                "passage": _short(each.passage),
            },
            each.blocks,
            each.asks,
        )
        for each in problems
        if not (same and each.lack is Lack.ALIKE)
    )


def _short(passage: str) -> str:
    words = " ".join(passage.split())
    return words if len(words) <= 140 else f"{words[:137]}…"


def _rows(card: CardNow) -> list[Row]:
    names = (
        "engagement",
        "responses",
        "skills",
        "skill_level",
        "objectives",
        "progress",
        "risk",
        "next_steps",
    )
    return mark_rows(card.row, card.objectives, names)


def mark_rows(row: Note, objectives: Sequence[Objective], names: Sequence[str]) -> list[Row]:
    """Rows of chips of a note; objectives are left out where the person's plan has none."""
    return [
        _objectives(row, objectives) if name == "objectives" else _row(row, name)
        for name in names
        if name != "objectives" or objectives
    ]


def _objectives(row: Note, objectives: Sequence[Objective]) -> Row:
    chosen = {str(each) for each in row.objectives}
    chips = tuple(
        Chip(at, str(each.id), each.words, str(each.id) in chosen)
        for at, each in enumerate(objectives, start=1)
    )
    return Row("objectives", str(note_words.OBJECTIVES), True, chips, _was(row, "objectives"))


def _row(row: Note, name: str) -> Row:
    legend, choices = note_words.MARKS[name]
    kept = getattr(row, name)
    chosen = {kept} if isinstance(kept, str) else set(kept)
    chips = tuple(
        Chip(at, code.value, str(words), code.value in chosen)
        for at, (code, words) in enumerate(choices.items(), start=1)
    )
    return Row(name, str(legend), name in SOME_OF, chips, _was(row, name))


def _was(row: Note, name: str) -> str:
    kept = getattr(row, name)
    return kept if isinstance(kept, str) else ",".join(str(each) for each in kept)


def read_changes(data: QueryDict) -> tuple[Change, ...]:
    """The changes of a form: every field that says what its writer had seen. Raises NotAChange."""
    changes = []
    for key in data:
        if not key.startswith("was."):
            continue
        name = key.removeprefix("was.")
        who, _dot, part = name.partition(".")
        many = part in SOME_OF or part == "objectives"
        value = tuple(data.getlist(name)) if many else data.get(name, "")
        seen = data.get(key, "")
        was = tuple(each for each in seen.split(",") if each) if many else seen
        changes.append(Change(None if who == "shared" else _uuid(who), part, value, was))
    if "redraft" in data:
        changes.append(Change(_uuid(data.get("redraft", "")), "text", "", drafter=True))
    return tuple(changes)


def read_seen(data: QueryDict) -> dict[UUID, str]:
    """Which state of each note the signer had before them. Raises NotAChange."""
    return {_uuid(key.removeprefix("seen.")): data.get(key, "") for key in data if key.startswith("seen.")}


def read_waived(data: QueryDict) -> dict[UUID, str]:
    """Reasons to sign in spite of what a guard asks. Raises NotAChange."""
    return {_uuid(key.removeprefix("waive.")): data.get(key, "") for key in data if key.startswith("waive.")}


def read_chosen(data: QueryDict) -> tuple[UUID, ...] | None:
    """Whose note is to be signed; None for all that pass. Raises NotAChange."""
    chosen = data.get("sign", "")
    return None if chosen == "all" else (_uuid(chosen),)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotAChange("patient") from None
