import re
from itertools import product
from pathlib import Path

import pytest

from homeground.placement.rules import checklist, domains, levels, questions, red_flags
from homeground.placement.rules.answers import Answers
from homeground.placement.rules.levels import Level
from homeground.placement.rules.questions import Answer
from homeground.placement.rules.recommend import recommend
from homeground.placement.tests import manual
from homeground.placement.tests.spec import CALM, CASES, rated

HOUSE = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case):
    found = recommend(case.answers)
    assert (found.level, found.urgent, found.must_refer) == (case.level, case.urgent, case.refer)
    assert set(case.because) <= {reason.code for reason in found.reasons}


def test_the_manual_says_what_the_rules_do():
    assert manual.PATH.read_text() == manual.page(), "print it: python -m homeground.placement.tests.manual"


def test_every_combination_of_ratings_gets_the_most_intensive_need_and_a_reason():
    for values in product(domains.RATINGS, repeat=len(CALM)):
        ratings = dict(zip(CALM, values, strict=True))
        found = recommend(Answers(withdrawal_screened=True, ratings=ratings))
        needs = [domains.BY_CODE[code].minima[rating] for code, rating in ratings.items()]
        highest = max((levels.intensity(need) for need in needs if need), default=-1)
        assert found.reasons
        if found.level in levels.LEVELS:
            assert levels.intensity(found.level) == max(highest, 0)
        else:
            assert found.level is Level.EVALUATE
            assert Level.EVALUATE in needs
            assert highest < levels.intensity(Level.RECOVERY_RESIDENCE)


def test_no_pattern_of_facts_ever_turns_somebody_away_or_lowers_a_need():
    for values in product(Answer, repeat=5):
        facts = dict(
            zip(
                ("motivated", "accountable", "home_safe", "home_supportive", "mild_to_moderate"),
                values,
                strict=True,
            )
        )
        found = recommend(Answers(withdrawal_screened=True, facts=facts, ratings=rated(use=2)))
        assert found.level in (Level.INTENSIVE_OUTPATIENT, Level.EVALUATE)


@pytest.mark.parametrize("code", [flag.code for flag in red_flags.FLAGS if flag.urgent])
def test_each_urgent_flag_alone_stops_everything(code):
    found = recommend(Answers(flags=frozenset({code}), withdrawal_screened=True, ratings=CALM))
    assert found.urgent is red_flags.BY_CODE[code].urgent
    assert found.level is Level.EVALUATE
    assert found.must_refer
    assert [reason.code for reason in found.reasons] == [f"flag.{code}"]


@pytest.mark.parametrize(
    "known",
    [
        {"flags": frozenset({"headache"})},
        {"facts": {"rich": Answer.YES}},
        {"ratings": {"money": 2}},
        {"ratings": {"mind": 5}},
        {"ratings": {"mind": -1}},
    ],
)
def test_what_is_not_a_question_of_ours_is_refused(known):
    with pytest.raises(ValueError, match=r"unknown|whole number"):
        Answers(**known)


def test_the_checklist_shows_which_item_is_not_met():
    answers = Answers(withdrawal_screened=True, ratings=rated(withdrawal=3, use=2))
    assert [(item.code, item.met) for item in checklist.items(answers)] == [
        ("1", False),
        ("2", True),
        ("3", True),
        ("4", True),
    ]


def test_the_checklist_says_when_it_does_not_know():
    assert [item.met for item in checklist.items(Answers())] == [None] * 4
    assert checklist.items(Answers(ratings=CALM))[3].met is False


@pytest.mark.parametrize(
    ("hours", "level"), [(0, "1.5"), (8.9, "1.5"), (9, "2.1"), (19.5, "2.1"), (20, "2.5"), (40, "2.5")]
)
def test_levels_by_weekly_hours(hours, level):
    assert levels.for_hours(hours) == level


def test_every_domain_has_five_anchors_and_needs_never_fall_as_ratings_rise():
    for domain in domains.DOMAINS:
        assert len(set(domain.anchors)) == len(domains.RATINGS)
        sizes = [levels.intensity(need) if need else -2 for need in domain.minima]
        assert sizes == sorted(sizes), domain.code


def test_codes_fit_their_columns_and_are_unique():
    codes = [f.code for f in red_flags.FLAGS] + [q.code for q in questions.QUESTIONS]
    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= 40
    assert max(len(domain.code) for domain in domains.DOMAINS) <= 30


LICENSED = (
    # Headings and anchors of licensed instruments. Level codes and names are facts and may appear.
    "acute intoxication and/or withdrawal",
    "withdrawal potential",
    "biomedical conditions and complications",
    "emotional, behavioral, or cognitive conditions",
    "emotional/behavioral/cognitive conditions and complications",
    "continued use, or continued problem potential",
    "relapse, continued use",
    "recovery/living environment",
    "recovery environment interactions",
    "substance use-related risks",
    "person-centered considerations",
    "psychiatric and cognitive conditions",
    "dimensional admission criteria",
    "diagnostic admission criteria",
    "imminent danger",
    "risk of harm dimension",
    "functional status dimension",
    "level of stress",
    "engagement and recovery status",
    "treatment and recovery history",
    "co-morbidity",
    "medical, addictive and psychiatric",
    "clinically significant impairment or distress",
    "larger amounts or over a longer period",
    "clinically managed low-intensity",
    "medically monitored intensive inpatient",
)


def test_the_house_contains_no_text_of_a_licensed_instrument():
    here = Path(__file__)
    found = []
    for folder in ("homeground", "docs"):
        for path in (HOUSE / folder).rglob("*"):
            if path.suffix not in {".py", ".html", ".md", ".po", ".json", ".txt"} or path == here:
                continue
            text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8")).lower()
            found += [f"{path.relative_to(HOUSE)}: {phrase}" for phrase in LICENSED if phrase in text]
    assert found == []


def test_no_word_of_the_rules_diagnoses_or_turns_away():
    words = " ".join(
        [q.words + q.why for q in questions.QUESTIONS]
        + [f.words for f in red_flags.FLAGS]
        + [a for d in domains.DOMAINS for a in (*d.anchors, d.about)]
        + [r.words for case in CASES for r in recommend(case.answers).reasons]
    ).lower()
    for banned in ("eligible", "qualify", "disorder", "addict", "abuse", "clean", "dirty", "diagnos"):
        assert banned not in words, banned
