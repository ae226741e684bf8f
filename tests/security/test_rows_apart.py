"""With every filter of ours removed, the database still answers nothing that is not the asker's own.

Generic over all tables there are, histories included: each gets one row of each of two clinics, put in
by force, and is then asked and changed in plain SQL as the web's role.
"""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from homeground.ground import scope
from homeground.ground.rls import Public, TenantPolicy

pytestmark = pytest.mark.django_db

ONE, OTHER = uuid4(), uuid4()
WEB = "homeground_app"
AUTHOR, SOMEBODY = uuid4(), uuid4()

# Tables that belong to no organization, each with the reason why that is right.
OF_NO_ORGANIZATION = {
    "people_account": "sign-in comes before the organization is known; holds no person's name",
    "people_signinlink": "digests of secrets of accounts",
    "ground_bucket": "keyed digests of addresses that used a public form",
    "ground_cache": "counters of failed sign-ins",
    "program_organization": "the directory of clinics; its policy lets nobody but its own change it",
    "front_door_listing": "the public directory of treatment centers",
    "front_door_load": "when the public directory was loaded",
    "front_door_zipcode": "where ZIP codes lie",
}
OTHERS_SOFTWARE = ("auth_", "django_", "account_", "mfa_", "usersessions_", "procrastinate_")


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tables():
    return [
        name for (name,) in rows("select tablename from pg_tables where schemaname = 'public' order by 1")
    ]


def policies():
    """The policy of every model's table, by table."""
    return {
        model._meta.db_table: constraint
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, TenantPolicy)
    }


_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull and a.attgenerated = '',
  exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary
    and a.attnum = any(i.indkey))
from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relname = any(%s) and a.attnum > 0 and not a.attisdropped
"""
_CHECKS = """
select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
where c.relname = any(%s) and k.contype in ('c', 'f')
"""


@pytest.fixture
def planted():
    """One row of each clinic in every table with an organization, past every check; undone with the test."""
    found = {table: policy for table, policy in policies().items() if policy.column == "organization_id"}
    easier = {table: ["disable trigger user"] for table in found}
    keys = {table: [] for table in found}
    for table, name in rows(_CHECKS, list(found)):
        easier[table].append(f'drop constraint "{name}"')
    for table, name, kind, required, key in rows(_COLUMNS, list(found)):
        if required and not key:
            easier[table].append(f'alter column "{name}" drop not null')
        if key and kind == "uuid":
            keys[table].append(name)
    with connection.cursor() as cursor:
        for table, policy in found.items():
            cursor.execute(f'alter table "{table}" {", ".join(easier[table])}')
            for organization in (ONE, OTHER):
                values = {name: uuid4() for name in keys[table]} | {"organization_id": organization}
                if policy.author:
                    values[policy.author] = AUTHOR
                cursor.execute(
                    f'insert into "{table}" ({", ".join(values)}) values ({", ".join(["%s"] * len(values))})',
                    list(values.values()),
                )
    return found


def seen(table):
    return {organization for (organization,) in rows(f'select organization_id from "{table}"')}


def test_every_table_has_an_organization_or_a_reason():
    with_one = {
        name
        for (name,) in rows(
            "select table_name from information_schema.columns where column_name = 'organization_id'"
            " and table_schema = 'public'"
        )
    }
    rest = [t for t in tables() if t not in with_one and not t.startswith(OTHERS_SOFTWARE)]
    assert sorted(set(rest) - OF_NO_ORGANIZATION.keys()) == []


def test_every_policy_stands_as_its_model_states_it_and_is_forced():
    forced = {t for (t,) in rows("select relname from pg_class where relrowsecurity and relforcerowsecurity")}
    stated, real = {}, {}
    for table, policy in policies().items():
        ends = {"", *(["_public"] * (policy.public is not Public.NOTHING)), *(["_mine"] * policy.own_account)}
        stated[table] = {policy.name + end for end in ends}
    for table, name in rows("select tablename, policyname from pg_policies where schemaname = 'public'"):
        real.setdefault(table, set()).add(name)
    assert real == stated
    assert stated.keys() - forced == set()


def test_rows_are_there_for_their_own_clinic_their_author_and_visitors_they_are_meant_for(planted):
    assert len(planted) > 40
    private = {table for table, policy in planted.items() if policy.author}
    assert "treatment_privatenote" in private
    with scope.entered(organization_id=ONE, account_id=AUTHOR):
        assert {table: seen(table) for table in planted} == dict.fromkeys(planted, {ONE})
    for account in (SOMEBODY, None):
        with scope.entered(organization_id=ONE, account_id=account):
            assert {table: seen(table) for table in private} == dict.fromkeys(private, set())
    with scope.entered(organization_id=None):
        assert {t: found for t in planted if (found := seen(t)) and not opens_to_all(planted[t])} == {}
    with scope.entered(organization_id=ONE, channel=scope.Channel.PUBLIC):
        shown = {table: seen(table) for table, policy in planted.items() if not opens_to_all(policy)}
    meant = {table: {ONE} if planted[table].public is Public.READ else set() for table in shown}
    assert shown == meant


def opens_to_all(policy):
    return policy.public is Public.READ_ANY


def refused_or_nothing(statement, *values):
    """Whether the database refuses a statement, or finds no row to do it to."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount == 0
    except DatabaseError:
        return True


def test_nobody_changes_removes_or_adds_rows_of_another_clinic(planted):
    with scope.entered(organization_id=ONE, account_id=AUTHOR):
        for table in planted:
            assert refused_or_nothing(
                f'update "{table}" set organization_id = %s where organization_id = %s', ONE, OTHER
            ), table
            assert refused_or_nothing(
                f'update "{table}" set organization_id = %s where organization_id = %s', OTHER, ONE
            ), table
            assert refused_or_nothing(f'delete from "{table}" where organization_id = %s', OTHER), table
            assert refused_or_nothing(f'insert into "{table}" (organization_id) values (%s)', OTHER), table


def test_the_web_has_a_role_that_cannot_look_past_policies():
    (told,) = rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = %s", WEB
    )
    assert told == (False, False, False, False)
    assert rows("select tablename from pg_tables where tableowner = %s", WEB) == []
