import pytest

from homeground.ground import scope
from homeground.program import queries

pytestmark = pytest.mark.django_db


def test_programs_of_the_clinic_are_listed_in_one_statement(clinic, inside, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.programs()
    assert [(p.name, p.population, p.level) for p in found] == [
        ("Adult program", "adult", "2.1"),
        ("Youth program", "adolescent", "2.1"),
    ]


def test_another_clinics_programs_are_not_listed(cast):
    with scope.entered(organization_id=cast.other_clinic.id):
        assert cast.clinic.adult.pk not in {p.id for p in queries.programs()}
