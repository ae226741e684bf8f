"""`./run instruments` as a caller meets it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(*arguments):
    out = io.StringIO()
    call_command("instruments", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "answers.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return written


def test_the_list_names_licence_languages_and_whether_there_is_text():
    rows = {row["id"]: row for row in json.loads(run("list", "--json"))}
    assert rows["phq-9"]["languages"] == ["en", "es"]
    assert "No permission required" in rows["phq-9"]["licence"]
    assert rows["audit"]["text"] is False
    assert rows["bam-iop"]["window_days"] == 7
    assert rows["bam-iop"]["loinc"] == {}
    assert "PHQ-9" in run("list")


def test_answers_in_order_are_scored(file):
    found = json.loads(run("score", "PHQ-9", file([3, 3, 3, 3, 3, 3, 1, 0, 1]), "--json"))
    assert found["scales"] == {"total": 20}
    assert found["bands"] == {"severity": "severe", "positive_screen_ge10": True}
    assert (found["critical"], found["missing"]) == (["9"], [])
    assert "No permission required" in found["licence"]


def test_answers_by_item_are_scored(file):
    found = json.loads(run("score", "bam-iop", file({"answers_by_item": {"4": 2, "5": 0, "6": 1}}), "--json"))
    assert found["scales"]["use"] == 3
    assert "8" in found["missing"]


def test_a_batch_keeps_its_order(file):
    batch = [
        {"instrument": "PHQ-2", "answers": [3, 3]},
        {"instrument": "C-SSRS screener (recent)", "q1": 1, "q2": 0, "q6_lifetime": 0},
        {
            "instrument": "BAM-R",
            "ordinal_items": {"1": 1, "8": 1, "9": 2, "12": 4, "15": 3},
            "day_items": {"2": 5, "3": 27, "4": 17, "5": 2, "6": 15, "10": 1, "11": 10, "13": 21, "16": 23},
            "item14_income_yes": True,
        },
    ]
    found = json.loads(run("score", "--batch", file(batch), "--json"))
    assert [each["instrument"] for each in found] == ["phq-2", "c-ssrs", "bam-r"]
    assert found[1]["bands"] == {"triage": "low"}
    assert found[2]["scales"] == {"use": 34, "risk": 80, "protective": 120}


def test_the_plain_text_carries_the_licence(file):
    text = run("score", "GAD-7", file([1] * 7))
    assert "total 7" in text
    assert "mild" in text
    assert "No permission required" in text


@pytest.mark.parametrize(
    "content", ["no json", "[1, 2", '"words"', "{}", "[9,9,9,9,9,9,9,9,9]", "[" * 100_000]
)
def test_bad_input_ends_with_two_and_repeats_no_answer(file, content):
    with pytest.raises(CommandError) as refused:
        run("score", "PHQ-9", file(content), "--json")
    assert refused.value.returncode == 2
    assert "9,9" not in str(refused.value)


@pytest.mark.parametrize("content", [{}, [{}], [7], [{"instrument": "PHQ-10", "answers": []}]])
def test_a_bad_batch_ends_with_two(file, content):
    with pytest.raises(CommandError) as refused:
        run("score", "--batch", file(content))
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_ends_with_two():
    with pytest.raises(CommandError) as refused:
        run("score", "PHQ-9", "/nowhere/answers.json")
    assert refused.value.returncode == 2


def test_a_name_or_a_batch_is_needed():
    with pytest.raises(CommandError):
        run("score", "PHQ-9")
