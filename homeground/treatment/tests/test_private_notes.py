"""Private notes: the author's alone, whatever anybody asks (check F19)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from homeground.audit.models import Entry
from homeground.ground import clock, envelope, scope
from homeground.ground.ids import uuid7
from homeground.people.roles import Role
from homeground.treatment.actions import private_note as actions
from homeground.treatment.models import PrivateNote
from homeground.treatment.queries.private_note import my_private_notes
from homeground.treatment.rules.private_note import BelongsInChart, Kind, belongs_in_chart

AT = clock.now()
TEXT = "she said the word heron again"


@pytest.fixture
def patient_id(cast):
    return cast.patient_episode.patient_id


@pytest.fixture
def author(clinic):
    return clinic.staff[Role.COUNSELOR].actor


def as_seen_by(actor):
    return scope.entered(organization_id=actor.organization_id, account_id=actor.account_id)


def write(patient_id, by, **fields):
    told = {"kind": Kind.COUNSELING, "about_on": AT.date(), "text": TEXT, **fields}
    with as_seen_by(by):
        return actions.write_private_note(patient_id=patient_id, **told, by=by, at=AT)


@pytest.mark.django_db
def test_the_author_reads_what_they_wrote_and_the_look_is_recorded(patient_id, author):
    note = write(patient_id, author)
    with as_seen_by(author):
        opened = actions.read_private_note(note_id=note.id, by=author, at=AT)
        assert [row.id for row in my_private_notes(patient_id, author)] == [note.id]
    assert (opened.text, opened.kind, opened.patient_id) == (TEXT, Kind.COUNSELING, patient_id)
    events = Entry.objects.filter(patient_id=patient_id).order_by("at", "id").values_list("event", flat=True)
    assert list(events) == ["treatment.private_note.written", "treatment.private_note.read"]
    assert TEXT not in repr(opened)


@pytest.mark.django_db
def test_for_every_other_member_of_staff_it_does_not_exist(clinic, patient_id, author):
    note = write(patient_id, author)
    for reader in (member.actor for role, member in clinic.staff.items() if role is not Role.COUNSELOR):
        with as_seen_by(reader):
            assert my_private_notes(patient_id, reader) == ()
            with pytest.raises(actions.PrivateNoteNotHere):
                actions.read_private_note(note_id=note.id, by=reader, at=AT)


@pytest.mark.django_db
def test_without_any_filter_of_ours_the_database_shows_nothing_to_others(clinic, cast, patient_id, author):
    write(patient_id, author)
    others = [m.actor for role, m in clinic.staff.items() if role is not Role.COUNSELOR]
    others += [cast.patient.actor, cast.relative.actor, cast.other_clinic.staff[Role.COUNSELOR].actor]
    for other in others:
        with as_seen_by(other), connection.cursor() as cursor:
            cursor.execute("select count(*) from treatment_privatenote")
            assert cursor.fetchone() == (0,)
    with scope.entered(organization_id=clinic.id), connection.cursor() as cursor:  # the worker has no account
        cursor.execute("select count(*) from treatment_privatenote")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_nobody_can_write_in_anothers_name(clinic, patient_id, author):
    with as_seen_by(clinic.staff[Role.DIRECTOR].actor), pytest.raises(DatabaseError), transaction.atomic():
        actions.write_private_note(
            patient_id=patient_id, kind=Kind.COUNSELING, about_on=AT.date(), text=TEXT, by=author, at=AT
        )


@pytest.mark.django_db
def test_the_database_never_holds_the_words(patient_id, author):
    write(patient_id, author)
    with connection.cursor() as cursor:
        cursor.execute("select t::text from treatment_privatenote t")
        assert TEXT not in (line := cursor.fetchone()[0])
        assert TEXT.encode().hex() not in line
        cursor.execute("select count(*) from audit_entry e where e::text like '%%heron%%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_destroyed_notes_cannot_be_read_by_their_author_either(clinic, patient_id, author):
    note = write(patient_id, author)
    director = clinic.staff[Role.DIRECTOR].actor
    with as_seen_by(director):
        assert actions.destroy_private_notes(patient_id=patient_id, why="retention ended", by=director, at=AT)
    with as_seen_by(author), pytest.raises(envelope.Shredded):
        actions.read_private_note(note_id=note.id, by=author, at=AT)
    with as_seen_by(author), pytest.raises(envelope.Shredded):
        write(patient_id, author)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"text": "  \n"}, actions.NothingWritten),
        ({"about_on": AT.date() + timedelta(days=2)}, actions.ConversationToCome),
    ],
)
def test_what_is_no_note_is_refused(patient_id, author, fields, refusal):
    with pytest.raises(refusal):
        write(patient_id, author, **fields)


@pytest.mark.django_db
def test_a_patient_of_another_clinic_is_not_here(cast, patient_id):
    with pytest.raises(actions.PatientNotHere):
        write(patient_id, cast.other_clinic.staff[Role.COUNSELOR].actor)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"kind": "ordinary"}, {"sealed_text": b""}])
def test_the_database_refuses_a_note_without_kind_or_text(clinic, patient_id, author, fields):
    told = {"kind": "counseling", "sealed_text": b"x", **fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivateNote.objects.create(
            **clinic.owns(),
            id=uuid7(),
            patient_id=patient_id,
            author_id=author.account_id,
            about_on=AT.date(),
            written_at=AT,
            **told,
        )


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("We spoke about the river and her brother.", ()),
        ("BP 120/80, UDS positive", (BelongsInChart.TEST_RESULT, BelongsInChart.VITAL_SIGN)),
        ("started at 6:05, 8 mg buprenorphine", (BelongsInChart.MEDICATION, BelongsInChart.TIMES)),
        ("F10.20 stays", (BelongsInChart.DIAGNOSIS,)),
    ],
)
def test_facts_of_the_chart_are_pointed_out(text, signs):
    assert belongs_in_chart(text) == signs
