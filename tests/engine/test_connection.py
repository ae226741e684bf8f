"""Addresses and roles: what Django is told before anything runs."""

import stat

import pytest

from homeground.config.engine import EngineTrouble, database_settings
from homeground.config.engine.connection import Connection, parse_url, read_connection, write_connection
from homeground.config.engine.places import Home


def test_a_url_gives_every_part_of_the_address():
    entry = parse_url("postgresql://sam%40b:p%2Fw@db.example:6432/clinic?sslmode=require")
    assert entry == {
        "NAME": "clinic",
        "USER": "sam@b",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_url_may_name_a_socket_or_several_hosts():
    entry = parse_url("postgres:///clinic?host=/run/postgresql&port=5433")
    assert (entry["HOST"], entry["PORT"], entry["USER"]) == ("/run/postgresql", "5433", "")
    several = parse_url("postgresql:///clinic?host=a,b&target_session_attrs=read-write")
    assert several["HOST"] == "a,b"
    assert several["OPTIONS"] == {"target_session_attrs": "read-write"}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secret@h/n",
        "postgresql://u:secret@h",
        "postgresql://u:secret@h/a/b",
        "postgresql://u:secret@h:x/n",
    ],
)
def test_a_broken_url_is_refused_without_repeating_it(url):
    with pytest.raises(EngineTrouble) as refused:
        parse_url(url)
    assert "secret" not in str(refused.value)


def test_settings_are_usable_before_any_cluster_exists(tmp_path):
    entry = database_settings("owner", {"HG_HOME": str(tmp_path / "none")})
    assert (entry["NAME"], entry["USER"]) == ("homeground", "homeground_owner")
    assert entry["HOST"] == str(tmp_path / "none" / "db" / "s")
    assert not (tmp_path / "none").exists()


def test_the_web_has_a_pool_and_the_owner_has_none(tmp_path):
    environ = {"HG_HOME": str(tmp_path)}
    app, owner = database_settings("app", environ), database_settings("owner", environ)
    assert app["OPTIONS"]["pool"]["max_size"] == 8
    assert "pool" not in owner["OPTIONS"]
    assert app["CONN_MAX_AGE"] == 0, "Django refuses persistent connections beside a pool"
    assert app["DISABLE_SERVER_SIDE_CURSORS"] and owner["DISABLE_SERVER_SIDE_CURSORS"]


def test_each_role_signs_in_as_itself(tmp_path):
    home = Home(tmp_path)
    home.make()
    connection = Connection.fresh().at(tmp_path / "s", home.database)
    write_connection(home, connection)
    environ = {"HG_HOME": str(tmp_path)}
    app, owner = database_settings("app", environ), database_settings("owner", environ)
    assert (app["USER"], app["PASSWORD"]) == ("homeground_app", connection.app_password)
    assert (owner["USER"], owner["PASSWORD"]) == ("homeground_owner", connection.owner_password)
    assert connection.app_password != connection.owner_password


def test_only_its_owner_can_read_the_connection_file(tmp_path):
    home = Home(tmp_path)
    home.make()
    write_connection(home, Connection.fresh())
    assert stat.S_IMODE(home.connection_file.stat().st_mode) == 0o600


def test_a_broken_connection_file_is_refused(tmp_path):
    home = Home(tmp_path)
    home.make()
    home.connection_file.write_text('{"socket": 1', encoding="utf-8")
    with pytest.raises(EngineTrouble, match="cannot be understood"):
        read_connection(home)


def test_a_given_server_serves_both_roles_in_the_demo():
    environ = {"HG_DATABASE_URL": "postgresql://own@h/n"}
    assert database_settings("app", environ)["USER"] == "own"


def test_outside_the_demo_the_web_is_never_the_owner():
    environ = {"HG_DATABASE_URL": "postgresql://own@h/n", "HG_DEMO": "0"}
    with pytest.raises(EngineTrouble, match="HG_DATABASE_APP_URL"):
        database_settings("app", environ)
    environ["HG_DATABASE_APP_URL"] = "postgresql://web@h/n"
    assert database_settings("app", environ)["USER"] == "web"
    assert database_settings("owner", environ)["USER"] == "own"


def test_another_role_is_refused():
    with pytest.raises(EngineTrouble, match="HG_DB_ROLE"):
        database_settings("postgres", {})
