"""Prints docs/record-format.md and its schema: `python -m homeground.interop.tests.record_format`."""

import json
from pathlib import Path
from typing import Any

from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.vocabulary import Category
from homeground.interop.rules.columns import COLUMNS, FORMAT, codes
from homeground.interop.rules.letters import SECTIONS
from homeground.interop.rules.record_schema import schema

DOCS = Path(__file__).resolve().parents[3] / "docs"
PATH, SCHEMA = DOCS / "record-format.md", DOCS / "record-format.schema.json"
MARKS = ["R", "SUD", "42CFRPart2", "NORDSCLCD"]


def record(rows: dict[str, list[list[str]]]) -> dict[str, Any]:
    """An invented record that leaves by consent, with these rows."""
    return {
        "format": FORMAT,
        "kind": "record",
        "language": "en",
        "title": "Record",
        "sender": "Juniper House",
        "about": "Wren Testperson",
        "recipient": "Dr. Sample",
        "recipient_address": "1 Sample Street",
        "purpose": "my care",
        "made_on": "2026-11-21",
        "made_at": 1795284000,
        "text": "",
        "notice": f"{notice.SHORT} {notice.EXPLAINED}",
        "explanation": "The person signed a written consent on 2026-11-20.",
        "marks": MARKS,
        "sections": [
            {
                "category": name,
                "title": SECTIONS["en"][Category(name)][0],
                "head": list(SECTIONS["en"][Category(name)][1]),
                "columns": list(codes(Category(name))),
                "rows": lines,
                "marks": MARKS,
            }
            for name, lines in rows.items()
        ],
    }


def schema_text() -> str:
    """The published schema."""
    return json.dumps(schema(), indent=1) + "\n"


def page() -> str:
    """The whole document."""
    example = record({"attendance": [["2026-11-17", "165"]]})
    columns = "\n".join(
        f"| `{category.value}` | {', '.join(f'`{each.code}` ({each.holds.value})' for each in of)} |"
        for category, of in COLUMNS.items()
    )
    return f"""\
# A person's record as JSON

Printed by `.venv/bin/python -m homeground.interop.tests.record_format`; do not edit.

A person downloads their record in this format on their own page; by a consent it goes to others in the same
format, with the parts the consent lists. The JSON Schema is `record-format.schema.json`; the reader runs that
very schema. To check a file and count what is in it, without a database:

```
./run packet record.json --json
```

Bad input exits with 2 and says where, without repeating a value. Who receives a record at a clinic that runs
Homeground uploads it under *Records received*: it is kept sealed, with its notice.

## What is in it

`format` names this description. `notice` is the statement of 42 CFR 2.32 and `explanation` says what consent
the record was sent by; both are empty when the person themselves has it. **Whoever reads the record into
another system keeps the notice with it.** `marks` are HL7 v3 security codes, of the whole and of each part:
`R` restricted, `SUD` or `MH`, and for a part 2 record `42CFRPart2` and `NORDSCLCD` (not to be passed on
without a consent).

Each part is a table. `columns` are codes that are the same in every language; `head` are the words of the
record's language. Every value is text: a *day* is `2026-11-17` or empty, a *time* is `18:00` in the clinic's
zone, a *count* is a whole number.

| part | columns |
|---|---|
{columns}

Counseling notes and psychotherapy notes are in no record: they leave under a consent of their own, by their
author alone. Medicines and bills are parts that no room of the program keeps yet: they are there and empty.

## An example

```json
{json.dumps(example, indent=1, ensure_ascii=False)}
```
"""


if __name__ == "__main__":
    PATH.write_text(page())
    SCHEMA.write_text(schema_text())
