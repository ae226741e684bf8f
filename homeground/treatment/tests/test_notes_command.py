"""`./run notes`: the shapes docs/notes.md tells, and what happens to others."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

EXAMPLES = re.findall(
    r"```json\n(.*?)```", (Path(__file__).parents[3] / "docs" / "notes.md").read_text(), re.S
)


@pytest.fixture
def run(tmp_path: Path):
    def run(what, text, *flags):
        file = tmp_path / "notes.json"
        file.write_text(text)
        out = StringIO()
        call_command("notes", what, str(file), *flags, stdout=out)
        return json.loads(out.getvalue()) if "--json" in flags else out.getvalue()

    return run


def test_the_example_of_a_draft_is_written_with_its_sources(run):
    answer = run("draft", EXAMPLES[0], "--json")
    assert answer["text"] == " ".join(each["text"] for each in answer["sentences"])
    assert answer["sentences"][1] == {"text": "She said: “Payday is when it starts.”", "sources": ["quote"]}
    assert run("draft", EXAMPLES[0]).count("[") == len(answer["sentences"])


def test_the_example_of_a_guard_is_checked(run):
    assert run("guard", EXAMPLES[1], "--json") == {
        "thresholds": {"warn": 0.8, "list": 0.9},
        "pairs": [],
        "names": [],
    }


def test_copies_and_names_are_found(run):
    text = "{} spoke of payday evenings and of the walk home past the corner store with Tessa Lindqvist."
    notes = [
        {"id": name, "person": f"{name} Sample{name}", "text": text.format(name)} for name in ("Sage", "Juno")
    ]
    others = [{"given": "Tessa", "family": "Lindqvist"}]
    answer = run("guard", json.dumps({"notes": notes, "others": others, "shared": "Juno led."}), "--json")
    assert [(each["a"], each["b"], each["similarity"], each["level"]) for each in answer["pairs"]] == [
        ("Sage", "Juno", 1.0, "list")
    ]
    assert [(each["note"], each["found"]) for each in answer["names"]] == [
        ("Sage", "Lindqvist"),
        ("Juno", "Lindqvist"),
        ("shared", "Juno"),
    ]
    assert "Sage and Juno (session): 100%, list" in run("guard", json.dumps({"notes": notes}))


@pytest.mark.parametrize(
    ("what", "text", "says"),
    [
        ("draft", "{", "is not JSON"),
        ("draft", "[]", "the file must be an object"),
        ("draft", '{"participation": {"engagement": "sleepy"}}', "engagement: 'sleepy' is not known"),
        ("draft", '{"participation": {"mood": "good"}}', "participation.mood is not known"),
        ("draft", '{"participation": {"quote": 5}}', "quote must be a text"),
        ("guard", '{"notes": {}}', "notes must be a list"),
        ("guard", '{"notes": [{"id": "a"}, {"id": "a"}]}', "two have the same id"),
    ],
)
def test_another_shape_is_refused_by_its_place(run, what, text, says):
    with pytest.raises(CommandError, match=re.escape(says)) as refused:
        run(what, text, "--json")
    assert refused.value.returncode == 2
