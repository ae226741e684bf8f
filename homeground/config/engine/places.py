"""Where the engine keeps its things: the data home, the cluster's folder, the socket's folder."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from homeground.config.engine.account import Account

CHECKOUT = Path(__file__).resolve().parents[3]

# A Unix socket's whole path must fit sockaddr_un: 108 bytes with the closing zero.
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"
FOR_CLOSED_HOMES = Path("/var/lib/homeground")


@dataclass(frozen=True)
class Home:
    """The data home (`HG_HOME`): everything an installation must keep lies below it."""

    path: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Home":
        """The home that `HG_HOME` names, or `.hg/home` under the checkout."""
        named = environ.get("HG_HOME")
        return cls(Path(named).absolute() if named else CHECKOUT / ".hg" / "home")

    @property
    def database(self) -> Path:
        """Folder with the connection file, and with the cluster when the account can reach it."""
        return self.path / "db"

    @property
    def connection_file(self) -> Path:
        return self.database / "connection.json"

    @property
    def superuser_file(self) -> Path:
        return self.database / "superuser"

    @property
    def lock_file(self) -> Path:
        return self.path / "lock"

    @property
    def prepared_file(self) -> Path:
        """Exists once the database has been migrated and, in a demo, filled."""
        return self.path / "prepared"

    def make(self) -> None:
        """Create the folders; others may pass through but not list them."""
        for folder in (self.path, self.database):
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)


def cluster_folder(home: Home, account: Account | None) -> Path:
    """Where the cluster lies: below the home, unless the database account cannot pass a parent folder.

    A cluster that exists stays where it is, also when the permissions have changed since.
    """
    # One folder a home, and an operator can read which: "/srv/a-b" becomes "srv-a--b".
    elsewhere = FOR_CLOSED_HOMES / str(home.path).strip("/").replace("-", "--").replace("/", "-")
    for folder in (home.database, elsewhere):
        if (folder / "data").exists():
            return folder
    if account is None or account.can_enter(home.database):
        return home.database
    elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
    return elsewhere


def socket_folder(cluster: Path, account: Account | None, last: Path | None) -> Path:
    """The folder of the server's socket, made if need be: 0700 and the account's own.

    Beside the data when the path is short enough; otherwise a folder with a random name in the
    machine's place for short-lived files, so that nobody can be waiting there. `last` is the folder
    used before; it is taken again when it is still ours.
    """
    beside = cluster / "s"
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        beside.mkdir(mode=0o700, exist_ok=True)
        own(beside, account)
        return beside
    owner = account.uid if account else os.getuid()
    if last is not None and last.is_dir() and not last.is_symlink() and last.stat().st_uid == owner:
        return last
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    short = (
        runtime if account is None and runtime and len(runtime) < 60 and Path(runtime).is_dir() else "/tmp"
    )
    made = Path(short) / f"hg-{os.urandom(8).hex()}"
    made.mkdir(mode=0o700)
    own(made, account)
    return made


def own(path: Path, account: Account | None) -> None:
    """Give `path` to the database account, when there is one."""
    if account is not None:
        os.chown(path, account.uid, account.gid)
