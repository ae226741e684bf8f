"""What a consent must say before it may be signed: the elements of 42 CFR 2.31, one by one (F01–F06, F31).

A fault on a card that blocks refuses the consent. A fault on a card that warns (a recalled rule) is shown
with its source, and who records the consent confirms it with a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homeground.confidentiality.rules.book import Book, Card
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    CARE_AND_PAY,
    Category,
    ConsentKind,
    EndsWith,
    Purpose,
)
from homeground.program.rules.pack import Severity


class Statement(StrEnum):
    """What the text itself must tell the person."""

    RIGHT_TO_REVOKE = "right_to_revoke"
    REDISCLOSURE = "redisclosure"
    REFUSAL = "refusal"
    NOT_A_CONDITION = "not_a_condition"


@dataclass(frozen=True, slots=True)
class Draft:
    """A consent before it is signed. `members` are those an intermediary may pass the record to.

    `fundraising_offered`: the person was offered to opt out before.
    """

    kind: ConsentKind
    person: str = field(repr=False)
    discloser: str
    categories: frozenset[Category]
    recipients: tuple[str, ...] = field(repr=False)
    purposes: frozenset[Purpose]
    ends_with: EndsWith
    expires_at: datetime | None
    ending_words: str
    signature: str = field(repr=False)
    signed_at: datetime | None
    statements: frozenset[Statement] = frozenset()
    members: tuple[str, ...] = ()
    fundraising_offered: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a draft, and by which card."""

    card: Card
    detail: str

    @property
    def blocks(self) -> bool:
        """True when no confirmation can mend it."""
        return self.card.severity is Severity.BLOCK


OWN_PURPOSE = {
    ConsentKind.PROCEEDING: Purpose.PROCEEDING,
    ConsentKind.SUPERVISION: Purpose.SUPERVISION,
    ConsentKind.PRESCRIPTION_MONITORING: Purpose.PRESCRIPTION_MONITORING,
}
"""Classes that cover one purpose, which no other class may cover."""

STATEMENTS: dict[ConsentKind, frozenset[Statement]] = {
    ConsentKind.TREATMENT: frozenset(),
    ConsentKind.CARE_AND_PAY: frozenset(
        {Statement.RIGHT_TO_REVOKE, Statement.REDISCLOSURE, Statement.REFUSAL}
    ),
    ConsentKind.COUNSELING_NOTES: frozenset({Statement.RIGHT_TO_REVOKE, Statement.NOT_A_CONDITION}),
}
_CARD_OF = {
    Statement.RIGHT_TO_REVOKE: "element.right_to_revoke",
    Statement.REDISCLOSURE: "element.redisclosure",
    Statement.REFUSAL: "element.refusal",
    Statement.NOT_A_CONDITION: "class.counseling_notes",
}
_VAGUE = frozenset(
    [
        "anyone",
        "anybody",
        "whom it may concern",
        "to whom it may concern",
        "any party",
        "others",
        "all",
        "everyone",
    ]
)
_NO_OFFICIAL = frozenset(
    [
        "the court",
        "court",
        "courts",
        "probation",
        "the judge",
        "parole",
        "drug court",
        "law enforcement",
        "the state",
    ]
)


def faults(draft: Draft, *, at: datetime, book: Book) -> tuple[Fault, ...]:
    """Everything that is wrong with a draft, in the order of the form. Empty when it may be signed."""
    on = at.date()
    found = (*_always(draft, at), *(_disclosing(draft, at) if draft.kind != "treatment" else ()))
    return tuple(Fault(book.card(id, on), detail) for id, detail in found)


def _always(draft: Draft, at: datetime) -> Iterator[tuple[str, str]]:
    if not draft.person.strip():
        yield "element.patient", "missing"
    if not draft.signature.strip():
        yield "element.signature", "missing"
    if draft.signed_at is None:
        yield "element.signed_on", "missing"
    elif draft.signed_at > at:
        yield "element.signed_on", "future"


def _disclosing(draft: Draft, at: datetime) -> Iterator[tuple[str, str]]:
    if not draft.discloser.strip():
        yield "element.discloser", "missing"
    if not draft.categories:
        yield "element.categories", "missing"
    yield from _recipients(draft)
    if not draft.purposes:
        yield "element.purposes", "missing"
    if Purpose.FUNDRAISING in draft.purposes and not draft.fundraising_offered:
        yield "element.fundraising", "no_opt_out"
    wanted = STATEMENTS.get(draft.kind, frozenset({Statement.RIGHT_TO_REVOKE}))
    for statement in sorted(wanted - draft.statements):
        yield _CARD_OF[statement], "missing"
    yield from _ending(draft, at)
    yield from _class(draft)


def _recipients(draft: Draft) -> Iterator[tuple[str, str]]:
    named = [" ".join(name.casefold().split()) for name in draft.recipients if name.strip()]
    if not named:
        yield "element.recipients", "missing"
    elif _VAGUE & set(named):
        yield "element.recipients", "vague"
    elif draft.kind is ConsentKind.SUPERVISION and _NO_OFFICIAL & set(named):
        yield "class.supervision", "no_official_named"
    if draft.kind is ConsentKind.INTERMEDIARY and not any(name.strip() for name in draft.members):
        yield "element.intermediary", "members_missing"


def _ending(draft: Draft, at: datetime) -> Iterator[tuple[str, str]]:
    if draft.ends_with is EndsWith.DATE:
        if draft.expires_at is None:
            yield "element.expiry", "missing"
        elif draft.expires_at <= (draft.signed_at or at):
            yield "element.expiry", "before_signature"
    elif draft.expires_at is not None:
        yield "element.expiry", "date_and_no_date"
    elif draft.ends_with is EndsWith.EVENT:
        if not draft.ending_words.strip():
            yield "element.expiry", "missing"
    elif draft.kind is not ConsentKind.CARE_AND_PAY:
        yield "element.expiry", "open_end"


def _class(draft: Draft) -> Iterator[tuple[str, str]]:
    notes = draft.categories & AUTHORS_ONLY
    if draft.kind is ConsentKind.COUNSELING_NOTES:
        if draft.categories - AUTHORS_ONLY:
            yield "class.counseling_notes", "combined"
    elif notes:
        yield "class.counseling_notes", "combined"
    own = OWN_PURPOSE.get(draft.kind)
    foreign = draft.purposes & frozenset(p for p in OWN_PURPOSE.values() if p is not own)
    if draft.kind is ConsentKind.CARE_AND_PAY:
        foreign |= draft.purposes - CARE_AND_PAY
    elif own is not None:
        foreign |= draft.purposes - {own}
    if foreign:
        yield "class.alone", ",".join(sorted(foreign))
