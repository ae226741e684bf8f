from datetime import date

import pytest
from cast import make_episode, make_person

from homeground.chart import queries
from homeground.ground import scope

pytestmark = pytest.mark.django_db


def test_who_is_in_treatment_on_a_day(cast, inside):
    assert [e.patient.name for e in queries.admitted_on(date(2026, 11, 21))] == ["Wren Testperson"]
    assert queries.admitted_on(date(2026, 10, 4)) == ()


def test_the_days_list_asks_once_however_many_there_are(clinic, django_assert_num_queries):
    for number in range(5):
        make_episode(clinic, make_person(clinic, f"Given{number}", "Sample"), 2000 + number)
    with scope.entered(organization_id=clinic.id), django_assert_num_queries(1):
        assert len(queries.admitted_on(date(2026, 11, 21))) == 6


def test_names_are_those_people_like_to_be_called(cast, clinic, inside):
    person = make_person(clinic, "Robin", "Sampleton", called="Rob")
    patient = make_episode(clinic, person, 1002).patient
    assert queries.patient_name(patient.pk).name == "Rob Sampleton"
    assert queries.patient_of_person(person.pk).number == 1002


def test_another_clinic_sees_no_stay(cast):
    with scope.entered(organization_id=cast.other_clinic.id):
        assert queries.admitted_on(date(2026, 11, 21)) == ()
        assert queries.episode(cast.patient_episode.pk, date(2026, 11, 21)) is None
        assert queries.patient_names([cast.patient_episode.patient_id]) == {}
        assert queries.open_episode(cast.patient_episode.patient_id, date(2026, 11, 21)) is None
