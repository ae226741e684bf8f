"""The table of checks is whole, names tests that exist, and is printed as it stands."""

import ast
from functools import cache

from homeground.confidentiality.rules.book import read_book
from homeground.confidentiality.tests import checks
from homeground.confidentiality.tests.spec import PACK

ROWS = {each.id: each for each in checks.checks()}
TAGS = {"V", "V2", "R", "own"}


@cache
def functions_in(file):
    tree = ast.parse((checks.ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_check_of_the_two_chapters_has_its_row():
    wanted = {f"F{n:02}" for n in range(1, 37)} | {f"G{n:02}" for n in range(1, 13)}
    assert wanted <= ROWS.keys()


def test_a_row_names_tests_or_says_why_there_are_none():
    bare = [each.id for each in ROWS.values() if not (each.proofs and each.guard) and not each.gap]
    assert bare == []
    assert [each.id for each in ROWS.values() if each.tag not in TAGS] == []


def test_every_test_that_is_named_exists():
    named = [proof.split("::") for each in ROWS.values() for proof in each.proofs]
    missing = [(file, name) for file, name in named if name not in functions_in(file)]
    assert missing == []
    assert len(named) > 90


def test_every_guard_is_a_file_or_a_room():
    told = [
        part.split(":")[0].split(" ")[0].rstrip(",")
        for row in ROWS.values()
        for part in row.guard.split("; ")
    ]
    missing = [each for each in told if each and not (checks.ROOT / "homeground" / each).exists()]
    assert missing == []


def test_what_the_rule_book_says_it_answers_has_a_row():
    """A card names the checks it answers; each stands in the table."""
    book = read_book(PACK.read_text(encoding="utf-8"))
    named = {check for card in book.cards for check in card.checks}
    assert named - ROWS.keys() == set()


def test_the_document_says_what_the_table_says():
    command = "python -m homeground.confidentiality.tests.checks"
    assert checks.PATH.read_text(encoding="utf-8") == checks.render(), f"stale: {command}"
