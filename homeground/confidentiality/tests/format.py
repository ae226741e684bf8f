"""Prints docs/rules/decision-format.md: `python -m homeground.confidentiality.tests.format`."""

import json
from pathlib import Path

from homeground.confidentiality.rules import exchange
from homeground.confidentiality.rules.schema import schemas
from homeground.confidentiality.tests.spec import BOOK

PATH = Path(__file__).resolve().parents[3] / "docs" / "rules" / "decision-format.md"

EXAMPLE = {
    "request": {
        "asker": "employer",
        "name": "Cobalt Works",
        "purpose": "employment",
        "categories": ["attendance", "test_results"],
        "channel": "letter",
    },
    "labels": [{"category": "attendance", "part2": True, "sensitivity": ["SUD"]}],
    "consents": [
        {
            "id": "00000000-0000-0000-0000-000000000064",
            "kind": "specific",
            "categories": ["attendance"],
            "recipient_kind": "employer",
            "recipients": ["Cobalt Works"],
            "purposes": ["employment"],
            "signed_at": "2026-11-20T18:00:00+00:00",
            "expires_at": "2027-02-18T18:00:00+00:00",
        }
    ],
    "at": "2026-11-21T18:00:00+00:00",
}


def page() -> str:
    """The whole document."""
    told = exchange.answer(exchange.read_case(EXAMPLE).decide(BOOK))
    return f"""\
# The decision on paper

Printed by `.venv/bin/python -m homeground.confidentiality.tests.format`; do not edit.

`./run privacy decide FILE --json` decides one request with everything it needs in one JSON file (`-` for
standard input), without a database. `./run privacy rules --json` lists the rules. Bad input exits with 2 and
says on the error stream where and why, without repeating a value.

Times carry their zone. Left out are: labels (a part without one counts as a part 2 record), consents,
restrictions and the relationship (none). No category asked for asks whether the person is here. What the
codes mean is said in `homeground/confidentiality/rules/vocabulary.py`; how they work together in
`confidentiality.md`.

## An example

```json
{json.dumps(EXAMPLE, indent=1)}
```

The answer:

```json
{json.dumps(told, indent=1)}
```

`outcome` is `permit`, `part` or `refuse`. `categories` are what may be seen or sent. `obligations` must be
done by whoever acts on it: `account` (a line in the accounting), `notice` and `copy_of_consent` (attached to
what leaves), `confirm_rule` (the ground rests on a rule nobody has read in the official text yet),
`neither_confirm_nor_deny` and so on. Every reason names its rule, what it cites, where we read it and how
sure we are. A permit is given again, under a lock, when something really leaves.

## JSON Schema of the file

```json
{json.dumps(schemas()["case"], indent=1)}
```

## JSON Schema of the answer

```json
{json.dumps(schemas()["answer"], indent=1)}
```
"""


if __name__ == "__main__":
    PATH.write_text(page())
