"""Prints docs/rules/checks.md from checks.toml: `python -m homeground.confidentiality.tests.checks`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homeground.confidentiality.tests.manual import table

ROOT = Path(__file__).resolve().parents[3]
PATH = ROOT / "docs" / "rules" / "checks.md"
_DATA = Path(__file__).with_name("checks.toml")

INTRODUCTION = """\
# The checks of confidentiality and security

Printed from `homeground/confidentiality/tests/checks.toml`; do not edit. To print it again:
`.venv/bin/python -m homeground.confidentiality.tests.checks`.

Each row is one promise, how sure we are of the law behind it, the tests that state it, and what in the code
holds it. Tags: **V** read in an official copy, **V2** read in a secondary source, **R** recalled and still to
be checked (`docs/verify_before_release.md`), **own** a promise of ours that claims no law. Below the table
stands what a row does not cover yet, and what was taken away in the code to see its tests fail.
"""


@dataclass(frozen=True)
class Check:
    """One row. `proofs`: tests as `file::name`; `gap`: not there yet; `broken`: taken away to see it."""

    id: str
    says: str
    tag: str
    proofs: tuple[str, ...]
    guard: str
    gap: str = ""
    broken: str = ""


def checks() -> tuple[Check, ...]:
    """The rows in the order of the file."""
    found: dict[str, dict[str, Any]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(Check(id, **told | {"proofs": tuple(told["proofs"])}) for id, told in found.items())


def render() -> str:
    """The document."""
    rows = []
    for each in checks():
        proofs = "<br>".join(_named(proof) for proof in each.proofs) or "none, see below"
        rows.append((each.id, each.says, each.tag, proofs, f"`{each.guard}`" if each.guard else "-"))
    gaps = [f"- **{each.id}**: {each.gap}" for each in checks() if each.gap]
    seen = [f"- **{each.id}**: {each.broken}" for each in checks() if each.broken]
    parts = (INTRODUCTION, table(("", "rule", "tag", "tests", "guard"), rows))
    lines = (*parts, "\n## Not there yet\n", *gaps, "\n## Taken away to see the tests fail\n", *seen)
    return "\n".join(lines) + "\n"


def _named(proof: str) -> str:
    file, name = proof.split("::")
    return f"`{Path(file).parent.parent.name if '/tests/' in file else 'tests'}`: {name}"


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
