"""The name guard on a corpus of our own: what it finds, what it misses, what it finds wrongly."""

import tomllib
from pathlib import Path

import pytest

from homeground.treatment.rules.name_guard import Form, Guard, Named

CORPUS = tomllib.loads((Path(__file__).parent / "samples" / "names.toml").read_text())
PEOPLE = [
    Named("robert", "Robert", "Kowalczyk"),
    Named("marianne", "Marianne", "Delgado-Ruiz"),
    Named("hope", "Hope", "Brown"),
    Named("william", "William", "Achterberg", "Duke"),
    Named("rose", "Rose", "Nguyen"),
    Named("jose", "José", "Fernández"),
    Named("david", "David", "Okonkwo-Haynes", here=False),
    Named("tessa", "Tessa", "Lindqvist", here=False),
]
OWN = ("Wren", "Testley", "Slate", "Sampleton")
# Sentences without anybody's name in which something is found. Both are places that share
# a name with somebody of the session; the writer says so and signs.
FALSE_ALARMS = {
    "She moved here from San José in 2019.": "José",
    "She watched the Brown University video.": "Brown",
}

guard = Guard(PEOPLE)


def found(text):
    return [each.found for each in guard.find(text, own=OWN)]


@pytest.mark.parametrize("case", CORPUS["named"], ids=lambda case: case["text"][:40])
def test_a_name_is_found_where_it_stands(case):
    assert found(case["text"]) == case["hit"]
    assert all(each in case["text"] for each in case.get("miss", ()))


def test_false_alarms_are_these_and_no_others():
    assert {text: hit for text in CORPUS["clean"] if (hit := " ".join(found(text)))} == FALSE_ALARMS


def test_what_is_found_says_whom_and_how_and_where():
    text = "She met Bob, Mariane and H.B. lost her way with Kowalczyk."
    assert [(each.id, each.form) for each in guard.find(text, own=OWN)] == [
        ("robert", Form.SHORT),
        ("marianne", Form.MISSPELLED),
        ("hope", Form.INITIALS),
        ("robert", Form.NAME),
    ]
    assert all(text[each.start : each.end] == each.found for each in guard.find(text, own=OWN))


def test_the_notes_own_person_and_staff_may_be_named():
    assert guard.find("Robert thanked Bob's friends.", own=("Robert", "Kowalczyk")) == ()


def test_two_people_who_share_a_name_are_not_held_against_each_other():
    both = Guard([Named("other", "Wren", "Lindgren")])
    assert both.find("Wren spoke first.", own=OWN) == ()
    assert [each.found for each in both.find("Wren Lindgren spoke first.", own=OWN)] == ["Lindgren"]


def test_nothing_is_found_without_people_or_text():
    assert Guard([]).find("Robert spoke.") == ()
    assert guard.find("") == ()
