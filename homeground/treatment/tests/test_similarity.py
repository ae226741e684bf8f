"""What counts as too alike, with known figures."""

import time

import pytest

from homeground.treatment.rules.similarity import Level, Thresholds, Written, alike, pairs

RULES = Thresholds(warn=80, listed=90)
TEN = "alpha bravo charlie delta echo foxtrot golf hotel india juliet"


def swapped(count):
    """Ten words of which this many are others."""
    words = TEN.split()
    return " ".join([f"other{n}" for n in range(count)] + words[count:])


@pytest.mark.parametrize(
    ("changed", "similarity", "level"),
    [(0, 1.0, Level.LIST), (1, 0.9, Level.LIST), (2, 0.8, Level.WARN), (3, 0.7, Level.NONE)],
)
def test_the_thresholds_meet_exactly(changed, similarity, level):
    found = alike(Written("a", TEN), Written("b", swapped(changed)))
    assert found == pytest.approx(similarity)
    assert RULES.level(found) is level


def test_the_same_note_with_names_and_pronouns_swapped_is_the_same_note():
    one = Written(
        "a", "Wren took part. She said it was hard for her. Wren's plan stands.", ("Wren", "Testley")
    )
    other = Written("b", "Jay took part. He said it was hard for him. Jay’s plan stands.", ("Jay",))
    assert alike(one, other) == 1


def test_sentences_moved_around_are_still_the_same_note():
    one = Written("a", "Took part without being asked. Practiced refusing an offer. Plans to call a friend.")
    other = Written(
        "b", "Plans to call a friend. Took part without being asked. Practiced refusing an offer."
    )
    assert alike(one, other) == 1


def test_wording_of_the_plan_does_not_count_as_copied():
    aim = "Name three triggers and a plan for each by December 15"
    one = Written("a", f"Wren spoke of payday evenings. Serves “{aim}”.", ("Wren",), (aim,))
    other = Written("b", f"Wren brought the list from home. Serves “{aim}”.", ("Wren",), (aim,))
    bare = [Written(each.id, each.text, each.names) for each in (one, other)]
    assert alike(one, other) < 0.5 < alike(*bare)


def test_empty_notes_are_not_alike():
    assert alike(Written("a", ""), Written("b", "")) == 0


def test_the_shared_passage_is_shown_where_it_stands():
    one = Written("a", f"He came late. {TEN.title()}!")
    found = pairs([one, Written("b", f"{TEN}, they came late")], thresholds=Thresholds(70, 90))
    assert found[0].passage == TEN.title()
    assert one.text[found[0].start : found[0].end] == found[0].passage


def test_peers_and_the_persons_own_earlier_notes_are_compared_and_nothing_else():
    found = pairs(
        [Written("a", TEN), Written("b", swapped(10))],
        [("b", [Written("b-before", swapped(9)), Written("b-long-ago", "quite something else")])],
        thresholds=RULES,
    )
    assert [(each.one, each.other, each.earlier, each.level) for each in found] == [
        ("b", "b-before", True, Level.LIST)
    ]


def test_fifteen_notes_with_twenty_earlier_ones_each_are_compared_while_typing():
    def note(seed):
        return " ".join(f"word{(seed * 31 + at * at) % 997}" for at in range(130)) + "."

    peers = [Written(str(n), note(n)) for n in range(15)]
    earlier = [(str(n), [Written(f"{n}-{k}", note(n * 20 + k + 99)) for k in range(20)]) for n in range(15)]
    pairs(peers, earlier, thresholds=RULES)
    began = time.process_time()
    pairs(peers, earlier, thresholds=RULES)
    # The bench holds p95 < 100 ms; here only that nobody made it ten times slower.
    assert time.process_time() - began < 1
