"""Prints docs/rules/confidentiality.md: `python -m homeground.confidentiality.tests.manual`."""

from collections.abc import Iterable
from pathlib import Path

from homeground.confidentiality.rules import elements
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.need import NEEDS
from homeground.confidentiality.rules.signers import MINORS
from homeground.confidentiality.rules.vocabulary import Category, ConsentKind
from homeground.confidentiality.tests import spec, spec_consents
from homeground.confidentiality.tests.spec import AT, BOOK

PATH = Path(__file__).resolve().parents[3] / "docs" / "rules" / "confidentiality.md"

INTRODUCTION = f"""\
# Confidentiality: who may see or have what, and why

Printed from `homeground/confidentiality/` and the cases its tests run; do not edit. To print it again:
`.venv/bin/python -m homeground.confidentiality.tests.manual`. Rule book: {BOOK.name}, {BOOK.version}.

Every reading and every sending asks one decision. Nothing is allowed unless a ground allows it. A ground is
one rule with a citation and a certainty: **V** read in an official copy, **V2** read in a secondary source,
**R** recalled and still to be checked (`docs/verify_before_release.md`), **own** a promise of ours that
claims no law. A recalled rule never refuses by itself; it warns, is shown beside the answer, and whoever
acts on it confirms it. What is refused is refused because no ground allows it.

The answer is *permit*, *part* (some of what was asked) or *refuse*. To somebody outside, every refusal looks
the same and neither confirms nor denies that a person is known here; the reasons are for staff.

A record from a part 2 program is a part 2 record as a whole. Whoever was in two programs carries both marks.
"""


TIES = (
    ("the person's counselor", "their people, also after the stay", "the counselor named in a stay"),
    (
        "another counselor of the clinic: cover, on call, supervision",
        f"whoever is treated, has asked for it, or left within {BOOK.number('need.current', AT.date())} days",
        "the stays; every opening is noted and reviewed weekly (G11)",
    ),
    ("a group facilitator", "people of groups they lead", "a seat in a group the facilitator leads today"),
    (
        "whoever stands in for a facilitator",
        "people of that meeting",
        "booked for a meeting with the person, 30 days before and after today",
    ),
    ("the author of a note", "that note", "the author written in the note"),
    ("a scheduler", "times of whoever is treated, has asked for it, or left lately", "the stays"),
    ("front desk, biller, director", "everybody, within what the role needs", "the role"),
    ("a system administrator", "nobody", "the role"),
)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |"]
    lines.append("|" + "---|" * lines[0].count(" | ") + "---|")
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def page() -> str:
    """The whole manual."""
    parts = [
        INTRODUCTION,
        "## What each role needs\n\nNotes kept apart are read by their author only. A facilitator sees the"
        " people of their own groups.\n",
        table(["role", "sees"], [(role, _names(needs)) for role, needs in NEEDS.items()]),
        "\n## Who works with whom\n\nA role says what may be needed; the tie says of whom. Before a page"
        " about one person is shown, the house asks which tie there is.\n",
        table(["who", "of whom", "how the house knows"], TIES),
        "\nWhat is refused is refused with a page that tells nothing; facilitators and counselors find there"
        " the way to emergency access, which asks for a reason, ends by itself, is told to the director at"
        " once and reviewed. A part that is refused alone is left out, and the page says so.\n",
        "\n## Cases\n\nUnless a case says otherwise the record is a part 2 record.\n",
        table(
            ["case", "asks", "for", "answer", "given", "because of", "duties", "check"], map(_row, spec.CASES)
        ),
        "\n## Consents: what must be there before one may be signed\n",
        table(
            ["class", "the text must tell"],
            [
                (
                    kind.value,
                    ", ".join(sorted(elements.STATEMENTS.get(kind, {"right_to_revoke"}))) or "nothing",
                )
                for kind in ConsentKind
            ],
        ),
        "\nA draft, and the rules that object:\n",
        table(
            ["draft", "objects"], [(what, _cards(cards)) for what, _changes, cards in spec_consents.DRAFTS]
        ),
        "\n## Who signs\n",
        table(
            ["case", "born on", "state", "wanted", "signed by", "enough"],
            [
                (what, str(born), state, wanted, given, "yes" if enough else "no")
                for what, born, state, _represented, wanted, given, enough in spec_consents.SIGNERS
            ],
        ),
        "\nAges at which a minor consents alone to outpatient treatment. Every row is recalled (R?): counsel"
        " confirms it before use.\n",
        table(
            ["state", "alone from", "citation"],
            [
                (
                    rule.state,
                    "never" if rule.age is None else str(rule.age) if rule.age else "any age",
                    rule.citation,
                )
                for rule in MINORS.values()
            ],
        ),
        f"\n## Clocks\n\nReceived on {spec_consents.RECEIVED}.\n",
        table(
            ["right", "last day", "after the one extension"],
            [(kind.value, str(due), str(extended or "none")) for kind, due, extended in spec_consents.CLOCKS],
        ),
        f"\nA breach discovered on {spec_consents.RECEIVED}:\n",
        table(
            ["people", "most in one state", "state", "low risk written down", "to be told"],
            [
                (str(n), str(most), state or "any", "yes" if low else "no", duties or "nobody")
                for n, most, state, low, duties in spec_consents.BREACHES
            ],
        ),
        "\n## The rules\n",
        table(
            ["rule", "says", "citation", "read in", "certainty", "breaking it", "check"],
            [
                (f"`{c.id}`", c.says, c.citation, c.source, c.tag.value, c.severity.value, " ".join(c.checks))
                for c in BOOK.cards
            ],
        ),
    ]
    return "\n".join(parts) + "\n"


def _told(kind: ConsentKind) -> str:
    return ", ".join(sorted(elements.STATEMENTS.get(kind, {"right_to_revoke"}))) or "nothing"


def _from_age(age: int | None) -> str:
    return "never" if age is None else str(age) if age else "any age"


def _names(categories: Iterable[Category]) -> str:
    found = set(categories)
    return ", ".join(c.value for c in Category if c in found) or "nothing"


def _cards(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids) or "nothing"


def _row(case: spec.Case) -> tuple[str, ...]:
    found = decide(
        case.request, case.labels, case.consents, case.restrictions, case.relationship, AT, book=BOOK
    )
    reasons = dict.fromkeys(
        f"`{r.card.id}`" + (f" ({r.detail})" if r.detail else "") + f" {r.card.tag.value}"
        for r in found.reasons
    )
    return (
        case.what,
        f"{case.request.asker.value}, {case.request.purpose.value}",
        "all of the chart" if len(case.request.categories) > 8 else _names(case.request.categories),
        found.outcome.value,
        "all" if found.outcome == "permit" else _names(found.categories),
        ", ".join(reasons),
        ", ".join(found.obligations),
        case.check,
    )


if __name__ == "__main__":
    PATH.write_text(page())
