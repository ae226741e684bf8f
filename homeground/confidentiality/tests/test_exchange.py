import copy
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from homeground.confidentiality.rules import exchange
from homeground.confidentiality.rules.schema import schemas
from homeground.confidentiality.tests import format as document
from homeground.confidentiality.tests.spec import BOOK

EXAMPLE = document.EXAMPLE


def said(*words):
    out = StringIO()
    call_command("privacy", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def written(case):
        path = tmp_path / "request.json"
        path.write_text(case if isinstance(case, str) else json.dumps(case))
        return str(path)

    return written


def test_the_answer_names_ground_consent_duties_and_rules(file):
    found = json.loads(said("decide", file(EXAMPLE), "--json"))
    assert (found["outcome"], found["basis"], found["rule"]) == ("part", "consent", "base.consent")
    assert (found["categories"], found["refused"]) == (["attendance"], ["test_results"])
    assert {"account", "notice", "copy_of_consent"} <= set(found["obligations"])
    assert all(reason["citation"] and reason["tag"] for reason in found["reasons"])
    assert "part: attendance" in said("decide", file(EXAMPLE))


def test_a_whole_case_can_be_said(file):
    whole = copy.deepcopy(EXAMPLE)
    whole["request"] |= {
        "asker_id": None,
        "roles": [],
        "paper": "none",
        "agreements": [],
        "emergency": "",
        "facility": "",
    }
    whole["consents"][0] |= {
        "recipient_id": None,
        "ended_at": None,
        "parts_ended": [{"category": "attendance", "at": "2026-11-21T10:00:00+00:00"}],
    }
    whole["restrictions"] = [{"kind": "agreed", "recipient_kind": "", "starts_at": None, "ends_at": None}]
    whole["relationship"] = {"in_program": False, "glass_until": None}
    assert json.loads(said("decide", file(whole), "--json"))["outcome"] == "refuse"


def broken(*path, value):
    case = copy.deepcopy(EXAMPLE)
    at = case
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return case


BAD = [
    ("nonsense", "no JSON, line 1"),
    ("[]", "case: an object is wanted"),
    ("[" * 100_000, "no JSON"),
    ('{"at": 1, "at": 2}', "twice"),
    ({"at": EXAMPLE["at"]}, "case.request: missing"),
    (broken("at", value="2026-11-21T18:00:00"), "case.at: the time has no zone"),
    (broken("at", value="yesterday"), "case.at: a time like"),
    (broken("request", "asker", value="Wren Testperson"), "case.request.asker: one of"),
    (broken("request", "asker", value={}), "case.request.asker: one of"),
    (broken("request", "categories", value="plan"), "case.request.categories: a list"),
    (broken("request", "why", value="x"), "case.request: unknown word 'why'"),
    (broken("request", "name", value="x" * 501), "case.request.name: a text"),
    (broken("labels", 0, "part2", value="yes"), r"case.labels\[0\].part2: true or false"),
    (broken("consents", 0, "id", value="1"), r"case.consents\[0\].id: an id"),
]


@pytest.mark.parametrize(("case", "says"), BAD, ids=[says for _case, says in BAD])
def test_bad_input_is_refused_with_its_place_and_exit_2(file, case, says):
    with pytest.raises(CommandError, match=says) as refused:
        said("decide", file(case))
    assert refused.value.returncode == 2
    assert "Wren" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read") as refused:
        said("decide", str(tmp_path / "none.json"))
    assert refused.value.returncode == 2


def test_the_rules_are_listed_with_citation_certainty_and_severity():
    found = json.loads(said("rules", "--json"))["rules"]
    assert {rule["id"] for rule in found} == {card.id for card in BOOK.cards}
    assert all(rule["citation"] and rule["tag"] and rule["severity"] for rule in found)
    assert "base.emergency" in said("rules")


def test_the_schema_knows_every_word_the_reader_knows():
    case = schemas()["case"]["properties"]
    for part, schema in (("request", case["request"]), ("consents", case["consents"]["items"])):
        for key in schema["required"]:
            wrong = copy.deepcopy(EXAMPLE)
            at = wrong[part] if part == "request" else wrong[part][0]
            at.pop(key, None)
            with pytest.raises(exchange.BadCase):
                exchange.read_case(wrong)


def test_the_document_is_printed_from_what_is_tested():
    command = ".venv/bin/python -m homeground.confidentiality.tests.format"
    assert document.PATH.read_text() == document.page(), f"stale: {command}"
