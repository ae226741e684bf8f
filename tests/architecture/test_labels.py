"""A label may be computed when a record is read, because what it is made of never changes (ADR 0010)."""

import ast
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "homeground"
CODE = sorted(p for p in HOUSE.rglob("*.py") if not {"tests", "migrations", "__pycache__"} & set(p.parts))


def assigns(path, name):
    """Whether a file changes a field of this name of a row that is there."""
    for node in ast.walk(ast.parse(path.read_text())):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Attribute) and target.attr == name for target in targets):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            changes = node.func.attr in ("update", "bulk_update", "update_or_create")
            if changes and any(keyword.arg == name for keyword in node.keywords):
                return True
    return False


def test_no_code_changes_the_mark_of_a_program_or_the_program_of_a_stay():
    assert [str(p) for p in CODE if assigns(p, "part2")] == []
    assert [str(p) for p in CODE if assigns(p, "program_id") and "chart" in p.parts] == []


def test_the_search_would_find_one(tmp_path):
    for text in ("row.part2 = False", "Program.objects.update(part2=False)"):
        file = tmp_path / "sample.py"
        file.write_text(text)
        assert assigns(file, "part2")
