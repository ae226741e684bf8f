"""A backup restored: the same rows, the same rights and trail, nothing readable on the way (check G08)."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import FileField

from homeground.config import keys
from homeground.config.backup import archive, postgres, restoring, saving, shelf, stream
from homeground.config.backup.archive import Archive, Manifest
from homeground.config.engine import database_settings
from homeground.ground import clock, keyring, scope
from homeground.people.roles import Role
from homeground.program.models import Organization
from homeground.treatment.actions import private_note

AT = clock.now()
PHRASE = "the heron stood in the rain"
NAME = b"Testperson"


@pytest.fixture
def databases_of_their_own(django_db_blocker):
    """These tests reach databases of their own, not the one of the suite."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def here(cast, settings, tmp_path):
    """The database of this test, with a private note in it, and keys of its own."""
    settings.HG_KEYS = tmp_path / "keys"
    keys.make_missing(settings.HG_KEYS)
    by = cast.clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=cast.clinic.id, account_id=by.account_id):
        private_note.write_private_note(
            patient_id=cast.patient_episode.patient_id,
            kind=private_note.Kind.COUNSELING,
            about_on=AT.date(),
            text=PHRASE,
            by=by,
            at=AT,
        )
    return postgres.Place.of(connection.settings_dict)


@pytest.fixture
def elsewhere(django_db_setup, databases_of_their_own):
    """Where nothing is yet; whatever comes there is removed."""
    place = postgres.Place.of(connection.settings_dict)
    place = place.named(f"{place.name}_elsewhere")
    yield place
    for name in (place.name, f"{place.name}_restoring", f"{place.name}_former"):
        postgres.remove(place.named(name))


def save(place, to):
    return saving.save(place=place, to=to, environ=os.environ, at=AT)


def restore(file, into, settings, *, over=False):
    return restoring.restore(
        file=file,
        into=into,
        key_folder=settings.HG_KEYS,
        environ=os.environ,
        over=over,
        say=lambda _text: None,
    )


def plain_sql(file: Path, settings, place) -> bytes:
    """The dump inside an archive, as statements anybody could read who has the house key."""
    with file.open("rb") as opened:
        blocks = Archive(opened, lambda number, mark: keys.found(settings.HG_KEYS, number, mark)[0]).dump()
        program = postgres.programs(place, os.environ) / "pg_restore"
        return subprocess.run(
            [program, "-f", "-"], input=b"".join(blocks), capture_output=True, check=True
        ).stdout


RIGHTS = """select relname, relacl::text from pg_class
    where relnamespace = 'public'::regnamespace and relacl is not null order by 1"""
POLICIES = """select relname, polname, relforcerowsecurity, pg_get_expr(polqual, polrelid)
    from pg_policy join pg_class on pg_class.oid = polrelid order by 1, 2"""
EXTENSIONS = "select extname from pg_extension order by 1"
FUNCTIONS = """select proname, prosecdef, proacl::text, md5(prosrc) from pg_proc
    where pronamespace = 'public'::regnamespace order by 1, 4"""
DEFAULTS = "select defaclobjtype, defaclacl::text from pg_default_acl order by 1"


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_comes_back_and_nothing_is_readable_on_the_way(
    here, elsewhere, cast, settings, tmp_path
):
    file = tmp_path / "house.hgbackup"
    saved = save(here, file)
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    assert PHRASE.encode() not in content and NAME not in content
    inside = plain_sql(file, settings, here)
    assert NAME in inside, "the dump is of this house"
    assert PHRASE.encode() not in inside, "what is sealed stays sealed in the dump"

    # The key was changed since: the one of that time comes back into use.
    keyring.add()
    keyring.retire(1)
    done = restore(file, elsewhere, settings)
    assert done.reinstated == (1,) and keyring.numbers() == (1, 2)
    assert (done.rows, done.tables, done.sha256) == (saved.rows, saved.tables, saved.sha256)
    assert (done.clinics, done.broken_trails) == (2, 0) and done.trail_entries > 0
    with here.connect() as one, elsewhere.connect() as other:
        assert postgres.count(one) == postgres.count(other)
        assert postgres.count(one)["treatment_privatenote"] == 1
        for asked in (RIGHTS, POLICIES, EXTENSIONS, FUNCTIONS, DEFAULTS):
            assert one.execute(asked).fetchall() == other.execute(asked).fetchall() != []
    sees_only_its_own(elsewhere, cast)


def sees_only_its_own(place, cast):
    """The web's role in the restored database is bound by row-level security as before."""
    with place.connect() as link, link.transaction():
        link.execute("set local role homeground_app")
        assert link.execute("select count(*) from people_person").fetchone() == (0,)
        link.execute(
            "select set_config('app.organization', %s, true), set_config('app.channel', 'inside', true)",
            [str(cast.clinic.id)],
        )
        (seen,) = link.execute("select count(*) from people_person").fetchone()
        link.execute("reset role")
        (of_all,) = link.execute("select count(*) from people_person").fetchone()
    assert 0 < seen < of_all


@pytest.fixture
def small(elsewhere, settings, tmp_path):
    """A database of few tables, which is saved and restored in a moment, and no clinic in it."""
    settings.HG_KEYS = tmp_path / "small-keys"
    keys.make_missing(settings.HG_KEYS)
    place = elsewhere.named(f"{elsewhere.name}_small")
    postgres.make(place)
    columns = ", ".join(f'"{field.column}" text' for field in Organization._meta.fields)
    with place.connect() as link:
        link.execute("create table django_migrations (app text, name text)")
        link.execute("insert into django_migrations values ('people', '0001_initial')")
        link.execute(f"create table program_organization ({columns})")
    yield place
    postgres.remove(place)


@pytest.fixture
def file(small, tmp_path):
    file = tmp_path / "small.hgbackup"
    save(small, file)
    return file


def somebody_lives_in(place):
    postgres.make(place)
    with place.connect() as link:
        link.execute("create table program_organization (name text)")
        link.execute("insert into program_organization values ('lives here')")


def test_a_clinic_is_replaced_only_when_told_and_only_when_it_is_closed(file, elsewhere, settings):
    somebody_lives_in(elsewhere)
    with pytest.raises(restoring.Refused, match="say --over"):
        restore(file, elsewhere, settings)
    with elsewhere.connect(), pytest.raises(restoring.Refused, match="Stop the house first"):
        restore(file, elsewhere, settings, over=True)
    assert postgres.holds_a_house(elsewhere)
    assert restore(file, elsewhere, settings, over=True).tables == 2
    assert not postgres.holds_a_house(elsewhere)
    assert not any(postgres.exists(each) for each in beside(elsewhere))


def beside(place):
    return [place.named(f"{place.name}_{ending}") for ending in ("restoring", "former")]


def test_what_does_not_fit_changes_nothing(file, small, elsewhere, settings, tmp_path):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    touched = tmp_path / "touched.hgbackup"
    touched.write_bytes(content)
    with pytest.raises(stream.Damaged):
        restore(touched, elsewhere, settings)
    with pytest.raises(restoring.CountsDiffer, match="django_migrations"):
        restore(claiming(small, tmp_path / "a", tables={"django_migrations": 2}), elsewhere, settings)
    with pytest.raises(restoring.Refused, match="another release"):
        restore(claiming(small, tmp_path / "b", migrations=("people.9999_later",)), elsewhere, settings)
    (settings.HG_KEYS / "master").unlink()
    with pytest.raises(keys.KeyMissing, match="keys load FILE"):
        restore(file, elsewhere, settings)
    assert not any(postgres.exists(each) for each in (elsewhere, *beside(elsewhere)))


def claiming(place, to, **claims):
    """An archive whose manifest says something else than the database."""
    with postgres.snapshot(place) as moment, to.open("wb") as out:
        told = Manifest(
            taken_at="2026-11-22T02:30:00+00:00",
            postgres=moment.postgres,
            house_keys={},
            tables={**moment.tables, **claims.get("tables", {})},
            emptied=(),
            migrations=claims.get("migrations", moment.migrations),
        )
        folder = postgres.programs(place, os.environ)
        archive.write(out, told, postgres.dump(place, folder, moment), key=keyring.current())
    return to


def test_a_backup_never_replaces_another_and_a_failed_one_leaves_nothing(file, small, tmp_path):
    with pytest.raises(saving.AlreadyThere):
        save(small, file)
    with pytest.raises(psycopg.OperationalError):
        save(small.named("nowhere"), tmp_path / "none.hgbackup")
    assert [each.name for each in tmp_path.glob("*hgbackup*")] == [file.name]


def test_a_role_that_does_not_see_every_row_saves_nothing(small, tmp_path):
    entry = connection.settings_dict
    bound = database_settings("app", os.environ)
    place = postgres.Place.of(
        {**entry, "USER": bound["USER"], "PASSWORD": bound["PASSWORD"], "NAME": small.name}
    )
    with pytest.raises(postgres.ProgramFailed, match="bypassrls"):
        save(place, tmp_path / "bound.hgbackup")


def test_only_the_newest_are_kept(tmp_path):
    for day in (20, 21, 22):
        (tmp_path / shelf.file_name(datetime(2026, 11, day, 2, 30, tzinfo=UTC))).touch()
    (tmp_path / "homeground-20261123T023000Z.hgbackup.part").touch()
    (tmp_path / "somebody-elses.hgbackup").touch()
    assert shelf.newest_at(tmp_path) == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    assert len(shelf.prune(tmp_path, keep=0)) == 0
    oldest = "homeground-20261120T023000Z.hgbackup"
    stopped = "homeground-20261123T023000Z.hgbackup.part"
    assert [file.name for file in shelf.prune(tmp_path, keep=2)] == [oldest, stopped]
    assert len(list(tmp_path.iterdir())) == 3


def test_nothing_is_kept_outside_the_database():
    """A model that keeps files on a disk would need a part of its own in the archive."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert [str(field) for field in fields if isinstance(field, FileField)] == []
