"""The house as `./run` starts it, in a home and on a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from homeground.config.engine.cluster import Cluster
from homeground.config.engine.places import CHECKOUT, Home
from homeground.config.engine.provider import Binaries, provider
from homeground.ground import clock

ROOM_FOR_HOMES = CHECKOUT / ".hg" / "journeys"
START_SECONDS = 120
STOP_SECONDS = 30
# Every journey happens on a Wednesday from ten in the morning in Denver: people owe hours, and the week
# still has evenings in which they can be made up. All houses of a run go by this one clock.
WEDNESDAY = datetime(2026, 11, 18, 17, tzinfo=UTC)
BEGAN = time.time()


def present() -> datetime:
    """The moment it is in the houses of this run; in a house that ran before, what HG_CLOCK says of it."""
    if os.environ.get("HG_JOURNEYS_AT"):
        return clock.real() + clock.ahead(os.environ, clock.real())
    return WEDNESDAY + timedelta(seconds=time.time() - BEGAN)


class DidNotStart(Exception):
    """The house ended, or kept silent, before it was open."""


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningHouse:
    """`serve.py` and everything it starts. The home is kept until `remove`."""

    def __init__(self, home: Path, *, port: int | None = None, **environ: str) -> None:
        self.home = Home(home)
        self.port = port or free_port()
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HG_")},
            "PYTHONPATH": str(CHECKOUT),
            "HG_HOME": str(home),
            "HG_PORT": str(self.port),
            "HG_STATIC": str(home.parent / "static"),
            "HG_CLOCK": f"{WEDNESDAY.isoformat()}@{BEGAN:.3f}",
            **environ,
        }
        self.parent: subprocess.Popen[str] | None = None
        self.log = home.parent / f"{home.name}.log"

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a slash."""
        return f"http://localhost:{self.port}"

    def start(self) -> float:
        """Start and wait until it says that it is open; returns the seconds that took."""
        self.home.make()
        began = time.monotonic()
        with self.log.open("a") as log:
            self.parent = subprocess.Popen(
                [sys.executable, str(CHECKOUT / "serve.py")],
                env=self.environ,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self.parent.stdout is not None
        for line in self.parent.stdout:
            if line.startswith("Stop with"):
                return time.monotonic() - began
        raise DidNotStart(self.log.read_text()[-4000:])

    def run(self, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """`./run ARGUMENTS` on this house, with `told` as its standard input."""
        return subprocess.run(
            [sys.executable, "-m", "homeground.config.engine.command", *arguments],
            env=self.environ,
            input=told,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def pids(self) -> set[int]:
        """Every process of the house, the parent included."""
        assert self.parent is not None
        return {self.parent.pid} | below(self.parent.pid)

    def stop(self) -> None:
        """Ask it to stop, as Ctrl-C would, and wait."""
        if self.parent is not None and self.parent.poll() is None:
            self.parent.send_signal(signal.SIGTERM)
            self.parent.communicate(timeout=STOP_SECONDS)

    def kill(self) -> None:
        """End every process at once, as a power cut would, and wait until none is left."""
        assert self.parent is not None
        pids = self.pids()
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.parent.communicate(timeout=STOP_SECONDS)
        deadline = time.monotonic() + STOP_SECONDS
        while any(alive(pid) for pid in pids):
            if time.monotonic() > deadline:
                raise TimeoutError("a process of the house outlived SIGKILL")
            time.sleep(0.05)

    def remove(self) -> None:
        """Remove the home with everything in it."""
        chosen = provider(self.environ)
        assert isinstance(chosen, Binaries)
        Cluster(self.home, chosen, throw_away=True).remove()
        self.log.unlink(missing_ok=True)


def accounts(house: RunningHouse) -> dict[str, tuple[str, str]]:
    """Name and password of each demo sign-in, by role."""
    answer = house.run("demo-accounts", "--json")
    assert answer.returncode == 0, answer.stderr
    return {one["role"]: (one["username"], one["password"]) for one in json.loads(answer.stdout)}


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
    wave: Iterable[int] = {pid}
    while wave := {child for child, parent in parents.items() if parent in wave}:
        found |= wave
    return found
