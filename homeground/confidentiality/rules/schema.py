"""JSON Schema 2020-12 of the request file of `./run privacy decide` and of its answer."""

from enum import StrEnum
from typing import Any

from homeground.confidentiality.rules.asking import Effect, Obligation
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Basis,
    Category,
    Channel,
    ConsentKind,
    Outcome,
    Paper,
    Purpose,
    RestrictionKind,
    Sensitivity,
)


def _codes(codes: type[StrEnum]) -> dict[str, Any]:
    return {"enum": [code.value for code in codes]}


def _many(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _shape(required: tuple[str, ...], **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


_TEXT = {"type": "string", "maxLength": 500}
_TRUTH = {"type": "boolean"}
_MOMENT = {"type": "string", "format": "date-time", "description": "with zone"}
_MOMENT_OR_NULL = {"type": ["string", "null"], "format": "date-time"}
_ID = {"type": "string", "format": "uuid"}
_ID_OR_NULL = {"type": ["string", "null"], "format": "uuid"}
_ASKER_OR_ANY = {"enum": ["", *(asker.value for asker in Asker)]}


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema 2020-12 of the case and of the answer."""
    categories, purposes = _many(_codes(Category)), _many(_codes(Purpose))
    request = _shape(
        ("asker", "purpose", "categories"),
        asker=_codes(Asker),
        purpose=_codes(Purpose),
        categories=categories,
        channel=_codes(Channel),
        name=_TEXT,
        asker_id=_ID_OR_NULL,
        roles=_many(_TEXT),
        paper=_codes(Paper),
        agreements=_many(_TEXT),
        emergency=_TEXT,
        facility=_TEXT,
    )
    label = _shape(
        ("category", "part2"),
        category=_codes(Category),
        part2=_TRUTH,
        sensitivity=_many(_codes(Sensitivity)),
        author_id=_ID_OR_NULL,
        under_notice=_TRUTH,
    )
    consent = _shape(
        ("id", "kind", "categories", "recipients", "purposes", "signed_at"),
        id=_ID,
        kind=_codes(ConsentKind),
        categories=categories,
        recipient_kind=_ASKER_OR_ANY,
        recipients=_many(_TEXT),
        recipient_id=_ID_OR_NULL,
        purposes=purposes,
        signed_at=_MOMENT,
        expires_at=_MOMENT_OR_NULL,
        ended_at=_MOMENT_OR_NULL,
        parts_ended=_many(_shape(("category", "at"), category=_codes(Category), at=_MOMENT)),
    )
    restriction = _shape(
        ("kind",),
        kind=_codes(RestrictionKind),
        recipient_kind=_ASKER_OR_ANY,
        recipient=_TEXT,
        categories=categories,
        purposes=purposes,
        starts_at=_MOMENT_OR_NULL,
        ends_at=_MOMENT_OR_NULL,
    )
    relationship = _shape(
        (),
        in_program=_TRUTH,
        caseload=_TRUTH,
        current=_TRUTH,
        glass_until=_MOMENT_OR_NULL,
        represents=_TRUTH,
    )
    case = _shape(
        ("request", "at"),
        request=request,
        labels=_many(label),
        consents=_many(consent),
        restrictions=_many(restriction),
        relationship=relationship,
        at=_MOMENT,
    )
    reason = _shape(
        ("rule", "effect", "categories", "detail", "citation", "source", "tag"),
        rule=_TEXT,
        effect=_codes(Effect),
        categories=categories,
        detail=_TEXT,
        citation=_TEXT,
        source=_TEXT,
        tag=_TEXT,
    )
    told = _shape(
        (
            "outcome",
            "categories",
            "refused",
            "basis",
            "rule",
            "consent_id",
            "part2",
            "obligations",
            "reasons",
        ),
        outcome=_codes(Outcome),
        categories=categories,
        refused=categories,
        basis={"enum": [None, *(basis.value for basis in Basis)]},
        rule={"type": ["string", "null"]},
        consent_id=_ID_OR_NULL,
        part2=_TRUTH,
        obligations=_many(_codes(Obligation)),
        reasons=_many(reason),
    )
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {"case": {**dialect, **case}, "answer": {**dialect, **told}}
