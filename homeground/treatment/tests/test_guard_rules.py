"""The guards together: what blocks, what asks, what is only told."""

from homeground.treatment.rules.guards import Card, Lack, Limits, check
from homeground.treatment.rules.name_guard import Guard, Named
from homeground.treatment.rules.participation import Risk
from homeground.treatment.rules.similarity import Written

LONG = "spoke of payday evenings and of the walk home past the corner store, and named two people to call."
GUARD = Guard([Named("a", "Robert", "Kowalczyk"), Named("b", "Marianne", "Delgado")])


def card(id, text, **more):
    more = {"aims": 2, "served": ("o1",), **more}
    return Card(id, text, ("Robert", "Kowalczyk") if id == "a" else ("Marianne", "Delgado"), **more)


def lacks(cards, **more):
    found = check(cards, guard=GUARD, limits=Limits(), **more)
    return {id: [each.lack for each in problems] for id, problems in found.cards.items()}


def test_a_blank_part_holds_back_itself_and_nobody_else():
    found = check([card("a", " "), card("b", f"Marianne {LONG}")], guard=GUARD, limits=Limits())
    assert [each.lack for each in found.cards["a"]] == [Lack.EMPTY]
    assert not found.passes("a")
    assert found.passes("b")


def test_the_same_text_for_two_people_blocks_both():
    assert lacks([card("a", f"Robert {LONG}"), card("b", f"Marianne {LONG}")]) == {
        "a": [Lack.SAME, Lack.ALIKE],
        "b": [Lack.SAME, Lack.ALIKE],
    }


def test_a_likeness_names_the_other_and_its_words_and_asks_for_a_reason():
    other = card("b", f"Marianne {LONG.replace('corner', 'liquor').replace('two', 'three')}")
    found = check([card("a", f"Robert {LONG}"), other], guard=GUARD, limits=Limits())
    (problem,) = found.cards["a"]
    assert (problem.lack, problem.other, problem.listed) == (Lack.ALIKE, "b", True)
    assert problem.passage == "Robert spoke of payday evenings and of the walk home past the"
    assert problem.asks
    assert not problem.blocks


def test_the_persons_last_five_notes_count_and_a_sixth_does_not():
    before = [Written(str(n), f"Something else entirely, number {n}") for n in range(5)]
    assert lacks([card("a", LONG)], earlier={"a": [*before, Written("6", LONG)]}) == {"a": []}
    assert lacks([card("a", LONG)], earlier={"a": [*before[:4], Written("5", LONG)]}) == {
        "a": [Lack.LIKE_BEFORE]
    }


def test_an_objective_is_asked_for_when_the_plan_has_one():
    assert lacks([card("a", LONG, served=())]) == {"a": [Lack.NO_OBJECTIVE]}
    found = check([card("a", LONG, aims=0, served=())], guard=GUARD, limits=Limits())
    assert [each.lack for each in found.cards["a"]] == [Lack.NO_PLAN]
    assert found.passes("a")


def test_a_concern_needs_words_and_a_short_note_is_asked_about():
    assert lacks([card("a", LONG, risk=Risk.CONCERN)]) == {"a": [Lack.RISK_UNTOLD]}
    assert lacks([card("a", LONG, risk=Risk.CONCERN, risk_note="Screened.")]) == {"a": []}
    assert lacks([card("a", "Took part.")]) == {"a": [Lack.SHORT]}


def test_a_name_is_asked_about_in_both_parts():
    found = check(
        [card("a", f"Robert met Marianne and {LONG}")],
        shared="The group discussed what Delgado had said.",
        guard=GUARD,
        limits=Limits(),
    )
    assert [(each.lack, each.passage) for each in found.cards["a"]] == [
        (Lack.NAMED, "Marianne"),
        (Lack.SHARED_NAMED, "Delgado"),
    ]
    assert not found.passes("a")
