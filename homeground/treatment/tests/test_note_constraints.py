"""What the database refuses about notes, whoever asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from homeground.ground import clock
from homeground.ground.ids import uuid7
from homeground.people.roles import Role
from homeground.treatment.models import Note, Session, Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(clinic, meeting):
    at = meeting.appointment.ends_at
    return Session.objects.create(
        **clinic.owns(),
        appointment=meeting.appointment,
        starts_at=meeting.appointment.starts_at,
        ends_at=at,
        taken_at=at,
        taken_by_id=uuid7(),
    )


@pytest.fixture
def draft(clinic, meeting, session):
    return lambda **more: Note.objects.create(
        **{
            **clinic.owns(),
            "kind": "group",
            "patient": meeting.patients[0],
            "session": session,
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "text": "Took part.",
            "opened_at": session.ends_at,
            "author": clinic.staff[Role.FACILITATOR].person,
            "changed_at": session.ends_at,
            "changed_by_id": uuid7(),
            **more,
        }
    )


SIGNED = {"signed_at": clock.now(), "signed_by_id": uuid7()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed_at": clock.now()},
        {"signed_by_id": uuid7()},
        {**SIGNED, "text": ""},
        {"kind": "chat"},
        {"session": None},
        {"kind": "contact"},
    ],
    ids=" ".join,
)
def test_nonsense_is_refused(draft, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(**wrong)


def test_a_note_that_ends_before_it_begins_is_refused(draft, session):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(ends_at=session.starts_at - timedelta(minutes=1))


def test_one_note_a_person_and_session(draft):
    draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        draft()


@pytest.mark.parametrize("statement", ["update treatment_note set text = ''", "delete from treatment_note"])
def test_a_signed_note_stands_still(draft, statement):
    note = draft(**SIGNED)
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Note.objects.filter(pk=note.pk).update(late=True) == 0
    note.text = "x"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        note.save(update_fields=["text"])
    assert Note.objects.get().text == "Took part."


def test_a_draft_may_change_and_is_not_deleted(draft):
    note = draft()
    assert Note.objects.filter(pk=note.pk).update(late=True) == 1
    note.text = "Other words."
    note.save(update_fields=["text"])
    assert Note.objects.get().text == "Other words."
    with pytest.raises(TypeError):
        Note.objects.all().delete()


def test_a_signature_is_written_once_and_stands(draft, clinic):
    person = clinic.staff[Role.FACILITATOR].person
    given = {"person": person, "account_id": uuid7(), "name": "Someone", "signed_at": clock.now()}
    note = draft(**SIGNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(**clinic.owns(), note=note, credential="", digest="0" * 64, **given)
    Signature.objects.create(**clinic.owns(), note=note, credential="CAS", digest="0" * 64, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(**clinic.owns(), note=note, credential="CAS", digest="0" * 64, **given)
    with pytest.raises(TypeError):
        Signature.objects.all().update(name="Another")
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update treatment_signature set name = 'Another'")
