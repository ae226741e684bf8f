"""The embedded cluster, on a real server."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from engine.conftest import below, connect, eventually, kill
from homeground.config.engine import EngineTrouble
from homeground.config.engine.cluster import Cluster
from homeground.config.engine.connection import read_connection
from homeground.config.engine.lock import HomeLock, InUse
from homeground.config.engine.places import FOR_CLOSED_HOMES, LONGEST_SOCKET_PATH, SOCKET_NAME, Home
from homeground.config.engine.provider import Binaries, provider


def test_the_cluster_is_made_with_safe_defaults_and_two_roles(cluster, home):
    cluster.start()
    with connect(home, "owner") as owner:
        assert owner.execute("show listen_addresses").fetchone() == ("",)
        assert owner.execute("show data_checksums").fetchone() == ("on",)
        assert owner.execute("show server_encoding").fetchone() == ("UTF8",)
        roles = owner.execute(
            "select rolname, rolsuper, rolcreatedb, rolbypassrls from pg_roles"
            " where rolname ~ '^homeground' order by 1"
        ).fetchall()
        assert roles == [("homeground_app", False, False, False), ("homeground_owner", False, True, True)]
        owner.execute("create table thing (id bigint generated always as identity, during daterange)")
        owner.execute("alter table thing add exclude using gist (id with =, during with &&)")
    with connect(home, "app") as app:
        app.execute("insert into thing (during) values ('[2026-01-01,2026-01-02)')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("drop table thing")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table other (id int)")
    assert stat.S_IMODE(Path(read_connection(home).socket).stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    if os.getuid() == 0:
        assert cluster.data.stat().st_uid != 0, "the server does not run as root"


def test_a_test_database_has_the_same_rights_and_extensions(cluster, home):
    cluster.start()
    with connect(home, "owner") as owner:
        owner.execute("create database test_house")
    with connect(home, "owner", "test_house") as owner:
        names = {row[0] for row in owner.execute("select extname from pg_extension")}
        assert {"btree_gist", "pg_trgm"} <= names
        owner.execute("create table thing (id int)")
        owner.execute("set role homeground_app")
        owner.execute("insert into thing values (1)")


def test_a_wrong_password_is_refused_on_the_socket_too(cluster, home):
    cluster.start()
    socket = read_connection(home).socket
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=socket, user="homeground_owner", password="guess", dbname="homeground")


def test_the_second_start_finds_what_the_first_left(cluster, home):
    cluster.start()
    with connect(home, "owner") as owner:
        owner.execute("create table kept as select 7 as n")
    cluster.stop()
    cluster.start()
    with connect(home, "app") as app:
        assert app.execute("select n from kept").fetchone() == (7,)


def test_what_was_acknowledged_survives_kill_9(home):
    chosen = provider(os.environ)
    assert isinstance(chosen, Binaries)
    cluster = Cluster(home, chosen)
    cluster.start()
    with connect(home, "owner") as owner:
        owner.execute("create table kept (n int)")
        owner.execute("insert into kept values (7)")
    family = {cluster.server.pid, *below(cluster.server.pid)}
    for pid in family:
        kill(pid)
    assert eventually(cluster.ended)
    again = Cluster(home, chosen)
    again.start()
    try:
        with connect(home, "owner") as owner:
            assert owner.execute("select n from kept").fetchone() == (7,)
    finally:
        again.stop()


def test_making_the_cluster_can_be_interrupted_and_repeated(cluster, home):
    (cluster.folder / "data.new").mkdir()
    (cluster.folder / "data.new" / "half").write_text("")
    cluster.start()
    with connect(home, "app") as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_a_long_path_gets_a_short_socket_folder(home):
    deep = Home(home.path / ("long-" * 25))
    cluster = Cluster(deep, Binaries(Path("/nowhere"), "HG_PG_BIN"), throw_away=True)
    socket = Path(cluster.reserve().socket)
    try:
        assert len(os.fsencode(socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        assert Path(cluster.reserve().socket) == socket, "the next start uses the same folder"
    finally:
        cluster.remove()
    assert not socket.exists()


def test_a_closed_home_gets_its_cluster_elsewhere_and_keeps_it_there(home):
    closed = home.path / "closed"
    closed.mkdir(mode=0o700)
    inner = Home(closed / "home")
    cluster = Cluster(inner, Binaries(Path("/nowhere"), "HG_PG_BIN"), throw_away=True)
    try:
        lent = os.getuid() == 0  # only root lends the database another account
        assert (cluster.folder.parent == FOR_CLOSED_HOMES) == lent
        cluster.data.mkdir()
        closed.chmod(0o755)
        again = Cluster(inner, Binaries(Path("/nowhere"), "HG_PG_BIN"), throw_away=True)
        assert again.folder == cluster.folder, "opening the folder must not hide the data"
    finally:
        cluster.remove()


def test_data_of_another_major_version_are_refused_in_words(cluster, home):
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(EngineTrouble, match=r"made by PostgreSQL 14.*HG_PG_BIN"):
        cluster.start()


def test_programs_that_do_not_run_are_refused_in_words(home, tmp_path):
    with pytest.raises(EngineTrouble, match="does not run"):
        Cluster(home, Binaries(tmp_path, "HG_PG_BIN")).start()


def test_a_server_that_refuses_says_why(cluster):
    (cluster.folder / "local.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(EngineTrouble, match="shared_buffers"):
        cluster.start()


def test_a_home_has_one_user_at_a_time(home):
    first, second = HomeLock(home.lock_file, "the first"), HomeLock(home.lock_file, "the second")
    first.take()
    with pytest.raises(InUse, match=rf"the first \(process {os.getpid()}\)"):
        second.take()
    first.release()
    second.take()
    second.release()
