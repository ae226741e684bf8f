"""The trail is kept for six years; after that it may end, and what stays still proves itself (check G05)."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from homeground.audit import actions as audit
from homeground.audit import queries, rules
from homeground.audit.models import Entry
from homeground.audit.rules import Fault
from homeground.ground import clock, scope
from homeground.ground.actor import Actor

NOW = clock.now()
SIX_YEARS_AGO = rules.retained_since(NOW)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "since"),
    [
        (datetime(2026, 11, 21, 18, tzinfo=UTC), datetime(2020, 11, 21, 18, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2022, 2, 28, tzinfo=UTC)),
    ],
)
def test_retention_is_six_calendar_years(at, since):
    assert rules.retained_since(at) == since
    assert rules.may_purge(since, at)
    assert not rules.may_purge(since + timedelta(seconds=1), at)


@pytest.fixture
def by():
    return Actor(organization_id=uuid4())


def record(by, *moments):
    with scope.entered(organization_id=by.organization_id):
        for at in moments:
            audit.record(by=by, at=at, event="audit.test.done", subject_kind="test")
        link()


def link():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def purge(by, before):
    removed = audit.purge(before=before, by=by, at=NOW)
    link()
    return removed


@pytest.mark.django_db
def test_a_purge_of_five_years_and_364_days_is_refused(by):
    record(by, SIX_YEARS_AGO + DAY)
    with pytest.raises(audit.RetentionNotOver):
        purge(by, SIX_YEARS_AGO + DAY)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_it_too(by):
    record(by, SIX_YEARS_AGO + DAY)
    with pytest.raises(DatabaseError, match="six years"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select audit_forget(%s, 1, %s)", [by.organization_id, NOW])


@pytest.mark.django_db
def test_the_web_may_not_purge_at_all(by):
    record(by, SIX_YEARS_AGO - DAY)
    with (
        scope.entered(organization_id=by.organization_id),
        pytest.raises(DatabaseError, match="denied"),
        transaction.atomic(),
    ):
        audit.purge(before=SIX_YEARS_AGO, by=by, at=NOW)


@pytest.mark.django_db
def test_what_is_past_retention_goes_and_the_rest_still_verifies(by):
    record(by, SIX_YEARS_AGO - 2 * DAY, SIX_YEARS_AGO - DAY, SIX_YEARS_AGO + DAY, SIX_YEARS_AGO - DAY, NOW)
    assert purge(by, SIX_YEARS_AGO) == 2
    chain = queries.verify(by.organization_id)
    assert (chain.broken_at, chain.entries, chain.last) == (None, 4, 6)
    told = Entry.objects.get(event="audit.trail.purged")
    assert (told.facts["through"], told.facts["removed"]) == (2, 2)


@pytest.mark.django_db
def test_a_second_purge_goes_on_where_the_first_ended(by):
    record(by, SIX_YEARS_AGO - 3 * DAY, SIX_YEARS_AGO - DAY, NOW)
    assert purge(by, SIX_YEARS_AGO - 2 * DAY) == 1
    assert purge(by, SIX_YEARS_AGO) == 1
    assert purge(by, SIX_YEARS_AGO) == 0
    assert queries.verify(by.organization_id).broken_at is None


@pytest.mark.django_db
def test_a_removal_dressed_up_as_a_purge_is_reported(by):
    record(by, NOW, NOW, NOW)
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_entry disable trigger audit_entry_kept")
        cursor.execute(
            "insert into audit_purge select gen_random_uuid(), organization_id, number, hash, now()"
            " from audit_entry where number = 1"
        )
        cursor.execute("delete from audit_entry where number = 1")
        cursor.execute("alter table audit_entry enable trigger audit_entry_kept")
    found = queries.verify(by.organization_id)
    assert (found.broken_at, found.fault) == (2, Fault.REMOVED)


@pytest.mark.django_db
def test_an_old_entry_cannot_be_deleted_outside_a_purge(by):
    record(by, SIX_YEARS_AGO - DAY)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_the_command_refuses_and_purges(cast):
    by = cast.clinic.staff["director"].actor
    record(by, SIX_YEARS_AGO - 40 * DAY, NOW)
    with pytest.raises(CommandError, match="six years"):
        call_command("audit", "purge", f"--before={SIX_YEARS_AGO + DAY:%F}", stdout=StringIO())
    told = StringIO()
    call_command("audit", "purge", f"--before={SIX_YEARS_AGO - 30 * DAY:%F}", stdout=told)
    assert f"{cast.clinic.id}  1 entries removed" in told.getvalue()
