"""Sealed texts and their keys: what opens, what must not, and what is left after a key is gone."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from homeground.ground import clock, envelope, keyring, scope, seal
from homeground.ground.actor import Actor
from homeground.ground.ids import uuid7
from homeground.ground.models import DataKey

pytestmark = pytest.mark.django_db
AT = clock.now()
TEXT = "a sentence nobody else may read"


@pytest.fixture
def by():
    return Actor(organization_id=uuid7())


@pytest.fixture(autouse=True)
def inside_an_organization(by):
    with scope.entered(organization_id=by.organization_id):
        yield


def place(**other):
    return {"table": "some_table", "row": PLACE_ROW, "column": "sealed_text", **other}


PLACE_ROW = uuid7()


def test_a_sealed_text_opens_where_it_was_sealed(by):
    patient = uuid7()
    sealed = envelope.key_for(subject_id=patient, by=by, at=AT).close(TEXT, **place())
    assert TEXT.encode() not in sealed
    assert envelope.key_of(patient).unseal(sealed, **place()) == TEXT


def test_an_empty_text_stays_empty(by):
    key = envelope.key_for(subject_id=uuid7(), by=by, at=AT)
    assert key.close("", **place()) == b""
    assert key.unseal(b"", **place()) == ""


@pytest.mark.parametrize("other", [{"table": "other"}, {"row": uuid7()}, {"column": "other"}])
def test_a_sealed_text_copied_elsewhere_does_not_open(by, other):
    key = envelope.key_for(subject_id=uuid7(), by=by, at=AT)
    with pytest.raises(seal.SealBroken):
        key.unseal(key.close(TEXT, **place()), **place(**other))


def test_a_changed_byte_is_noticed(by):
    key = envelope.key_for(subject_id=uuid7(), by=by, at=AT)
    sealed = bytearray(key.close(TEXT, **place()))
    sealed[-1] ^= 1
    with pytest.raises(seal.SealBroken):
        key.unseal(bytes(sealed), **place())


def test_the_key_of_one_patient_does_not_open_what_belongs_to_another(by):
    one, other = (envelope.key_for(subject_id=uuid7(), by=by, at=AT) for _ in range(2))
    with pytest.raises(seal.SealBroken):
        other.unseal(one.close(TEXT, **place()), **place())


def test_a_wrapped_key_moved_to_another_patient_does_not_open(by):
    one, other = uuid7(), uuid7()
    for subject in (one, other):
        envelope.make_key(subject_id=subject, by=by, at=AT)
    wrapped = DataKey.objects.get(subject_id=one).wrapped
    DataKey.objects.filter(subject_id=other).update(wrapped=wrapped)
    with pytest.raises(seal.SealBroken):
        envelope.key_of(other)


def test_a_subject_has_one_key(by):
    patient = uuid7()
    envelope.make_key(subject_id=patient, by=by, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        envelope.make_key(subject_id=patient, by=by, at=AT)
    envelope.key_for(subject_id=patient, by=by, at=AT)
    assert DataKey.objects.count() == 1


def test_many_keys_are_one_statement(by, django_assert_num_queries):
    patients = [uuid7() for _ in range(4)]
    for patient in patients:
        envelope.make_key(subject_id=patient, by=by, at=AT)
    with django_assert_num_queries(1):
        assert envelope.keys_of(patients).keys() == set(patients)


def test_after_shredding_nothing_opens_and_no_new_key_is_made(by):
    patient = uuid7()
    envelope.make_key(subject_id=patient, by=by, at=AT)
    assert envelope.shred(subject_id=patient, at=AT)
    with pytest.raises(envelope.Shredded):
        envelope.key_of(patient)
    with pytest.raises(envelope.Shredded):
        envelope.key_for(subject_id=patient, by=by, at=AT)
    assert envelope.keys_of([patient]) == {}
    assert not envelope.shred(subject_id=patient, at=AT)
    assert DataKey.objects.get(subject_id=patient).wrapped is None


def test_the_database_refuses_a_key_that_is_neither_there_nor_destroyed(by):
    envelope.make_key(subject_id=uuid7(), by=by, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        DataKey.objects.update(wrapped=None)


def test_another_organization_has_no_key_for_the_patient(by):
    patient = uuid7()
    envelope.make_key(subject_id=patient, by=by, at=AT)
    with scope.entered(organization_id=uuid7()), pytest.raises(envelope.NoKey):
        envelope.key_of(patient)


def test_a_visitor_may_make_a_key_but_read_none(by):
    request = uuid7()
    with scope.entered(organization_id=by.organization_id, channel=scope.Channel.PUBLIC):
        envelope.make_key(subject_id=request, by=by, at=AT)
        with pytest.raises(envelope.NoKey):
            envelope.key_of(request)
    assert envelope.key_of(request).subject_id == request


def test_keys_never_show_in_a_repr(by):
    key = envelope.make_key(subject_id=uuid7(), by=by, at=AT)
    assert "cipher" not in repr(key)
    assert "cipher" not in repr(keyring.current())


def test_the_database_holds_no_plain_text_and_no_plain_key(by):
    patient = uuid7()
    envelope.make_key(subject_id=patient, by=by, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("select wrapped from ground_datakey")
        (wrapped,) = cursor.fetchone()
    assert len(bytes(wrapped)) == 12 + keyring.KEY_BYTES + 16
