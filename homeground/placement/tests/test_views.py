from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cast import make_person
from django.urls import reverse

from homeground.chart.models import Episode
from homeground.ground import scope
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.placement import actions
from homeground.placement.models import Decision, Fact, RedFlag, Screening
from homeground.placement.rules.domains import DOMAINS
from homeground.placement.tests.spec import CALM, rated

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture
def screening(clinic):
    person = make_person(clinic, "Sky", "")
    with scope.entered(organization_id=clinic.id):
        return actions.open_screening(person_id=person.pk, by=clinic.staff[Role.COUNSELOR].actor, at=AT)


@pytest.fixture
def counselor(clinic, sign_in):
    return sign_in(clinic.staff[Role.COUNSELOR])


def url(name, screening):
    return reverse(f"placement:{name}", args=[screening])


def ratings(**changes):
    told = {code: str(rating) for code, rating in rated(**changes).items()}
    return {**told, **{f"{code}_reason": "seen in the talk" for code in CALM}}


@pytest.fixture
def decided(counselor, screening):
    counselor.post(url("red_flags", screening), {"none": "on"})
    counselor.post(url("ratings", screening), ratings(use=2))
    counselor.post(url("decision", screening), {"level": "2.1", "seen": "2.1"})
    return screening


def admission(clinic, **changes):
    return {
        "given_name": "Skyler",
        "family_name": "Sampleton",
        "born_on": "1/2/1990",
        "program": str(clinic.adult.pk),
        "starts_on": "",
        "counselor": "",
        "consent": "paper",
        "consent_language": "en",
        **changes,
    }


def first_day(counselor, screening):
    """The page proposes the clinic's today."""
    return counselor.get(url("admission", screening)).context["form"]["starts_on"].value()


def test_the_way_from_an_open_screening_to_a_stay(counselor, screening, clinic):
    page = counselor.get(url("screening", screening))
    assert page.status_code == 200
    assert "Not enough is known yet" in page.text
    counselor.post(url("red_flags", screening), {"none": "on"})
    counselor.post(url("facts", screening), {"motivated": "yes", "home_safe": "unsure"})
    counselor.post(url("ratings", screening), ratings(use=2))
    page = counselor.get(url("screening", screening))
    assert "Intensive outpatient (2.1)" in page.text
    assert "Not sure yet, to be talked about" in page.text
    counselor.post(url("decision", screening), {"level": "2.1", "seen": "2.1"})
    assert url("admission", screening) in counselor.get(url("screening", screening)).text
    starts_on = first_day(counselor, screening)
    told = admission(clinic, starts_on=starts_on)
    response = counselor.post(url("admission", screening), told, follow=True)
    episode = Episode.objects.get(patient__person__given_name="Skyler")
    assert response.redirect_chain == [(reverse("chart:episode", args=[episode.pk]), 302)]
    assert f"{episode.starts_on:%m/%d/%Y}" == starts_on


def test_red_flags_come_first_and_show_what_to_do(counselor, screening):
    response = counselor.post(
        url("red_flags", screening),
        {"call_911": ["seizure"], "medical_today": ["ghb"]},
        follow=True,
    )
    assert "call 911" in response.text
    assert response.text.index("A seizure") < response.text.index('id="facts"')
    assert "Medical evaluation first" in response.text
    assert reverse("front_door:places") + "?level=detox" in response.text


@pytest.mark.parametrize("told", [{}, {"none": "on", "call_911": ["seizure"]}, {"call_911": ["headache"]}])
def test_silence_or_contradiction_about_red_flags_is_refused(counselor, screening, told):
    response = counselor.post(url("red_flags", screening), told)
    assert response.status_code == 422
    with scope.entered(organization_id=Screening.objects.get(pk=screening).organization_id):
        assert not RedFlag.objects.exists()
    assert Screening.objects.get(pk=screening).withdrawal_screened_at is None


def test_an_unknown_answer_is_refused(counselor, screening):
    response = counselor.post(url("facts", screening), {"motivated": "very"})
    assert response.status_code == 422
    assert not Fact.objects.exists()


def test_a_rating_without_reason_is_refused_and_what_was_typed_is_still_there(counselor, screening):
    told = {**ratings(use=2), "mind_reason": "", "body_reason": "knee hurts"}
    response = counselor.post(url("ratings", screening), told)
    assert response.status_code == 422
    assert "Say what was seen or said." in response.text
    assert "knee hurts" in response.text


@pytest.mark.parametrize(
    "changes",
    [
        {"mind": "7"},
        {"mind": "x"},
        {"mind": "", "mind_reason": "words without a rating"},
        {"mind_reason": "a" * 1001},
    ],
)
def test_bad_ratings_are_refused_at_the_field(counselor, screening, changes):
    response = counselor.post(url("ratings", screening), {**ratings(), **changes})
    assert response.status_code == 422
    assert 'class="error"' in response.text


def test_an_override_without_reason_is_refused_with_words(counselor, screening):
    counselor.post(url("red_flags", screening), {"none": "on"})
    counselor.post(url("ratings", screening), ratings(home=3))
    response = counselor.post(url("decision", screening), {"level": "2.1", "seen": "3.1"})
    assert response.status_code == 422
    assert "Say why you depart" in response.text
    assert not Decision.objects.exists()


def test_a_level_not_given_here_ends_in_places_to_go(counselor, screening):
    counselor.post(url("red_flags", screening), {"none": "on"})
    counselor.post(url("ratings", screening), ratings(home=3))
    response = counselor.post(url("decision", screening), {"level": "3.1", "seen": "3.1"}, follow=True)
    assert reverse("front_door:places") + "?level=residential" in response.text
    assert url("admission", screening) not in response.text


def test_the_front_desk_asks_but_sees_no_rating_and_no_level(counselor, decided, clinic, sign_in):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    page = desk.get(url("screening", decided))
    assert page.status_code == 200
    assert "seen in the talk" not in page.text
    assert "2.1" not in page.text
    for name in ("ratings", "decision", "admission"):
        assert desk.post(url(name, decided)).status_code == 403


def test_the_front_desk_fills_flags_and_facts(screening, clinic, sign_in):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    assert desk.post(url("red_flags", screening), {"none": "on"}).status_code == 302
    assert desk.post(url("facts", screening), {"transport": "no"}).status_code == 302
    page = desk.get(url("screening", screening))
    assert "Six domains" not in page.text
    assert "You decide" not in page.text


@pytest.mark.parametrize("name", ["screening", "red_flags", "facts", "ratings", "decision", "admission"])
def test_another_clinics_screening_is_not_there(screening, cast, sign_in, name):
    elsewhere = sign_in(cast.other_clinic.staff[Role.COUNSELOR])
    told = {"none": "on", **ratings(), "level": "2.1", "seen": "2.1"}
    for unknown in (screening, uuid4()):
        if name in ("screening", "admission"):
            assert elsewhere.get(url(name, unknown)).status_code == 404
        if name != "screening":
            assert elsewhere.post(url(name, unknown), told).status_code == 404


def test_admission_before_the_decision_leads_back(counselor, screening):
    response = counselor.get(url("admission", screening))
    assert response.headers["Location"] == url("screening", screening)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"given_name": ""}, "required"),
        ({"family_name": " "}, "required"),
        ({"family_name": "x" * 101}, "at most 100"),
        ({"born_on": "yesterday"}, "Write a date"),
        ({"born_on": "1/2/1850"}, "year of birth"),
        ({"born_on": "1/2/2090"}, "year of birth"),
        ({"born_on": "1/2/2012"}, "another age"),
        ({"starts_on": "1/2/2090"}, "within a year"),
        ({"starts_on": "30 feb 2026"}, "no such day"),
        ({"program": "b296179a-2234-43e5-a330-1e72f3a0ec37"}, "valid choice"),
        ({"program": "x"}, "valid choice"),
        ({"counselor": "b296179a-2234-43e5-a330-1e72f3a0ec37"}, "valid choice"),
        ({"consent": ""}, "required"),
    ],
)
def test_a_bad_admission_is_refused_and_keeps_what_was_typed(counselor, decided, clinic, changes, words):
    starts_on = first_day(counselor, decided)
    told = admission(clinic, **{"starts_on": starts_on, "called": "Skylark", **changes})
    response = counselor.post(url("admission", decided), told)
    assert response.status_code == 422
    assert words in response.text
    assert "Skylark" in response.text
    assert not Person.objects.filter(called="Skylark").exists()


def test_admitting_twice_admits_once(counselor, decided, clinic):
    told = admission(clinic, starts_on=first_day(counselor, decided))
    assert counselor.post(url("admission", decided), told).status_code == 302
    response = counselor.post(url("admission", decided), told)
    assert response.status_code == 422
    assert "has a stay already" in response.text


def test_screening_again_opens_another_one(counselor, decided):
    person = Screening.objects.get(pk=decided).person_id
    response = counselor.post(reverse("placement:screenings"), {"person": str(person)})
    assert response.status_code == 302
    assert Screening.objects.filter(person_id=person).count() == 2


@pytest.mark.parametrize("person", ["", "x", "b296179a-2234-43e5-a330-1e72f3a0ec37"])
def test_a_screening_of_nobody_is_not_opened(counselor, person):
    assert counselor.post(reverse("placement:screenings"), {"person": person}).status_code == 404


def test_lists_show_what_waits_and_what_is_decided(counselor, decided, clinic):
    waiting = make_person(clinic, "Lark", "")
    counselor.post(reverse("placement:screenings"), {"person": str(waiting.pk)})
    page = counselor.get(reverse("placement:screenings"))
    assert "Lark" in page.text
    assert "Sky" not in page.text
    assert "Sky" in counselor.get(reverse("placement:screenings") + "?show=decided").text


def test_the_pages_take_a_fixed_number_of_statements(
    counselor, decided, clinic, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        counselor.get(url("screening", decided))
    for number in range(8):
        person = make_person(clinic, f"P{number}", "")
        counselor.post(reverse("placement:screenings"), {"person": str(person.pk)})
    with django_assert_max_num_queries(12):
        page = counselor.get(reverse("placement:screenings"))
    assert page.text.count("data-row") == 8


def test_every_domain_is_on_the_page_with_its_anchors(counselor, screening):
    text = counselor.get(url("screening", screening)).text
    for domain in DOMAINS:
        assert domain.name in text
        assert f"field_{domain.code}" in text or f"id_{domain.code}" in text
