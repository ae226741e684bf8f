"""What must be on record before a critical answer is closed: a table without a database (check H03)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from homeground.placement.rules.disposition import Disposed, Lack, Outcome, SafetyPlanNow, Watch, lacks
from homeground.placement.rules.instruments.definition import Kind

RAISED = datetime(2026, 11, 16, 17, 0, 30, tzinfo=UTC)
AT = RAISED + timedelta(hours=1)
SEEN = Disposed(Outcome.SEEN_HERE, RAISED + timedelta(minutes=9), Watch.WITH_US, SafetyPlanNow.MADE)


def missing(means, told, kind=Kind.SUICIDE):
    return set(lacks(kind, means, told, raised_at=RAISED, at=AT))


def test_h03_high_cannot_be_closed_without_disposition_time_observation_and_safety_plan():
    assert missing("high", Disposed()) == {
        Lack.NO_OUTCOME,
        Lack.NO_TIME,
        Lack.NO_WATCH,
        Lack.NO_SAFETY_PLAN,
    }
    assert missing("high", SEEN) == set()


@pytest.mark.parametrize(
    ("means", "lacking"),
    [
        ("", set()),
        ("low", set()),
        ("moderate", {Lack.NO_SAFETY_PLAN}),
        ("high", {Lack.NO_WATCH, Lack.NO_SAFETY_PLAN}),
    ],
)
def test_the_higher_the_risk_the_more_is_asked(means, lacking):
    assert missing(means, replace(SEEN, watch=None, safety_plan=None)) == lacking


def test_c16_without_a_safety_plan_the_reason_is_said():
    later = replace(SEEN, safety_plan=SafetyPlanNow.NOT_NOW, why_no_plan=" ")
    assert missing("moderate", later) == {Lack.NO_REASON}
    assert missing("moderate", replace(later, why_no_plan="In the emergency department")) == set()


def test_the_time_lies_between_the_answer_and_now():
    assert missing("low", replace(SEEN, reached_at=AT + timedelta(minutes=1))) == {Lack.IN_THE_FUTURE}
    assert missing("low", replace(SEEN, reached_at=RAISED - timedelta(minutes=1))) == {Lack.BEFORE_THE_ANSWER}
    in_the_same_minute = RAISED.replace(second=0)
    assert missing("low", replace(SEEN, reached_at=in_the_same_minute)) == set()


def test_a_return_to_use_asks_for_words_only():
    assert missing("", Disposed(), Kind.OVERDOSE) == set()
