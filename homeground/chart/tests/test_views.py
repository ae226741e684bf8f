from uuid import uuid4

import pytest
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.confidentiality.models import Consent
from homeground.people.roles import Role


@pytest.fixture
def counselor(clinic, sign_in):
    return sign_in(clinic.staff[Role.COUNSELOR])


@pytest.fixture
def stay(cast):
    return cast.patient_episode.pk


def url(name, episode):
    return reverse(f"chart:{name}", args=[episode])


CONSENT = {"method": "paper", "language": "es", "signed_on": "10/4/2026", "signed_time": "9:30"}


def test_a_stay_says_that_consent_is_missing_until_it_is_recorded(counselor, stay):
    assert "Without it no service may be given" in counselor.get(url("episode", stay)).text
    response = counselor.post(url("consents", stay), CONSENT, follow=True)
    assert "Signed Sun 4 Oct, 09:30" in response.text
    assert "Without it no service" not in response.text
    assert Consent.objects.get().signed_at.isoformat() == "2026-10-04T15:30:00+00:00"


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "nod"},
        {"language": "xx"},
        {"signed_on": "10/4/2090"},
        {"signed_on": "soon"},
        {"signed_time": "25:00"},
        {"signed_time": ""},
    ],
)
def test_a_bad_consent_is_refused_and_keeps_what_was_typed(counselor, stay, changes):
    response = counselor.post(url("consents", stay), {**CONSENT, **changes})
    assert response.status_code == 422
    assert 'class="error"' in response.text
    assert not Consent.objects.exists()


def test_the_front_desk_sees_no_level_and_no_way_to_end_a_stay(clinic, stay, sign_in):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    page = desk.get(url("episode", stay))
    assert page.status_code == 200
    assert "Level of care" not in page.text
    assert reverse("desk:ending", args=[stay]) not in page.text


@pytest.mark.parametrize("name", ["episode", "consents"])
def test_another_clinics_stay_is_not_there(cast, stay, sign_in, name):
    elsewhere = sign_in(cast.other_clinic.staff[Role.COUNSELOR])
    for unknown in (stay, uuid4()):
        send = elsewhere.get if name == "episode" else elsewhere.post
        assert send(url(name, unknown), CONSENT).status_code == 404


def test_the_next_steps_lead_to_the_persons_week_and_to_seats(counselor, stay, cast):
    text = counselor.get(url("episode", stay)).text
    assert reverse("timetable:obligations", kwargs={"person_id": cast.patient.person.pk}) in text
    assert reverse("timetable:fit", kwargs={"episode_id": stay}) in text


def test_looking_is_recorded_for_the_patient(counselor, stay, cast):
    counselor.get(url("episode", stay))
    entry = Entry.objects.get(event="chart.episode.read")
    assert entry.patient_id == cast.patient_episode.patient_id


def test_the_page_takes_a_fixed_number_of_statements(counselor, stay, django_assert_max_num_queries):
    counselor.get(url("episode", stay))  # the first request of a session also writes the session
    with django_assert_max_num_queries(20):
        counselor.get(url("episode", stay))
