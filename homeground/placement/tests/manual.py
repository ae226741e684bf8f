"""Prints the rules of placement as docs/rules/placement.md: `python -m homeground.placement.tests.manual`."""

from collections.abc import Iterable
from pathlib import Path

from homeground.placement.rules.domains import DOMAINS, RATING_NAMES
from homeground.placement.rules.levels import CARE, NAMES
from homeground.placement.rules.questions import QUESTIONS
from homeground.placement.rules.recommend import recommend
from homeground.placement.rules.red_flags import FLAGS, STEPS
from homeground.placement.tests.spec import CALM, CASES, Case

PATH = Path(__file__).resolve().parents[3] / "docs" / "rules" / "placement.md"

INTRODUCTION = """\
# Placement: which level of care follows from what

Printed from `homeground/placement/rules/` and the cases its tests run; do not edit. To print it again:
`.venv/bin/python -m homeground.placement.tests.manual`.

The rules advise; a named clinician decides and may depart from them with a reason. Domains, anchors and
minimum levels are Homeground's own and await the approval of each clinic's clinical director. They contain
no text of a licensed level-of-care instrument and make no diagnosis.

Order: red flags; then a medical need; then what is still missing; then the most intensive need among the
domains; then the public checklist of South Dakota (ARSD 67:61:14:01) for intensive outpatient. Nothing is
averaged. Nobody is turned away: what is unknown leads to a talk, what is unclear about the body to a medical
evaluation.
"""


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
        "## Levels of care\n",
        table(["code", "name", "in words"], [(f.level, f.name, f.here) for f in CARE]),
        "\n## Red flags\n",
        table(
            ["flag", "what is seen or told", "what to do", "basis"],
            [(f"`{f.code}`", f.words, STEPS[f.step], _basis(f.basis)) for f in FLAGS],
        ),
        "\n## Candidacy facts\n\nAnswered yes, no or not sure.\n",
        table(["fact", "words", "what it is for"], [(f"`{q.code}`", q.words, q.why) for q in QUESTIONS]),
        "\n## Domains\n\nA rating asks for at least the level in parentheses.\n",
        *(f"### {d.name}\n\n{d.about}\n\n{_anchors(d)}\n" for d in DOMAINS),
        "## Cases\n\nDomains that are not named are rated 0.\n",
        table(["case", "known", "follows", "because of", "check"], [_row(case) for case in CASES]),
    ]
    return "\n".join(parts) + "\n"


def _basis(basis) -> str:
    return f"{basis.source} ({basis.certainty.words})"


def _anchors(domain) -> str:
    rows = [
        (str(rating), name, anchor, "" if need is None else f"{NAMES[need]} ({need})")
        for rating, (name, anchor, need) in enumerate(
            zip(RATING_NAMES, domain.anchors, domain.minima, strict=True)
        )
    ]
    return table(["rating", "", "when", "asks for"], rows)


def _row(case: Case) -> tuple[str, ...]:
    found = recommend(case.answers)
    level = (
        NAMES[found.level] if found.level in ("talk", "evaluate") else f"{NAMES[found.level]} ({found.level})"
    )
    urgent = f", {found.urgent}" if found.urgent else ""
    because = ", ".join(f"`{code}`" for code in case.because)
    return (case.title, _known(case), f"{level}{urgent}", because, case.check)


def _known(case: Case) -> str:
    parts = [f"flag {code}" for code in sorted(case.flags)]
    parts += [f"{code}: {answer}" for code, answer in case.facts.items()]
    parts += [f"{code} {rating}" for code, rating in case.ratings.items() if rating]
    parts += [f"{code} not rated" for code in CALM if code not in case.ratings]
    if not case.screened:
        parts.append("red flags not asked")
    return "; ".join(parts)


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(page())
