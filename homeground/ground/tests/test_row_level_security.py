"""Row-level security as the database enforces it, with no filter of ours in between."""

import pytest
from cast import make_person
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from homeground.ground import scope
from homeground.ground.models import Outbox
from homeground.people.models import Person
from homeground.program.models import Organization, Space

pytestmark = pytest.mark.django_db


def tables_with_an_organization():
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns"
            " where column_name = 'organization_id' and table_schema = 'public'"
        )
        return sorted(row[0] for row in cursor)


def test_every_table_that_holds_an_organizations_rows_has_a_forced_policy():
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c where c.relrowsecurity and c.relforcerowsecurity"
            " and exists (select from pg_policy p where p.polrelid = c.oid)"
        )
        protected = {row[0] for row in cursor}
    tables = tables_with_an_organization()
    assert len(tables) > 20
    assert set(tables) - protected == set()
    assert "program_organization" in protected


def test_every_owned_model_is_such_a_table():
    owned = {m._meta.db_table for m in apps.get_models() if hasattr(m, "organization_id")}
    assert owned == set(tables_with_an_organization())


def test_without_a_scope_nothing_is_there(cast):
    with scope.entered(organization_id=None):
        assert not Person.objects.exists()


def test_only_the_own_organizations_rows_are_there(cast):
    with scope.entered(organization_id=cast.clinic.id):
        assert set(Person.objects.values_list("organization_id", flat=True)) == {cast.clinic.id}


def test_a_row_cannot_be_written_into_another_organization(cast):
    with scope.entered(organization_id=cast.clinic.id), pytest.raises(DatabaseError), transaction.atomic():
        make_person(cast.other_clinic, "Somebody", "Elsewhere")


def test_the_public_channel_reads_rooms_but_no_person(cast):
    with scope.entered(organization_id=cast.clinic.id, channel=scope.Channel.PUBLIC):
        assert Space.objects.exists()
        assert not Person.objects.exists()


def test_the_public_channel_may_add_but_not_read(cast, clinic):
    from homeground.ground import clock

    with scope.entered(organization_id=clinic.id, channel=scope.Channel.PUBLIC):
        Outbox(organization_id=clinic.id, event="x", subject_id=clinic.id, created_at=clock.now()).save(
            force_insert=True
        )
        assert not Outbox.objects.exists()
    assert Outbox.objects.count() == 1


def test_organizations_may_be_listed_but_not_changed_from_outside(cast):
    with scope.entered(organization_id=cast.clinic.id):
        assert Organization.objects.count() == 2
        assert Organization.objects.filter(pk=cast.other_clinic.id).update(name="Taken over") == 0


def test_the_scope_ends_with_its_transaction(cast):
    with scope.entered(organization_id=cast.clinic.id):
        pass
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.organization', true), current_user")
        assert cursor.fetchone() == ("", "homeground_owner")
