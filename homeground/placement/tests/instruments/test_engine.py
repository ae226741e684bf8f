"""The engine: what a definition may say, what answers come to, and which question comes next."""

import copy
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from homeground.placement.queries.instruments import InstrumentNotHere, named, shipped
from homeground.placement.rules.instruments import change, flow
from homeground.placement.rules.instruments.answers import read_answers
from homeground.placement.rules.instruments.definition import Rights
from homeground.placement.rules.instruments.reading import BadDefinition, read
from homeground.placement.rules.instruments.score import BadAnswers, critical, score

NINE = [1, 1, 1, 1, 1, 1, 1, 1, 0]
FREE = {
    *("phq-9", "phq-2", "gad-7", "audit-c", "ssi-sa", "cage", "bam-iop", "bam-r", "pc-ptsd-5", "pcl-5"),
    *("pcl-5-weekly", "c-ssrs", "barc-10", "rulers"),
}


def given(name, found):
    instrument = named(name)
    return score(instrument, read_answers(instrument, found))


def test_text_is_shipped_for_the_free_ones_alone():
    assert {each.id for each in shipped() if each.has_text} == FREE
    assert all(each.rights is Rights.CLINIC for each in shipped() if not each.has_text)


def test_spanish_is_there_where_a_free_translation_is():
    assert {each.id for each in shipped() if "es" in each.languages} == {"phq-9", "phq-2", "gad-7", "rulers"}
    assert all(each.translations["es"] for each in shipped() if "es" in each.languages)


def test_every_definition_has_its_licence_and_source():
    assert all(len(each.licence) > 20 and each.source for each in shipped())


@pytest.mark.parametrize("each", shipped(), ids=lambda each: each.id)
def test_every_scale_reaches_both_ends_of_its_range(each):
    for scale in each.scales:
        low = {i: each.item(i).low if i not in scale.reverse else each.item(i).high for i in scale.items}
        high = {i: each.item(i).high if i not in scale.reverse else each.item(i).low for i in scale.items}
        everything = {item.id: item.low for item in each.items}
        assert score(each, {**everything, **low}).scales[scale.id] == scale.low
        assert score(each, {**everything, **high}).scales[scale.id] == scale.high


def test_an_unknown_name_is_refused():
    with pytest.raises(InstrumentNotHere):
        named("PHQ-10")


def test_the_difficulty_question_counts_nowhere():
    assert given("PHQ-9", [*NINE, 3]).scales == given("PHQ-9", NINE).scales == {"total": 8}


def test_up_to_two_missing_answers_are_prorated_and_told():
    two = given("PHQ-9", {"answers": [2, 2, None, 2, 2, 2, 2, None, 1]})
    assert (two.scales["total"], two.missing) == (17, ("3", "8"))
    three = given("PHQ-9", {"answers": [2, None, None, 2, 2, 2, 2, None, 1]})
    assert (three.scales["total"], three.bands, three.missing) == (None, {}, ("2", "3", "8"))


def test_half_a_point_is_rounded_up():
    assert given("PHQ-9", [1, 1, 1, 1, 0, 0, 0, 0, None]).scales["total"] == 5  # 4 * 9 / 8


def test_a_critical_answer_counts_though_nothing_else_was_answered():
    found = given("PHQ-9", {"answers_by_item": {"9": 1}})
    assert [rule.item for rule in found.critical] == ["9"]
    assert found.scales["total"] is None


def test_a_refusing_instrument_says_nothing_of_half_an_answer():
    found = given("GAD-7", {"answers_by_item": {"1": 3, "2": 3}})
    assert (found.scales, found.bands) == ({"total": None}, {})


def test_each_scale_of_the_bam_stands_by_itself():
    found = given("BAM-IOP", {"answers_by_item": {"4": 1, "5": 0, "6": 0}})
    assert found.scales == {"use": 1, "risk": None, "protective": None}


def test_a_skipped_item_counts_as_zero_and_as_answered():
    found = given("AUDIT-C", {"answers_by_item": {"1": 0}})
    assert (found.scales, found.missing) == ({"total": 0}, ())
    assert given("BAM-R", {"answers_by_item": {"4": 0, "6": 0}}).scales["use"] == 0
    assert given("PC-PTSD-5", {"answers_by_item": {"gate": 0}}).scales == {"total": 0}


def test_cut_offs_by_sex_are_all_told_while_it_is_unknown():
    instrument, answers = named("audit-c"), {"1": 1, "2": 1, "3": 1}
    assert score(instrument, answers).bands == {
        "positive_men_ge4": False,
        "positive_women_ge3": True,
        "act_ge5": False,
    }
    assert "positive_men_ge4" not in score(instrument, answers, sex="female").bands


TRIAGE = [
    # q1 q2 q3 q4 q5 lifetime three months (check H02)
    ((0, 0, 0, 0, 0, 0, 0), "none"),
    ((1, 0, 0, 0, 0, 0, 0), "low"),
    ((1, 1, 0, 0, 0, 0, 0), "low"),
    ((1, 1, 1, 0, 0, 0, 0), "moderate"),
    ((0, 0, 0, 0, 0, 1, 0), "moderate"),
    ((1, 1, 0, 1, 0, 0, 0), "high"),
    ((1, 1, 0, 0, 1, 0, 0), "high"),
    ((0, 0, 0, 0, 0, 1, 1), "high"),
]


@pytest.mark.parametrize(("answers", "level"), TRIAGE)
def test_the_level_of_the_c_ssrs_follows_the_published_triage(answers, level):
    assert given("C-SSRS", list(answers)).bands == {"triage": level}


def test_the_second_question_answered_no_leads_to_the_sixth():
    """Check H01."""
    instrument = named("C-SSRS")
    answers = {"q1": 1, "q2": 0}
    assert flow.next_item(instrument, answers, frozenset()).id == "q6_lifetime"
    assert flow.next_item(instrument, {**answers, "q6_lifetime": 0}, frozenset()) is None
    assert flow.next_item(instrument, {**answers, "q6_lifetime": 1}, frozenset()).id == "q6_past3mo"


def test_changing_a_gate_sets_the_answers_behind_it_aside():
    instrument = named("C-SSRS")
    assert flow.overtaken(instrument, {"q1": 1, "q2": 0, "q3": 1, "q4": 1}) == {"q3", "q4"}


def test_one_step_back_passes_over_what_is_skipped():
    instrument = named("BAM-IOP")
    assert flow.before(instrument, {"6": 0}, "8").id == "6"
    assert flow.before(instrument, {}, "1") is None


@pytest.mark.parametrize(
    "bad",
    [
        {"answers": [1, 2]},
        {"answers": "1"},
        {"answers": [4, 0, 0, 0, 0, 0, 0, 0, 0]},
        {"answers": [-1, 0, 0, 0, 0, 0, 0, 0, 0]},
        {"answers": [0.5, 0, 0, 0, 0, 0, 0, 0, 0]},
        {"answers": ["1", 0, 0, 0, 0, 0, 0, 0, 0]},
        {"answers_by_item": {"eleven": 1}},
        {"answers_by_item": [1]},
        {"answers": [float("nan"), 0, 0, 0, 0, 0, 0, 0, 0]},
        {},
        None,
        7,
    ],
)
def test_bad_answers_are_refused(bad):
    with pytest.raises(BadAnswers):
        given("PHQ-9", bad)


def test_a_value_between_two_options_is_outside_the_range():
    with pytest.raises(BadAnswers, match="14: outside"):
        score(named("BAM-IOP"), {"14": 2})


def test_what_is_refused_names_the_item_and_never_the_answer():
    with pytest.raises(BadAnswers) as refused:
        given("PHQ-9", {"answers": [77, 0, 0, 0, 0, 0, 0, 0, 0]})
    assert "77" not in str(refused.value)


def test_reliable_and_meaningful_change_carry_their_source():
    phq = named("PHQ-9")
    five = change.moved(phq, "total", 20, 15)
    assert ([c.kind for c in five.passed], five.better) == (["meaningful"], False)
    six = change.moved(phq, "total", 20, 14)
    assert ([c.kind for c in six.passed], six.better, six.worse) == (["reliable", "meaningful"], True, False)
    assert all(c.source for c in six.passed)
    assert change.moved(phq, "total", 10, 17).worse
    still = change.moved(phq, "total", 20, 18)
    assert (still.better, still.worse, still.passed) == (False, False, ())


def test_for_strengths_more_is_better():
    assert change.is_better(named("BARC-10").scale("total"), 30, 40)
    assert not change.is_better(named("PHQ-9").scale("total"), 10, 12)


def test_critical_answers_of_the_bam_are_opioid_days():
    bam = named("BAM-IOP")
    assert critical(bam, {"7E": 0}) == ()
    assert [rule.kind for rule in critical(bam, {"7E": 1})] == ["overdose"]


GAD = tomllib.loads((resources.files("homeground.placement") / "instruments" / "gad_7.toml").read_text())


def changed(**parts):
    found = copy.deepcopy(GAD)
    found.update(parts)
    return found


@pytest.mark.parametrize(
    ("found", "named_fault"),
    [
        ({}, "id: missing"),
        (changed(licence=""), "licence: missing"),
        (changed(item=[]), "item: missing"),
        (changed(rights="theirs"), "Rights"),
        (changed(missing="guess"), "guess"),
        (changed(scale=[{"id": "total", "items": ["8"]}]), "8"),
        (changed(skip=[{"item": "1", "is": [0], "items": ["77"]}]), "no item 77"),
        (
            changed(cut=[{"code": "x", "scale": "sum", "at_least": 1, "source": "s", "certainty": "V"}]),
            "no scale sum",
        ),
        (
            changed(cut=[{"code": "x", "scale": "total", "at_least": 1, "source": "", "certainty": "V"}]),
            "no source",
        ),
        (
            changed(
                band=[{"code": "s", "scale": "total", "steps": [[5, "a"]], "source": "s", "certainty": "V"}]
            ),
            "gap",
        ),
        (changed(scale=[{"id": "total", "items": ["1"], "map": {"1": [0, 1]}}]), "another length"),
        (changed(item=[*GAD["item"], GAD["item"][0]]), "twice"),
    ],
)
def test_a_bad_definition_says_what_is_wrong(found, named_fault):
    with pytest.raises(BadDefinition, match=named_fault):
        read(found)


def test_the_document_lists_every_instrument_with_its_licence():
    text = (Path(__file__).resolve().parents[4] / "docs" / "instruments.md").read_text()
    assert [each.id for each in shipped() if f"`{each.id}`" not in text or each.licence not in text] == []
