"""A patient's privacy page: who may see what, who looked, what left; stopping a consent works at once."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.models import RightsRequest
from homeground.confidentiality.tests.factories import family, sign
from homeground.ground import clock, scope
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(cast, sign_in):
    return sign_in(cast.patient)


@pytest.fixture
def shared(cast):
    """The patient lets a relative know the days they came."""
    by = cast.clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=cast.clinic.organization.pk):
        return sign(cast, by, **family(cast.relative), at=clock.now())


def page(client):
    return client.get(reverse("desk:privacy")).content.decode()


def test_it_says_who_may_see_what_in_plain_words(patient, shared):
    shown = page(patient)
    assert "Relative Testperson (family)" in shown
    assert "the days and hours I came" in shown
    assert "so that they can support me" in shown


def test_stopping_holds_at_the_next_request_and_history_stays(cast, patient, shared, sign_in):
    url = reverse("desk:revocation", args=[shared])
    assert patient.post(url).status_code == 302
    assert "It has ended." in page(patient)
    assert "Stop this" not in page(patient)
    with scope.entered(organization_id=cast.clinic.organization.pk):
        assert confidentiality.shared_with(cast.relative.person.pk, clock.now()) == ()
    assert (
        b"Nothing is shared with you here now." in sign_in(cast.relative).get(reverse("desk:shared")).content
    )
    assert patient.post(url).status_code == 302
    assert "This was stopped before." in page(patient)


def test_somebody_elses_consent_is_not_there(patient, shared, cast, sign_in):
    assert patient.post(reverse("desk:revocation", args=[uuid4()])).status_code == 404
    assert sign_in(cast.relative).post(reverse("desk:revocation", args=[shared])).status_code == 403


def test_it_names_who_looked_and_not_the_person_themselves(cast, patient, sign_in):
    assert "Nobody yet." in page(patient)
    url = reverse("desk:patient", args=[cast.patient_episode.patient_id])
    sign_in(cast.clinic.staff[Role.DIRECTOR]).get(url)
    sign_in(cast.clinic.staff[Role.DIRECTOR]).get(url)
    shown = page(patient)
    director = cast.clinic.staff[Role.DIRECTOR].person
    assert f"{director.given_name} {director.family_name}" in shown
    assert "2 times" in shown


@pytest.mark.parametrize("kind", ["access", "amendment", "restriction", "accounting", "complaint"])
def test_asking_begins_a_clock_with_a_day(patient, cast, kind):
    assert patient.post(reverse("desk:rights"), {"kind": kind, "words": "Please."}).status_code == 302
    assert "we answer by" in page(patient)
    with scope.entered(organization_id=cast.clinic.organization.pk):
        assert RightsRequest.objects.get().kind == kind


def test_without_a_choice_nothing_is_asked_and_what_was_typed_stays(patient, cast):
    answer = patient.post(reverse("desk:rights"), {"kind": "", "words": "My words"})
    assert answer.status_code == 422
    assert b"Choose one." in answer.content
    assert b"My words" in answer.content


def test_it_speaks_spanish(patient, shared):
    patient.post(reverse("set_language"), {"language": "es"})
    shown = page(patient)
    assert "los días y las horas que vine" in shown
    assert "Quién puede ver qué" in shown


def test_it_costs_the_same_for_many_consents(cast, patient, shared, django_assert_num_queries):
    page(patient)
    with CaptureQueriesContext(connection) as one:
        page(patient)
    with scope.entered(organization_id=cast.clinic.organization.pk):
        for _ in range(4):
            sign(cast, cast.clinic.staff[Role.COUNSELOR].actor, **family(cast.relative), at=clock.now())
    with django_assert_num_queries(len(one)):
        page(patient)
