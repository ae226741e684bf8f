"""The tree of processes, with a Django project too small to hide anything."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from engine.conftest import alive, below, connect, eventually, kill
from homeground.config.engine import EngineTrouble
from homeground.config.engine.places import CHECKOUT, Home
from homeground.config.engine.supervisor import Service, Settings, Supervisor, fingerprint


def small(home: Home) -> dict[str, str]:
    """The variables that put the small project into `home`."""
    return {
        "HG_HOME": str(home.path),
        "DJANGO_SETTINGS_MODULE": "engine.smallhouse.settings",
        "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'tests'}",
    }


class House:
    """`serve.py` on the small project."""

    def __init__(self, home: Home, port: int, **environ: str) -> None:
        self.port = port
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HG_DB")}
        ours = {**small(home), "HG_PORT": str(port)}
        self.parent = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "serve.py")],
            env={**kept, **ours, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until_open(self) -> list[str]:
        """Wait for the announcement and return its lines."""
        said = []
        for line in self.parent.stdout:
            said.append(line.rstrip())
            if line.startswith("Stop with"):
                return said
        pytest.fail("\n".join(said))

    def ask(self, path: str) -> dict[str, object] | None:
        """The answer of a page, or None when there is none."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", path, headers={"Host": "localhost"})
            return json.loads(link.getresponse().read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            link.close()

    def close(self) -> None:
        self.parent.kill()
        self.parent.communicate()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def house(home: Home, port: int) -> Iterator[House]:
    house = House(home, port)
    yield house
    house.close()


def test_the_house_opens_recovers_leaves_nothing_behind_and_opens_again(house, home, port):
    said = house.until_open()
    assert f"http://localhost:{port}/" in said[0]
    assert any(line.split() == ["counselor", "sam", "made-up"] for line in said)
    first = house.ask("/healthz")
    assert first["role"] == "homeground_app"

    same_home = House(home, port + 1)
    assert "in use by Homeground on port" in same_home.parent.communicate(timeout=20)[0]
    assert same_home.parent.returncode == 1

    other = Home(home.path / "other")
    same_port = House(other, port)
    assert f"Cannot listen on 127.0.0.1 port {port}" in same_port.parent.communicate(timeout=20)[0]
    assert same_port.parent.returncode == 1
    assert not (other.path / "db" / "data").exists(), "refused before anything was made"

    asked = command(home, "manage", "greet", "0")
    assert (asked.returncode, asked.stdout) == (0, "homeground_owner\n"), asked.stderr
    assert house.ask("/healthz") == first, "a command joins the running house and leaves it running"

    number = house.ask("/job")["job"]
    with connect(home, "owner") as owner:
        status = "select status::text from procrastinate_jobs where id = %s"
        assert eventually(lambda: owner.execute(status, [number]).fetchone() == ("succeeded",), 20)

    house.ask("/fall")
    assert eventually(lambda: (house.ask("/healthz") or first)["process"] != first["process"], 20)

    family = below(house.parent.pid)
    assert len(family) >= 6, "web, worker, the database's server and its helpers"
    kill(house.parent.pid)
    assert eventually(lambda: not any(alive(pid) for pid in family), 20)

    again = House(home, port)
    try:
        again.until_open()
        family = below(again.parent.pid)
        again.parent.send_signal(signal.SIGTERM)
        rest = again.parent.communicate(timeout=30)[0]
        assert again.parent.returncode == 0, rest
        assert not any(alive(pid) for pid in family)
    finally:
        again.close()
    log = (home.database / "server.log").read_text()
    assert log.rstrip().endswith("database system is shut down")


def command(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`./run ARGUMENTS` on the small project."""
    return subprocess.run(
        [sys.executable, "-m", "homeground.config.engine.command", *arguments],
        env={**os.environ, **small(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_command_gets_a_database_and_keeps_its_output_and_status(home):
    done = command(home, "manage", "greet", "3")
    assert (done.returncode, done.stdout) == (3, "homeground_owner\n"), done.stderr
    assert not (home.database / "data" / "postmaster.pid").exists(), "the database was stopped again"


def test_a_clinic_is_founded_in_a_new_home_without_a_made_up_one_in_its_place(home):
    done = command(home, "found")
    assert (done.returncode, done.stdout) == (0, "founded\n"), done.stderr
    assert home.prepared_file.exists()
    assert not (home.path / "demo-accounts.json").exists()


def test_a_word_nobody_knows_starts_nothing(home):
    done = command(home, "nonsense")
    assert done.returncode == 2
    assert "calendar" in done.stderr
    assert not (home.database / "data").exists()


def test_a_refused_preparation_stops_the_house(home, port):
    house = House(home, port, HG_REFUSE="1")
    said = house.parent.communicate(timeout=60)[0]
    assert house.parent.returncode == 1
    assert "`manage.py prepare` refused (exit 3)" in said
    assert not eventually(lambda: house.ask("/healthz") is not None, 0.2)


def test_a_changed_file_asks_for_a_new_preparation(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "models.py").write_text("one")
    before = fingerprint(True, tmp_path)
    (tmp_path / "room" / "__pycache__").mkdir()
    (tmp_path / "room" / "__pycache__" / "models.pyc").write_text("compiled")
    assert fingerprint(True, tmp_path) == before
    assert fingerprint(False, tmp_path) != before
    (tmp_path / "room" / "models.py").write_text("other")
    assert fingerprint(True, tmp_path) != before


@pytest.mark.parametrize(
    "environ",
    [
        {"HG_PORT": "0"},
        {"HG_PORT": "http"},
        {"HG_PORT": "70000"},
        {"HG_DEMO": "no"},
        {"HG_CLOCK": "Wednesday"},
        {"HG_CLOCK": "2026-11-18T17:00:00"},
        {"HG_CLOCK": "2026-11-18T17:00:00Z@long ago"},
        {"HG_CLOCK": "2026-11-18T17:00:00Z", "HG_DEMO": "0"},
    ],
)
def test_settings_that_make_no_sense_are_refused(environ):
    with pytest.raises(EngineTrouble, match=next(iter(environ))):
        Settings.of(environ)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"HG_DATABASE_URL": "postgresql://owner@db.example/clinic", "HG_DEMO": "0"}, "HG_DATABASE_APP_URL"),
        ({"HG_DATABASE_URL": "mysql://owner@db.example/clinic"}, "must begin with postgresql://"),
    ],
)
def test_a_server_of_ones_own_is_told_what_is_missing_before_anything_happens(home, port, environ, words):
    settings = Settings.of({"HG_HOME": str(home.path), "HG_PORT": str(port), **environ})
    with pytest.raises(EngineTrouble, match=words):
        Supervisor(settings, environ).run()
    assert not home.prepared_file.exists()


def test_the_children_of_a_house_share_the_clock_it_was_told():
    told = {"HG_CLOCK": "2026-11-18T17:00:00Z"}
    house = Settings.of(told)
    web, worker = (house.environ("app", told), house.environ("owner", told))
    assert web["HG_CLOCK"] == worker["HG_CLOCK"]
    assert web["HG_CLOCK"].startswith("2026-11-18T17:00:00Z@")
    assert Settings.of(web).clock == {"HG_CLOCK": web["HG_CLOCK"]}
    assert "HG_CLOCK" not in Settings.of({}).environ("app", {})


def test_a_service_that_keeps_ending_brings_the_house_down():
    service = Service("web", (), {})
    assert [service.delay(now) for now in (0.0, 1.0, 2.0, 3.0)] == [0.5, 1.0, 2.0, 4.0]
    with pytest.raises(EngineTrouble, match="web ended 5 times"):
        service.delay(4.0)
    assert Service("web", (), {}, ends=[0.0, 1.0, 2.0, 3.0]).delay(100.0) == 0.5
