"""FHIR Questionnaires: what is taken as it was meant, and what is refused with its reason."""

import json
import tarfile
from pathlib import Path

import pytest

from homeground.placement.rules.instruments.questionnaire import QuestionnaireRefused, definition_from
from homeground.placement.rules.instruments.reading import read

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "interop" / "fhir" / "us-core-packages"


def choice(link, *values, **more):
    options = [
        {"valueCoding": {"display": f"answer {v}"}, "extension": [{"url": ORDINAL, "valueDecimal": v}]}
        for v in values
    ]
    return {"linkId": link, "text": f"{link}?", "type": "choice", "answerOption": options, **more}


def taken(*items, **more):
    found = {"resourceType": "Questionnaire", "title": "Own", "item": list(items), **more}
    definition = definition_from(found, code="own", version="1")
    return read({**definition, "rights": "clinic", "licence": "The owner: by letter"})


def test_choices_are_summed():
    instrument = taken(choice("a", 0, 1, 2), choice("b", 0, 1, 2))
    assert (instrument.scale("total").low, instrument.scale("total").high) == (0, 4)


def test_a_group_gives_its_words_to_its_questions():
    instrument = taken({"linkId": "g", "type": "group", "text": "This week:", "item": [choice("a", 0, 1)]})
    assert instrument.item("a").preface == {"en": "This week:"}


def test_a_condition_becomes_a_skip():
    gate = {"linkId": "gate", "text": "Ever?", "type": "boolean"}
    behind = choice("a", 0, 1, enableWhen=[{"question": "gate", "operator": "=", "answerBoolean": True}])
    (skip,) = taken(gate, behind).skips
    assert (skip.item, skip.values, skip.items) == ("gate", frozenset({0}), ("a",))


def test_spanish_is_taken_along():
    words = {
        "extension": [
            {
                "url": "http://hl7.org/fhir/StructureDefinition/translation",
                "extension": [
                    {"url": "lang", "valueCode": "es"},
                    {"url": "content", "valueString": "¿Cómo?"},
                ],
            }
        ]
    }
    assert taken(choice("a", 0, 1, _text=words)).item("a").words["es"] == "¿Cómo?"


def test_a_calculated_sum_is_left_to_us():
    total = {
        "linkId": "sum",
        "type": "integer",
        "readOnly": True,
        "extension": [{"url": CALCULATED, "valueExpression": {"expression": "%a.sum()"}}],
    }
    assert [item.id for item in taken(choice("a", 0, 1), total).items] == ["a"]


def test_a_choice_without_numbers_is_asked_and_counts_nowhere():
    bare = {"linkId": "b", "text": "How hard?", "type": "choice"}
    bare["answerOption"] = [{"valueCoding": {"display": word}} for word in ("not", "very")]
    instrument = taken(choice("a", 0, 1), bare)
    assert [option.value for option in instrument.item("b").options] == [0, 1]
    assert instrument.scale("total").items == ("a",)


def test_a_field_for_the_total_is_left_to_us():
    total = {"linkId": "t", "text": "Form total score", "type": "decimal"}
    assert [item.id for item in taken(choice("a", 0, 1), total).items] == ["a"]


NUMBER = {"linkId": "n", "text": "How many?", "type": "integer"}
REFUSED = [
    ([], "no question"),
    ([{"linkId": "a", "text": "Say.", "type": "text"}], "type text"),
    ([{"linkId": "a", "text": "?", "type": "open-choice"}], "type open-choice"),
    ([{"type": "choice", "text": "?"}], "without a linkId"),
    ([choice("a", 0, 1), choice("a", 0, 1)], "the same linkId twice"),
    ([choice("a")], "no answers to choose"),
    ([choice("a", 0, 0)], "two answers with the same number"),
    ([choice("a", 0.5)], "without a whole number"),
    ([choice("a", 0, 1, repeats=True)], "several answers"),
    ([choice("a", 0, 1, answerValueSet="http://x")], "value set"),
    ([choice("a", 0, 1, text="")], "no text"),
    ([NUMBER], "least and greatest"),
    ([choice("a", 0, 1, enableWhen=[{"question": "b", "operator": ">", "answerInteger": 1}])], "condition >"),
    ([choice("a", 0, 1, enableWhen=[{}, {}])], "more than one condition"),
    (
        [
            choice("a", 0, 1),
            {
                "linkId": "s",
                "type": "integer",
                "extension": [{"url": CALCULATED, "valueExpression": {"expression": "iif(true, 1, 2)"}}],
            },
        ],
        "no sum",
    ),
    ([choice(f"q{n}", 0, 1) for n in range(201)], "more than 200"),
    (["words"], "without a linkId"),
]


@pytest.mark.parametrize(("items", "reason"), REFUSED)
def test_what_cannot_be_asked_as_it_was_meant_is_refused(items, reason):
    with pytest.raises(QuestionnaireRefused, match=reason):
        taken(*items)


def test_another_language_is_refused():
    with pytest.raises(QuestionnaireRefused, match="language fr"):
        taken(choice("a", 0, 1), language="fr")


def test_all_reasons_are_told_at_once():
    with pytest.raises(QuestionnaireRefused) as refused:
        taken(choice("a"), {"linkId": "b", "text": "?", "type": "date"})
    assert len(refused.value.problems) == 2


def public_questionnaires():
    """The Questionnaires of the public packages, by name."""
    for package in sorted(FOLDER.glob("*.tgz")):
        with tarfile.open(package) as archive:
            for member in archive:
                if "Questionnaire-" in member.name and member.name.endswith(".json"):
                    found = json.load(archive.extractfile(member))
                    if found.get("resourceType") == "Questionnaire":
                        yield member.name, found


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared FHIR examples are not on this machine")
def test_public_questionnaires_are_taken_or_refused_with_reasons_and_never_fail():
    names = []
    for name, found in public_questionnaires():
        names.append(name)
        try:
            definition = definition_from(found, code="own", version="1")
        except QuestionnaireRefused as refused:
            assert refused.problems, name
            continue
        assert read({**definition, "rights": "clinic", "licence": "a public example"}).has_text, name
    assert len(names) >= 4
