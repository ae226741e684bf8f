from datetime import UTC, datetime
from uuid import uuid4

import pytest

from homeground.audit.models import Entry
from homeground.ground import scope
from homeground.people import actions, queries
from homeground.people.actions.persons import NameMissing
from homeground.people.models import Person
from homeground.people.roles import Role

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
SAFE = {"may_leave_message": False, "may_text": True, "may_name_us": False}


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.FRONT_DESK].actor


def test_an_alias_is_enough_and_safe_contact_is_kept_with_it(by, inside):
    person_id = actions.register_person(given_name=" Sky ", phone="+13035550111", **SAFE, by=by, at=AT)
    person = Person.objects.select_related("safe_contact").get(pk=person_id)
    assert (person.given_name, person.family_name) == ("Sky", "")
    contact = person.safe_contact
    assert (contact.may_leave_message, contact.may_text, contact.may_name_us) == (False, True, False)


@pytest.mark.parametrize("name", ["", "   "])
def test_somebody_without_any_name_is_refused(by, inside, name):
    before = Person.objects.count()
    with pytest.raises(NameMissing):
        actions.register_person(given_name=name, **SAFE, by=by, at=AT)
    assert Person.objects.count() == before


@pytest.mark.parametrize("left_out", list(SAFE))
def test_nobody_is_registered_without_the_answers_about_safe_contact(by, inside, left_out):
    answers = {key: value for key, value in SAFE.items() if key != left_out}
    with pytest.raises(TypeError):
        actions.register_person(given_name="Sky", **answers, by=by, at=AT)


def test_registering_is_in_the_audit_trail_without_the_name(by, inside):
    person_id = actions.register_person(given_name="Sky", **SAFE, by=by, at=AT)
    entry = Entry.objects.get(event="people.person.registered")
    assert (entry.subject_id, entry.facts) == (person_id, {})


def test_a_person_of_another_clinic_is_not_here(cast):
    with scope.entered(organization_id=cast.other_clinic.id):
        with pytest.raises(queries.PersonNotHere):
            queries.require_person(cast.patient.person.pk)
        with pytest.raises(queries.PersonNotHere):
            queries.require_person(uuid4())
