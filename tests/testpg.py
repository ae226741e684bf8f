"""Gives the tests a PostgreSQL of their own. Loaded with `-p testpg`, before Django's settings are read.

The server starts at the first test that asks for a database: tests of rules need none and do not
wait for one. `HG_TEST_HOME=PATH` keeps the cluster in PATH for the next run, which then is quicker
together with `--reuse-db`; without it a folder below `.hg/tests` is made and removed.
"""

import os
import sys
import uuid
from pathlib import Path

import pytest

from homeground.config.engine.cluster import Cluster
from homeground.config.engine.lock import HomeLock, InUse
from homeground.config.engine.places import CHECKOUT, Home
from homeground.config.engine.provider import Binaries, provider
from homeground.config.engine.trouble import EngineTrouble

THROW_AWAY = CHECKOUT / ".hg" / "tests"
# A test must never reach a database somebody needs.
FORGOTTEN = ("HG_DATABASE_URL", "HG_DATABASE_APP_URL", "HG_HOME", "HG_PORT")


class TestDatabase:
    """The cluster of one test run."""

    def __init__(self) -> None:
        kept = os.environ.get("HG_TEST_HOME")
        self._kept = kept is not None
        for name in FORGOTTEN:
            os.environ.pop(name, None)
        binaries = provider(os.environ)
        assert isinstance(binaries, Binaries)
        path = Path(kept).absolute() if kept else THROW_AWAY / uuid.uuid4().hex[:8]
        self._lock = HomeLock(path / "lock", "tests")
        self._lock.take()
        self._cluster = Cluster(Home(path), binaries, throw_away=True)
        self._cluster.reserve()
        os.environ["HG_HOME"] = str(path)
        os.environ["HG_DB_ROLE"] = "owner"

    def start(self) -> None:
        if self._cluster.server is None:
            self._cluster.start()

    def close(self) -> None:
        self._cluster.stop(at_once=not self._kept)
        if not self._kept:
            self._cluster.remove()
        self._lock.release()


def sweep() -> None:
    """Remove what runs that were killed have left: their folders are no longer locked."""
    for left in THROW_AWAY.glob("*/"):
        lock = HomeLock(left / "lock", "sweeping")
        try:
            lock.take()
        except InUse:
            continue
        binaries = provider({})
        assert isinstance(binaries, Binaries)
        Cluster(Home(left), binaries, throw_away=True).remove()
        lock.release()


try:
    # Nobody else's folder may be swept between its making and its locking.
    turn = HomeLock(THROW_AWAY / "lock", "tests starting")
    turn.take(patience=60)
    sweep()
    database = TestDatabase()
    turn.release()
except EngineTrouble as trouble:
    sys.exit(f"The test database is not available. {trouble}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run only the tests that use a database: the others do not depend on its version",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("only_database"):
        chosen = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def uses_database(item: pytest.Item) -> bool:
    wanted = {"db", "transactional_db", "django_db_setup", "cluster", "live_server"}
    return item.get_closest_marker("django_db") is not None or not wanted.isdisjoint(
        getattr(item, "fixturenames", ())
    )


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> None:
    if fixturedef.argname == "django_db_setup":
        database.start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    database.close()
