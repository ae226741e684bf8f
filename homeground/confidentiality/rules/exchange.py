"""A decision as data: the file of `./run privacy decide` and its answer (docs/rules/decision-format.md).

Reading is strict: an unknown word, a wrong code or a time without zone is refused with the place where it
stands. Values are never repeated in the refusal: they may name a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from homeground.confidentiality.rules.asking import (
    ConsentFacts,
    Decision,
    Relationship,
    Request,
    RestrictionFacts,
)
from homeground.confidentiality.rules.book import Book, Card
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import Label
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Category,
    Channel,
    ConsentKind,
    Paper,
    Purpose,
    RestrictionKind,
    Sensitivity,
)

type Reader = Callable[[Any, str], Any]


class BadCase(ValueError):
    """The data is no case; the message says where and why, and repeats no value."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything `decide` takes."""

    request: Request
    labels: tuple[Label, ...]
    consents: tuple[ConsentFacts, ...]
    restrictions: tuple[RestrictionFacts, ...]
    relationship: Relationship
    at: datetime

    def decide(self, book: Book) -> Decision:
        """The decision on this case."""
        return decide(
            self.request,
            self.labels,
            self.consents,
            self.restrictions,
            self.relationship,
            self.at,
            book=book,
        )


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise BadCase(f"{where}: a text of at most 500 characters is wanted")
    return value


def _truth(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadCase(f"{where}: true or false is wanted")
    return value


def _moment(value: Any, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(_text(value, where))
    except ValueError:
        raise BadCase(f"{where}: a time like 2026-11-21T18:00:00+00:00 is wanted") from None
    if found.tzinfo is None:
        raise BadCase(f"{where}: the time has no zone")
    return found


def _id(value: Any, where: str) -> UUID:
    try:
        return UUID(_text(value, where))
    except ValueError:
        raise BadCase(f"{where}: an id (UUID) is wanted") from None


def _code[E: StrEnum](codes: type[E]) -> Callable[[Any, str], E]:
    def read(value: Any, where: str) -> E:
        if not isinstance(value, str) or value not in set(codes):
            raise BadCase(f"{where}: one of {', '.join(sorted(codes))} is wanted")
        return codes(value)

    return read


def _list(of: Reader) -> Reader:
    def read(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > 1000:
            raise BadCase(f"{where}: a list of at most 1000 is wanted")
        return tuple(of(each, f"{where}[{number}]") for number, each in enumerate(value))

    return read


def _set(of: Reader) -> Reader:
    return lambda value, where: frozenset(_list(of)(value, where))


def _optional(of: Reader) -> Reader:
    return lambda value, where: None if value is None else of(value, where)


def _object(build: Callable[..., Any], fields: Mapping[str, Reader], required: tuple[str, ...]) -> Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise BadCase(f"{where}: an object is wanted")
        for key in value.keys() - fields.keys():
            raise BadCase(f"{where}: unknown word {str(key)[:40]!r}")
        for key in required:
            if key not in value:
                raise BadCase(f"{where}.{key}: missing")
        return build(**{key: fields[key](found, f"{where}.{key}") for key, found in value.items()})

    return read


_CATEGORIES = _set(_code(Category))
_REQUEST = _object(
    Request,
    {
        "asker": _code(Asker),
        "purpose": _code(Purpose),
        "categories": _CATEGORIES,
        "channel": _code(Channel),
        "name": _text,
        "asker_id": _optional(_id),
        "roles": _set(_text),
        "paper": _code(Paper),
        "agreements": _set(_text),
        "emergency": _text,
        "facility": _text,
    },
    ("asker", "purpose", "categories"),
)
_LABEL = _object(
    Label,
    {
        "category": _code(Category),
        "part2": _truth,
        "sensitivity": _set(_code(Sensitivity)),
        "author_id": _optional(_id),
        "under_notice": _truth,
    },
    ("category", "part2"),
)
_PART_ENDED = _object(
    lambda category, at: (category, at), {"category": _code(Category), "at": _moment}, ("category", "at")
)
_CONSENT = _object(
    lambda **found: ConsentFacts(**{"recipient_id": None, "recipient_kind": "", **found}),
    {
        "id": _id,
        "kind": _code(ConsentKind),
        "categories": _CATEGORIES,
        "recipient_kind": lambda value, where: value if value == "" else _code(Asker)(value, where),
        "recipients": _list(_text),
        "recipient_id": _optional(_id),
        "purposes": _set(_code(Purpose)),
        "signed_at": _moment,
        "expires_at": _optional(_moment),
        "ended_at": _optional(_moment),
        "parts_ended": _list(_PART_ENDED),
    },
    ("id", "kind", "categories", "recipients", "purposes", "signed_at"),
)
_RESTRICTION = _object(
    RestrictionFacts,
    {
        "kind": _code(RestrictionKind),
        "recipient_kind": lambda value, where: value if value == "" else _code(Asker)(value, where),
        "recipient": _text,
        "categories": _CATEGORIES,
        "purposes": _set(_code(Purpose)),
        "starts_at": _optional(_moment),
        "ends_at": _optional(_moment),
    },
    ("kind",),
)
_RELATIONSHIP = _object(
    Relationship,
    {
        "in_program": _truth,
        "caseload": _truth,
        "current": _truth,
        "glass_until": _optional(_moment),
        "represents": _truth,
    },
    (),
)
_CASE = _object(
    lambda **found: Case(
        **{"consents": (), "restrictions": (), "relationship": Relationship(), "labels": (), **found}
    ),
    {
        "request": _REQUEST,
        "labels": _list(_LABEL),
        "consents": _list(_CONSENT),
        "restrictions": _list(_RESTRICTION),
        "relationship": _RELATIONSHIP,
        "at": _moment,
    },
    ("request", "at"),
)


def read_case(found: Any) -> Case:
    """The case that parsed JSON holds. Raises BadCase."""
    case: Case = _CASE(found, "case")
    return case


def answer(decision: Decision) -> dict[str, Any]:
    """The decision as JSON data, keys in the order of the format."""
    return {
        "outcome": decision.outcome.value,
        "categories": sorted(decision.categories),
        "refused": sorted(decision.refused),
        "basis": decision.basis.value if decision.basis else None,
        "rule": decision.rule or None,
        "consent_id": str(decision.consent_id) if decision.consent_id else None,
        "part2": decision.part2,
        "obligations": list(decision.obligations),
        "reasons": [
            {
                "rule": reason.card.id,
                "effect": reason.effect.value,
                "categories": sorted(reason.categories),
                "detail": reason.detail,
                "citation": reason.card.citation,
                "source": reason.card.source,
                "tag": reason.card.tag.value,
            }
            for reason in decision.reasons
        ],
    }


def card(found: Card) -> dict[str, Any]:
    """One rule of the book as JSON data."""
    return {
        "id": found.id,
        "says": found.says,
        "citation": found.citation,
        "source": found.source,
        "tag": found.tag.value,
        "severity": found.severity.value,
        "value": list(found.value),
        "checks": list(found.checks),
        "effective_from": found.effective_from.isoformat(),
    }
