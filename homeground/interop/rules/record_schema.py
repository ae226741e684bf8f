"""JSON Schema 2020-12 of a record as JSON, published in docs/record-format.schema.json."""

from typing import Any

from homeground.interop.rules.columns import COLUMNS, FORMAT, PATTERNS, Column, Holds
from homeground.interop.rules.packet import Kind

MOST_ROWS = 20_000
"""Rows of one part. Ten years of five sessions a week are 2,600."""
LONGEST = 100_000
"""Characters of one value: a long note is 20,000."""

_TEXT = {"type": "string", "maxLength": LONGEST}
_SHORT = {"type": "string", "maxLength": 1000}
_WORDS = {"type": "array", "maxItems": 40, "items": _SHORT}


def schema() -> dict[str, Any]:
    """The schema of a record. Every word of it is known to `rules.shape`."""
    properties = {
        "format": {"const": FORMAT},
        "kind": {"const": Kind.RECORD.value},
        "language": {"enum": ["en", "es"]},
        "made_at": {"type": "integer", "description": "seconds since 1970"},
        "made_on": {"type": "string", "pattern": PATTERNS[Holds.DAY], "description": "the sender's day"},
        **dict.fromkeys(("title", "sender", "about", "recipient", "recipient_address", "purpose"), _SHORT),
        "text": _TEXT,
        "notice": {**_TEXT, "description": "42 CFR 2.32: keep it with the record"},
        "explanation": {**_TEXT, "description": "the consent it was sent by, in words"},
        "marks": _WORDS,
        "sections": {"type": "array", "maxItems": len(COLUMNS), "items": _section()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}",
        "title": "A person's record, or the parts of it that may leave",
        "type": "object",
        "required": sorted(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _section() -> dict[str, Any]:
    names = [category.value for category in COLUMNS]
    return {
        "type": "object",
        "required": ["category", "title", "head", "columns", "rows", "marks"],
        "additionalProperties": False,
        "properties": {
            "category": {"enum": names},
            "title": _SHORT,
            "head": {**_WORDS, "description": "the columns in the language of the record"},
            "columns": _WORDS,
            "rows": {"type": "array", "maxItems": MOST_ROWS, "items": {"type": "array", "items": _TEXT}},
            "marks": {**_WORDS, "description": "HL7 v3 security codes of this part"},
        },
        "allOf": [
            {"if": {"properties": {"category": {"const": category.value}}}, "then": {"properties": of}}
            for category, of in ((category, _columns(columns)) for category, columns in COLUMNS.items())
        ],
    }


def _columns(columns: tuple[Column, ...]) -> dict[str, Any]:
    row = {
        "type": "array",
        "minItems": len(columns),
        "items": False,
        "prefixItems": [_value(each.holds) for each in columns],
    }
    return {"columns": {"const": [each.code for each in columns]}, "rows": {"type": "array", "items": row}}


def _value(holds: Holds) -> dict[str, Any]:
    return {"type": "string", "pattern": PATTERNS[holds]} if holds in PATTERNS else {"type": "string"}
