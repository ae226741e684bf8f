from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from homeground.audit import actions as audit
from homeground.audit import queries
from homeground.audit.models import Entry
from homeground.audit.rules import Fault
from homeground.ground import envelope, scope
from homeground.ground.actor import Actor

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return Actor(organization_id=uuid4(), roles=frozenset({"director"}))


def record(by, count=3):
    with scope.entered(organization_id=by.organization_id):
        for number in range(count):
            audit.record(by=by, at=AT, event="audit.test.done", subject_kind="test", facts={"number": number})
        link()


def link():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def behind_the_back(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_entry disable trigger audit_entry_kept")
        cursor.execute(statement, values)
        cursor.execute("alter table audit_entry enable trigger audit_entry_kept")


def test_a_chain_nobody_touched_verifies(by):
    record(by)
    chain = queries.verify(by.organization_id)
    assert (chain.entries, chain.broken_at, chain.last) == (3, None, 3)


def test_a_reason_lies_sealed_and_the_chain_holds_when_its_key_is_destroyed(by):
    patient = uuid4()
    with scope.entered(organization_id=by.organization_id):
        for who in (patient, None):
            audit.record(
                by=by,
                at=AT,
                event="audit.test.done",
                subject_kind="test",
                patient_id=who,
                why="she asked me to",
            )
        link()
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(encode(why, 'escape'), ' ') from audit_entry")
        assert "she asked" not in cursor.fetchone()[0]
    with scope.entered(organization_id=by.organization_id):
        assert [row.why for row in Entry.objects.all()] == ["she asked me to"] * 2
        envelope.shred(subject_id=patient, at=AT)
        assert Entry.objects.get(patient_id=None).why == "she asked me to"
        with pytest.raises(envelope.Shredded):
            _ = Entry.objects.get(patient_id=patient).why
    assert (queries.verify(by.organization_id).entries, queries.verify(by.organization_id).fault) == (2, None)
    behind_the_back("update audit_entry set why = '' where patient_id = %s", patient)
    assert queries.verify(by.organization_id).fault is Fault.ALTERED


def test_entries_are_numbered_without_gaps_one_chain_an_organization(by):
    record(by)
    record(Actor(organization_id=uuid4()))
    numbers = Entry.objects.filter(organization_id=by.organization_id).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3]


@pytest.mark.parametrize(
    ("statement", "broken", "fault"),
    [
        ("update audit_entry set event = 'something else' where number = 2", 2, Fault.ALTERED),
        ("update audit_entry set facts = '{}' where number = 1", 1, Fault.ALTERED),
        ("update audit_entry set at = at + interval '1 second' where number = 3", 3, Fault.ALTERED),
        ("delete from audit_entry where number = 2", 2, Fault.REMOVED),
        ("delete from audit_entry where number = 1", 1, Fault.REMOVED),
        ("delete from audit_entry where number = 3", 3, Fault.CUT_OFF),
        ("delete from audit_entry", 1, Fault.CUT_OFF),
        ("truncate audit_entry", 1, Fault.CUT_OFF),
        ("update audit_entry set number = 5 - number where number in (2, 3)", 2, Fault.REORDERED),
    ],
)
def test_altered_removed_cut_off_and_reordered_entries_are_reported_at_the_first_broken_link(
    by, statement, broken, fault
):
    record(by)
    behind_the_back(statement)
    found = queries.verify(by.organization_id)
    assert (found.broken_at, found.fault) == (broken, fault)


@pytest.mark.parametrize("statement", ["update audit_entry set event = 'x'", "delete from audit_entry"])
def test_the_database_refuses_to_change_an_entry(by, statement):
    record(by)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_of_a_write_that_failed_is_not_kept(by):
    class Refused(Exception):
        pass

    with pytest.raises(Refused), scope.entered(organization_id=by.organization_id):
        audit.record(by=by, at=AT, event="audit.test.done", subject_kind="test")
        raise Refused
    assert not Entry.objects.exists()


def test_many_entries_of_one_act_are_one_statement_and_each_a_link(by, django_assert_num_queries):
    notes = [audit.Note("audit.test.done", "test", facts={"number": number}) for number in range(3)]
    with scope.entered(organization_id=by.organization_id):
        with django_assert_num_queries(1):
            audit.record_all(notes=notes, by=by, at=AT)
        link()
    chain = queries.verify(by.organization_id)
    assert (chain.entries, chain.broken_at, chain.last) == (3, None, 3)
