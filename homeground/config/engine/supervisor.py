"""`./run`: database, preparation, web and worker, started in this order and stopped in reverse."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from homeground.config.engine.cluster import Cluster
from homeground.config.engine.connection import database_settings
from homeground.config.engine.lock import HomeLock
from homeground.config.engine.nightly import Nightly, Plan
from homeground.config.engine.places import CHECKOUT, Home
from homeground.config.engine.processes import Watch, end, spawn
from homeground.config.engine.provider import External, provider
from homeground.config.engine.trouble import EngineTrouble
from homeground.ground import clock

READY_SECONDS = 60
STOP_SECONDS = 10
CHECK_SECONDS = 30  # a child's end is told at once; this is for one told while we waited for another
# A service that ends this many times within a minute is not going to recover by itself.
PATIENCE = 5
MANAGE = str(CHECKOUT / "manage.py")


@dataclass(frozen=True)
class Settings:
    """What the environment says about how to serve. Times in seconds, the port 1 to 65535."""

    home: Home
    host: str
    port: int
    demo: bool
    clock: Mapping[str, str] = field(default_factory=dict)  # HG_CLOCK, when a demo was told another time
    backups: Plan | None = None

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Settings":
        """Read HG_HOME, HG_HOST, HG_PORT, HG_DEMO, HG_CLOCK and the plan of backups.

        Raises EngineTrouble for nonsense.
        """
        port = environ.get("HG_PORT", "8000")
        if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
            raise EngineTrouble(f"HG_PORT must be a number from 1 to 65535, not {port!r}.")
        demo = environ.get("HG_DEMO", "1")
        if demo not in ("0", "1"):
            raise EngineTrouble(f"HG_DEMO must be 0 or 1, not {demo!r}.")
        try:
            moved = clock.shared(environ)
        except clock.ClockSetWrong as refusal:
            raise EngineTrouble(str(refusal)) from None
        home, host = Home.of(environ), environ.get("HG_HOST", "127.0.0.1")
        backups = Plan.of(environ, home.path, demo=demo == "1")
        return cls(home, host, int(port), demo == "1", moved, backups)

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the house."""
        return f"http://{'localhost' if self.reach == '127.0.0.1' else f'[{self.reach}]'}:{self.port}/"

    @property
    def reach(self) -> str:
        """The number under which this machine reaches the web itself."""
        if self.host in ("0.0.0.0", "localhost", "127.0.0.1"):
            return "127.0.0.1"
        return "::1" if self.host == "::" else self.host

    def environ(self, role: str, environ: Mapping[str, str]) -> dict[str, str]:
        """The environment of a child that uses the database as `role`."""
        ours = {
            "HG_HOME": str(self.home.path),
            "HG_HOST": self.host,
            "HG_PORT": str(self.port),
            "HG_DEMO": "1" if self.demo else "0",
            "HG_DB_ROLE": role,
            **self.clock,
        }
        # Without this limit each thread keeps its own reserve of freed memory.
        return {"MALLOC_ARENA_MAX": "2", **environ, **ours}


@dataclass
class Service:
    """A child that is started again when it ends by itself."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    child: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)

    def start(self) -> None:
        # With its parent killed, the database is going too: there is nothing left to finish.
        self.child = spawn(self.command, on_parent_death=signal.SIGKILL, environ=self.environ, cwd=CHECKOUT)

    def stop(self) -> None:
        if self.child is not None:
            end(self.child, signal.SIGTERM, STOP_SECONDS)
            self.child = None

    def ended(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def delay(self, now: float) -> float:
        """Seconds to wait before the next start; raises EngineTrouble when it ends too often."""
        self.ends = [moment for moment in self.ends if now - moment < 60] + [now]
        if len(self.ends) >= PATIENCE:
            raise EngineTrouble(f"The {self.name} ended {PATIENCE} times within a minute.")
        return 2.0 ** (len(self.ends) - 1) / 2


class Supervisor:
    """Holds the house together while `./run` runs."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._environ = environ
        self._cluster: Cluster | None = None
        app = settings.environ("app", environ)
        self._web = Service("web", (sys.executable, "-m", "homeground.config.engine.web"), app)
        self._worker = Service("worker", (sys.executable, "-m", "homeground.config.worker"), app)
        self._nightly = Nightly(settings.backups, settings.environ("owner", environ), say)

    def run(self) -> None:
        """Start everything, stay until a stop is asked for, and stop everything in reverse order.

        Raises EngineTrouble when something does not start or keeps ending.
        """
        refuse_taken_port(self._settings.host, self._settings.port)
        with Watch() as watch:
            try:
                self._start_database()
                self._prepare(watch)
                if watch.stopping:
                    return
                self._web.start()
                self._worker.start()
                self._await_web(watch)
                if not watch.stopping:
                    announce(self._settings)
                self._stay(watch)
                say(f"Stopping ({watch.reason}).")
            finally:
                self._nightly.stop()
                self._web.stop()
                self._worker.stop()
                if self._cluster is not None:
                    self._cluster.stop()

    def _start_database(self) -> None:
        chosen = provider(self._environ)
        if isinstance(chosen, External):
            # A broken address, or none for the web, is told before anything is migrated.
            database_settings("app", self._environ)
            return
        self._cluster = Cluster(self._settings.home, chosen)
        self._cluster.start()

    def _prepare(self, watch: Watch) -> None:
        if self._cluster is None or not is_prepared(self._settings):
            prepare(self._settings, self._environ, watch)
        # After the preparation, which makes the keys that are looked for here.
        if not self._settings.demo and not watch.stopping:
            _django(self._settings, self._environ, watch, "check", "--deploy", "--fail-level", "ERROR")

    def _await_web(self, watch: Watch) -> None:
        deadline = time.monotonic() + READY_SECONDS
        host = (self._environ.get("HG_HOSTS") or "localhost").split()[0].lstrip(".*") or "localhost"
        while not watch.stopping and not answers(self._settings.reach, self._settings.port, host):
            for service in (self._web, self._worker):
                if service.ended():
                    raise EngineTrouble(f"The {service.name} did not start; its reason stands above.")
            if time.monotonic() > deadline:
                raise EngineTrouble(f"/healthz did not answer within {READY_SECONDS} seconds.")
            watch.wait(0.1)

    def _stay(self, watch: Watch) -> None:
        while not watch.stopping:
            self._nightly.look(time.time())
            watch.wait(CHECK_SECONDS)
            if self._cluster is not None and self._cluster.ended():
                raise EngineTrouble(f"The database has ended. Its log: {self._cluster.folder / 'server.log'}")
            for service in (self._web, self._worker):
                if service.ended() and not watch.stopping:
                    delay = service.delay(time.monotonic())
                    say(f"The {service.name} has ended; it starts again in {delay:g} s.")
                    service.stop()
                    watch.pause(delay)
                    if not watch.stopping:
                        service.start()


def prepare(settings: Settings, environ: Mapping[str, str], watch: Watch, *, filled: bool = True) -> None:
    """Migrate, collect static files and, in a demo, fill an empty database: one Django process.

    Without `filled` an empty database stays empty. Raises EngineTrouble when it refuses.
    """
    _django(settings, environ, watch, "prepare", *(() if filled else ("--empty",)))
    if not watch.stopping:
        settings.home.prepared_file.write_text(fingerprint(settings.demo), encoding="ascii")


def is_prepared(settings: Settings) -> bool:
    """Whether the home was prepared by the very software that stands here now.

    Only for a database that lies in the home itself; another one may have been replaced since.
    """
    file = settings.home.prepared_file
    return file.exists() and file.read_text(encoding="ascii") == fingerprint(settings.demo)


def fingerprint(demo: bool, house: Path = CHECKOUT / "homeground") -> str:
    """A number that changes when any file of the software does, or the collected static files."""
    seen = [f"demo {demo}"]
    for folder, inner, files in os.walk(house):
        inner[:] = [name for name in inner if name != "__pycache__"]
        seen += [_trace(Path(folder, file)) for file in files]
    collected = Path(os.environ.get("HG_STATIC", CHECKOUT / "static-build")) / "staticfiles.json"
    seen.append(_trace(collected) if collected.exists() else "nothing collected")
    return f"{zlib.crc32('\n'.join(sorted(seen)).encode()):08x}"


def _trace(file: Path) -> str:
    known = file.stat()
    return f"{file} {known.st_mtime_ns} {known.st_size}"


def _django(settings: Settings, environ: Mapping[str, str], watch: Watch, *command: str) -> None:
    owner = settings.environ("owner", environ)
    child = spawn((sys.executable, MANAGE, *command), environ=owner, output=sys.stderr.fileno(), cwd=CHECKOUT)
    status = watch.until_ended(child)
    end(child, signal.SIGTERM, STOP_SECONDS)
    if status:
        refused = " ".join(command)
        raise EngineTrouble(f"`manage.py {refused}` refused (exit {status}); its reason stands above.")


def refuse_taken_port(host: str, port: int) -> None:
    """Raise EngineTrouble when another program listens on the port already.

    The web server shares its port with others of its kind, so it would not notice.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise EngineTrouble(
                f"Cannot listen on {host} port {port} ({error.strerror}). Choose another with HG_PORT."
            ) from error


def answers(host: str, port: int, name: str) -> bool:
    """Whether the web answers `GET /healthz` with 200 within two seconds, asked for as `name`."""
    request = f"GET /healthz HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((host, port), timeout=2) as link:
            link.sendall(request.encode())
            return link.recv(16).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def announce(settings: Settings) -> None:
    """Print the address and, in a demo, who can sign in."""
    lines = [f"Homeground is open at {settings.address}"]
    accounts = settings.home.path / "demo-accounts.json"
    if settings.demo and accounts.exists():
        known = json.loads(accounts.read_text(encoding="utf-8"))
        width = max((len(account["role"]) for account in known), default=0)
        lines.append("Made-up people who can sign in (role, name, password):")
        lines += [f"  {one['role']:<{width}}  {one['username']}  {one['password']}" for one in known]
    lines.append("Stop with Ctrl-C.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Tell the operator something on the error stream."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def main() -> int:
    """Serve as the environment says; returns the exit status."""
    try:
        settings = Settings.of(os.environ)
        lock = HomeLock(settings.home.lock_file, f"Homeground on port {settings.port}")
        lock.take()
        try:
            Supervisor(settings, os.environ).run()
        finally:
            lock.release()
    except EngineTrouble as trouble:
        say(f"Homeground cannot run: {trouble}")
        return 1
    return 0
