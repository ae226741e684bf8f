"""A breach from the day it is found to the day it is closed (check F27)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from homeground.confidentiality import actions, queries
from homeground.confidentiality.rules import incident
from homeground.confidentiality.rules.incident import Factor, Rating, Weighed
from homeground.ground import clock
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


def told(**changes):
    """A form about a letter that went to the wrong house, found out today."""
    today = clock.now().date()
    facts = {
        "discovered_on": f"{today - timedelta(days=1):%m/%d/%Y}",
        "happened_on": "",
        "description": "A letter went to the wrong house.",
        "people_count": "1",
        "most_in_one_state": "1",
        "state": "co",
    }
    return {**facts, **changes}


def weighing(rating="low"):
    return {
        key: value
        for factor in Factor
        for key, value in {factor.value: rating, f"{factor.value}_words": "It came back unopened."}.items()
    }


def record(director, **changes):
    """Record one through the page; its id."""
    answer = director.post(reverse("confidentiality:breaches"), told(**changes))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rstrip("/").rsplit("/", 1)[1]


def at(name, *ids):
    return reverse(f"confidentiality:{name}", args=ids)


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": ""},
        {"people_count": "0"},
        {"most_in_one_state": "2"},
        {"discovered_on": "01/01/2100"},
        {"happened_on": "01/01/2100"},
        {"state": "Colorado"},
    ],
)
def test_what_cannot_be_is_sent_back_with_what_was_typed(director, wrong):
    answer = director.post(at("breaches"), told(**wrong))
    assert answer.status_code == 422 and queries.breaches() == ()


@pytest.mark.parametrize(
    ("people", "whom"),
    [
        ("499", {"persons", "authority"}),
        ("500", {"persons", "authority", "media", "state"}),
    ],
)
def test_499_and_500_people_oblige_to_different_things_f27(director, inside, people, whom):
    made = record(director, people_count=people, most_in_one_state=people)
    [found] = queries.breaches()
    assert {each.duty.value for each in found.open_duties} == whom
    said = director.get(at("breach", made)).content.decode()
    assert ("The media of the state" in said) == ("media" in whom)
    assert "Recalled, to be checked with counsel." in said and "C.R.S. 6-1-716" in said


def test_it_is_marked_when_people_were_told_and_closed_only_then(director, inside):
    made, today = record(director), clock.now().date()
    director.post(at("closing", made))
    assert queries.breaches()[0].closed_at is None
    tomorrow = {"duty": "persons", "told_on": f"{today + timedelta(days=3):%m/%d/%Y}"}
    assert director.post(at("telling", made), tomorrow).status_code == 422
    before = {"duty": "persons", "told_on": f"{today - timedelta(days=9):%m/%d/%Y}"}
    assert director.post(at("telling", made), before).status_code == 422
    for duty in ("persons", "authority"):
        marked = {"duty": duty, "told_on": f"{today - timedelta(days=1):%m/%d/%Y}"}
        assert director.post(at("telling", made), marked).status_code == 302
    director.post(at("closing", made))
    assert queries.breaches() == ()
    assert director.post(at("closing", made)).status_code == 404


def test_four_factors_are_weighed_or_it_stays_a_breach(director, inside):
    made = record(director)
    assert director.post(at("assessment", made), {**weighing(), "mitigated_words": ""}).status_code == 422
    assert "Until then it counts as a breach" in director.get(at("breach", made)).content.decode()
    director.post(at("assessment", made), {**weighing(), "acquired": "high"})
    assert queries.breaches()[0].open_duties
    director.post(at("assessment", made), weighing())
    assert queries.breaches()[0].open_duties == ()
    assert "Nobody has to be told." in director.get(at("breach", made)).content.decode()


@pytest.mark.parametrize(
    ("ratings", "low"),
    [
        ("low low low low", True),
        ("low low low medium", False),
        ("high low low low", False),
        ("low low", False),
    ],
)
def test_low_risk_wants_four_low_factors_with_their_facts(ratings, low):
    weighed = tuple(
        Weighed(factor, Rating(rating), "because")
        for factor, rating in zip(Factor, ratings.split(), strict=False)
    )
    assert incident.low_risk(weighed) is low
    assert not incident.low_risk(tuple(Weighed(each.factor, each.rating, " ") for each in weighed))


def test_a_person_is_named_and_the_letter_goes_where_they_asked(director, cast, clinic, inside):
    person, made = cast.patient.person, record(director)
    assert director.get(at("breach_letter", made, person.pk)).status_code == 404
    answer = director.post(at("person_breaches", person.pk), {"breach": made})
    assert answer["Location"] == at("breach", made)
    by = clinic.staff[Role.COUNSELOR].actor
    actions.reach_at(person_id=person.pk, address="2 Other Street", by=by, at=clock.now())
    said = director.get(at("breach_letter", made, person.pk)).content.decode()
    assert (
        "2 Other Street" in said and person.family_name in said and clinic.organization.neutral_name in said
    )
