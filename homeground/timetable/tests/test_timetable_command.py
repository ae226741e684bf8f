"""`./run timetable`: the engine on files, for other programs."""

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DESIGN_KEYS = {
    "cost",
    "bound",
    "gap",
    "served",
    "in_core",
    "of",
    "seconds",
    "cpu_seconds",
    "peak_mb",
    "trace",
}


@pytest.fixture
def timetable(capsys):
    def run(*words):
        call_command("timetable", *(str(each) for each in words))
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def clinic_file(tmp_path, timetable) -> Path:
    out = tmp_path / "clinic.json.gz"
    timetable("generate", 14, 2, "--out", out)
    return out


def changed(file: Path, change) -> Path:
    """The same clinic with something wrong."""
    document = json.loads(gzip.decompress(file.read_bytes()))
    change(document)
    wrong = file.with_name("wrong.json.gz")
    wrong.write_bytes(gzip.compress(json.dumps(document).encode()))
    return wrong


def test_a_clinic_is_made_designed_judged_repaired_and_asked(clinic_file, tmp_path, timetable):
    plan, again = tmp_path / "plan.json", tmp_path / "again.json"
    found = timetable("design", clinic_file, "--seconds", 30, "--out", plan)
    assert set(found) == DESIGN_KEYS
    assert found["of"] == 14 and 0 < found["bound"] <= found["cost"] and found["peak_mb"] > 0
    assert all(len(each) == 3 for each in found["trace"])
    verdict = timetable("judge", clinic_file, plan)
    assert verdict == {
        "cost": found["cost"],
        "violations": [],
        "served": found["served"],
        "in_core": found["in_core"],
    }
    repaired = timetable("replan", clinic_file, "--plan", plan, "--seconds", 30, "--out", again)
    assert set(repaired) == {*DESIGN_KEYS, "moves"}
    assert repaired["cost"] <= found["cost"]

    person = json.loads(gzip.decompress(clinic_file.read_bytes()))["patients"][0] | {"id": 99}
    guest = tmp_path / "guest.json"
    guest.write_text(json.dumps(person))
    answer = timetable("place", clinic_file, "--plan", plan, "--patient", guest, "--limit", 2)
    assert set(answer) == {"offers", "changes", "conflict", "ms"}
    assert answer["offers"] or answer["changes"] or answer["conflict"]
    for offer in answer["offers"]:
        assert set(offer) == {"core", "solo", "special", "family", "cost"}
    for fact in [*answer["conflict"], *(each for change in answer["changes"] for each in change)]:
        assert set(fact) == {"kind", "what"}


def test_the_judge_names_what_a_plan_breaks(clinic_file, tmp_path, timetable):
    plan = tmp_path / "plan.json"
    empty = dict.fromkeys(("copies", "facilitators", "core", "special", "solo", "family"), {})
    plan.write_text(json.dumps(empty | {"solo": {"0": [0, 3]}}))
    found = timetable("judge", clinic_file, plan)
    assert {"rule": "start of an hour", "what": [0, 3]} in found["violations"]


def set_lo(document):
    document["tracks"][0]["lo"] = document["tracks"][0]["hi"] + 1


def drop_offices(document):
    del document["offices"]


def turn_span(document):
    document["therapists"][0]["free"] = [[9, 4]]


def name_nobody(document):
    document["patients"][0]["counselors"] = [99]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (set_lo, "tracks[0].lo"),
        (drop_offices, "offices"),
        (turn_span, "therapists[0].free[0]"),
        (name_nobody, "patients[0].counselors"),
    ],
)
@pytest.mark.parametrize("word", ["design", "judge"])
def test_an_instance_that_cannot_be_meant_is_refused_by_field(
    clinic_file, tmp_path, timetable, change, field, word
):
    rest = ["--out", tmp_path / "plan.json"] if word == "design" else [tmp_path / "plan.json"]
    with pytest.raises(CommandError) as refused:
        timetable(word, changed(clinic_file, change), *rest)
    assert refused.value.returncode == 2
    assert str(refused.value).startswith(field)


def test_what_is_no_file_or_no_json_is_refused(tmp_path, timetable):
    nothing = tmp_path / "nothing.json"
    for content in (None, "{", "[" * 100_000):
        if content is not None:
            nothing.write_text(content)
        with pytest.raises(CommandError) as refused:
            timetable("judge", nothing, nothing)
        assert refused.value.returncode == 2
