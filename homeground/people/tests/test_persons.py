from datetime import UTC, date, datetime, timedelta
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


def test_the_legal_name_takes_the_place_of_the_alias(by, inside):
    person_id = actions.register_person(given_name="Sky", **SAFE, by=by, at=AT)
    told = {"given_name": "Skyler", "family_name": "Sampleton", "called": "Sky", "born_on": date(1990, 1, 2)}
    actions.complete_person(person_id=person_id, **told, by=by, at=AT)
    found = queries.person(person_id)
    assert (found.name, found.given_name, found.born_on) == ("Sky Sampleton", "Skyler", date(1990, 1, 2))
    assert queries.contact(person_id).may_text
    entry = Entry.objects.get(event="people.person.completed")
    assert entry.facts == {"changed": "given_name family_name called born_on"}


def test_completing_twice_changes_and_records_nothing(by, inside):
    person_id = actions.register_person(given_name="Sky", **SAFE, by=by, at=AT)
    told = {"given_name": "Sky", "family_name": "Sampleton", "born_on": date(1990, 1, 2)}
    for _ in range(2):
        actions.complete_person(person_id=person_id, **told, by=by, at=AT)
    assert Entry.objects.filter(event="people.person.completed").count() == 1


def test_a_legal_name_has_two_parts_and_belongs_to_somebody_here(by, inside, cast):
    told = {"given_name": "Sky", "family_name": " ", "born_on": date(1990, 1, 2)}
    with pytest.raises(NameMissing):
        actions.complete_person(person_id=cast.patient.person.pk, **told, by=by, at=AT)
    elsewhere = cast.other_clinic.staff[Role.COUNSELOR].person.pk
    with pytest.raises(queries.PersonNotHere):
        actions.complete_person(person_id=elsewhere, **{**told, "family_name": "X"}, by=by, at=AT)


def test_who_has_no_answers_about_safe_contact_may_not_be_contacted(by, inside, clinic):
    person = Person.objects.create(organization_id=clinic.id, given_name="Sky", registered_at=AT)
    found = queries.contact(person.pk)
    assert not (found.may_leave_message or found.may_text or found.may_name_us or found.phone)


def test_staff_are_listed_once_by_role(clinic, inside, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = [who.name for who in queries.staff({Role.COUNSELOR, Role.DIRECTOR})]
    assert names == ["Counselor Sample", "Director Sample"]


def test_a_person_does_not_tell_their_name_in_a_log(cast, inside):
    assert "Wren" not in repr(queries.person(cast.patient.person.pk))


def answer(person_id, by, at=AT, **change):
    said = {"phone": "+13035550111", "email": "", "good_hours": "", **SAFE, **change}
    actions.answer_safe_contact(person_id=person_id, **said, by=by, at=at)


def test_a_new_answer_about_safe_contact_keeps_the_former_one_with_who_and_when(by, inside):
    person_id = actions.register_person(given_name="Sky", phone="+13035550111", **SAFE, by=by, at=AT)
    later = AT + timedelta(days=1)
    answer(person_id, by, later, may_text=False)
    assert not queries.contact(person_id).may_text
    (former,) = queries.former_contacts(person_id)
    assert former.contact.may_text
    assert (former.answered_at, former.replaced_at) == (AT, later)
    assert former.replaced_by == "Front Desk Sample"


def test_the_same_answer_again_changes_and_records_nothing(by, inside):
    person_id = actions.register_person(given_name="Sky", phone="+13035550111", **SAFE, by=by, at=AT)
    answer(person_id, by)
    assert queries.former_contacts(person_id) == ()
    assert not Entry.objects.filter(event="people.safe_contact.answered").exists()
