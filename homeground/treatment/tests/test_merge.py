"""Two writers in one field: nothing typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeground.treatment.rules.merge import Change, difference, merge_choices, merge_text

BASE = "Wren spoke of payday."


@pytest.mark.parametrize(
    ("theirs", "mine", "text", "both"),
    [
        (BASE, "Wren spoke of rent.", "Wren spoke of rent.", False),
        ("Wren spoke of rent.", BASE, "Wren spoke of rent.", False),
        ("Wren spoke softly of payday.", "Wren spoke of payday evenings.",
         "Wren spoke softly of payday evenings.", False),
        ("Wren spoke of rent.", "Wren spoke of work.", "Wren spoke of rent work.", True),
        (f"{BASE} Theirs.", f"{BASE} Mine.", f"{BASE} Theirs. Mine.", True),
        ("", "Wren spoke of payday evenings.", "Wren spoke of payday evenings.", False),
    ],
)  # fmt: skip
def test_both_texts_stay(theirs, mine, text, both):
    found = merge_text(BASE, theirs, mine)
    assert (found.text, found.both) == (text, both)


def test_into_an_empty_field_both_may_write():
    assert merge_text("", "Theirs.", "Mine.").text == "Theirs. Mine."


word = st.sampled_from(["alpha", "bravo", "charlie", "delta", "echo", "."])
texts = st.lists(word, max_size=8).map(" ".join)


@given(texts, texts, texts)
def test_every_word_one_side_added_is_there_afterwards(base, theirs, mine):
    made = merge_text(base, theirs, mine).text.split()
    for side in (theirs, mine):
        for added in set(side.split()) - set(base.split()):
            assert added in made


@given(texts, texts)
def test_saving_the_same_again_changes_nothing(base, mine):
    assert merge_text(base, mine, mine).text == mine
    assert merge_text(base, base, mine).text == mine


def test_choices_of_both_stay_and_what_one_took_away_goes():
    assert merge_choices(["a", "b"], ["a", "b", "c"], ["b", "d"]) == ("b", "c", "d")


def test_a_difference_says_what_came_and_what_went():
    found = difference("Took part for an hour.", "Took part, quietly, for an hour.")
    assert [(each.change, each.text.strip()) for each in found] == [
        (Change.SAME, "Took"),
        (Change.REMOVED, "part"),
        (Change.ADDED, "part, quietly,"),
        (Change.SAME, "for an hour."),
    ]
