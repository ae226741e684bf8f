"""The spec of the self-check: every path through it (checks B04 and B05)."""

from itertools import product

import pytest

from homeground.front_door import check_words
from homeground.front_door.rules.self_check import (
    CANDIDACY,
    RED_FLAGS,
    Advice,
    Answer,
    Question,
    Reason,
    Urgency,
    advise,
)

YES, NO, UNSURE = Answer
CALM = dict.fromkeys(RED_FLAGS, NO)
URGENCY = list(Urgency)


def paths(questions):
    """Every way to answer these questions, leaving one out included."""
    for answers in product([*Answer, None], repeat=len(questions)):
        yield {each: answer for each, answer in zip(questions, answers, strict=True) if answer}


def test_every_path_of_answers_ends_in_one_of_three_next_steps_with_a_reason():
    """All answers about danger, then all about one's life: the second never change how soon to call."""
    seen = set()
    for danger in paths(RED_FLAGS):
        advice = advise(danger)
        assert advice.reasons
        seen.add(advice.urgency)
    assert seen == set(Urgency)
    for danger in ({}, {Question.BODY: YES}, {Question.EMERGENCY: YES}):
        for life in paths(CANDIDACY):
            advice = advise({**danger, **life})
            assert advice.urgency is advise(danger).urgency and advice.reasons


def test_while_there_is_danger_nothing_else_is_said():
    advice = advise({Question.EMERGENCY: YES, Question.BODY: YES, Question.HOME: NO, Question.LIFE: YES})
    assert advice.reasons == (Reason.EMERGENCY, Reason.BODY)


def test_groups_are_never_praised_to_someone_who_needs_a_doctor_today():
    assert advise({Question.BODY: YES}).reasons == (Reason.BODY,)


@pytest.mark.parametrize(
    ("answers", "urgency", "first"),
    [
        ({}, Urgency.TALK, Reason.SUITS),
        ({Question.EMERGENCY: YES}, Urgency.CALL_NOW, Reason.EMERGENCY),
        ({Question.EMERGENCY: UNSURE}, Urgency.CALL_NOW, Reason.EMERGENCY),
        ({Question.SELF_HARM: YES}, Urgency.CALL_NOW, Reason.SELF_HARM),
        ({Question.SELF_HARM: UNSURE}, Urgency.CALL_NOW, Reason.SELF_HARM),
        (
            {Question.STOPPED_DRINKING: YES, Question.PAST_WITHDRAWAL: YES},
            Urgency.CALL_NOW,
            Reason.SEVERE_WITHDRAWAL,
        ),
        ({Question.STOPPED_DRINKING: YES}, Urgency.CALL_TODAY, Reason.WITHDRAWAL),
        ({Question.PAST_WITHDRAWAL: YES}, Urgency.CALL_TODAY, Reason.PAST_WITHDRAWAL),
        ({Question.SEDATIVES: YES}, Urgency.CALL_TODAY, Reason.SEDATIVES),
        ({Question.SEDATIVES: UNSURE}, Urgency.CALL_TODAY, Reason.SEDATIVES),
        ({Question.BODY: YES}, Urgency.CALL_TODAY, Reason.BODY),
        ({Question.OVERDOSE: YES}, Urgency.CALL_TODAY, Reason.OVERDOSE),
        (CALM, Urgency.TALK, Reason.SUITS),
        ({**CALM, Question.HOME: NO}, Urgency.TALK, Reason.HOME),
        ({**CALM, Question.READY: NO}, Urgency.TALK, Reason.READY),
        ({**CALM, Question.LIFE: YES}, Urgency.TALK, Reason.LIFE),
        ({**CALM, Question.STEADY: NO}, Urgency.TALK, Reason.START_STEADY),
        ({Question.EMERGENCY: YES, Question.SEDATIVES: YES}, Urgency.CALL_NOW, Reason.EMERGENCY),
    ],
)
def test_what_the_answers_lead_to(answers, urgency, first):
    advice = advise(answers)
    assert (advice.urgency, advice.reasons[0]) == (urgency, first)


def test_shaking_after_a_drink_yesterday_and_a_past_seizure_names_911_first():
    advice = advise({Question.STOPPED_DRINKING: YES, Question.PAST_WITHDRAWAL: YES})
    assert str(check_words.answer(advice).first_line).startswith("Call 911")


@pytest.mark.parametrize("question", RED_FLAGS)
@pytest.mark.parametrize("answer", [YES, UNSURE])
def test_a_sign_of_danger_never_makes_anything_less_urgent(question, answer):
    for others in product([YES, NO], repeat=len(RED_FLAGS)):
        before = dict(zip(RED_FLAGS, others, strict=True))
        calmer = advise({**before, question: NO}).urgency
        assert URGENCY.index(advise({**before, question: answer}).urgency) <= URGENCY.index(calmer)


def test_every_code_has_its_words_and_none_turns_anyone_away():
    for urgency in Urgency:
        assert check_words.ACTIONS[urgency]
    told = [str(check_words.REASONS[reason]) for reason in Reason]
    told += [str(line) for line in check_words.FIRST_LINES.values()]
    told += [str(check_words.TODAY_LINE), str(check_words.TALK_LINE)]
    refusing = ("qualify", "eligible", "cannot help", "not for you", "too severe", "not suitable", "refuse")
    assert not [line for line in told if any(word in line.lower() for word in refusing)]


def test_the_first_line_fits_the_first_reason():
    for reason in (Reason.EMERGENCY, Reason.SELF_HARM, Reason.SEVERE_WITHDRAWAL):
        words = check_words.answer(Advice(Urgency.CALL_NOW, (reason,)))
        assert "911" in str(words.first_line) or "988" in str(words.first_line)
    assert "911" in str(check_words.answer(Advice(Urgency.CALL_TODAY, (Reason.BODY,))).first_line)
