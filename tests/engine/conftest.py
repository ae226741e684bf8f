"""Helpers to start what the engine starts, in a home of its own, and to look at processes."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from homeground.config.engine.cluster import Cluster
from homeground.config.engine.connection import database_settings
from homeground.config.engine.places import Home
from homeground.config.engine.provider import Binaries, provider


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    # pytest's folders are closed to the database account; this one is as open as a real home.
    base = Path("/tmp") / f"hg-engine-{os.urandom(4).hex()}"
    base.mkdir(mode=0o711)
    yield Home(base)
    chosen = provider(os.environ)
    assert isinstance(chosen, Binaries)
    Cluster(Home(base), chosen, throw_away=True).remove()


@pytest.fixture
def cluster(home: Home) -> Iterator[Cluster]:
    chosen = provider(os.environ)
    assert isinstance(chosen, Binaries)
    cluster = Cluster(home, chosen, throw_away=True)
    yield cluster
    cluster.stop(at_once=True)


def connect(home: Home, role: str, database: str = "") -> psycopg.Connection:
    """A plain connection as one of the two roles."""
    entry = database_settings(role, {"HG_HOME": str(home.path)})
    return psycopg.connect(
        host=entry["HOST"],
        port=entry["PORT"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=database or entry["NAME"],
        autocommit=True,
    )


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def below(pid: int) -> set[int]:
    """Every process started by `pid`, or by one that it started."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found: set[int] = set()
    wave = {pid}
    while wave := {child for child, parent in parents.items() if parent in wave}:
        found |= wave
    return found


def eventually(question: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether the answer turns true within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.05)
    return question()


def kill(pid: int) -> None:
    """End a process the hard way; it may have ended by itself (a background writer comes and goes)."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
