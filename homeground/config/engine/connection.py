"""How the application reaches its database: addresses, roles and the connection file."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from homeground.config.engine.places import Home
from homeground.config.engine.trouble import EngineTrouble

Role = Literal["owner", "app"]
OWNER = "homeground_owner"
APP = "homeground_app"
DATABASE = "homeground"
PORT = 5432  # only a part of the socket's name: the server listens on no network address
# Idle connections cost 16 MB each, a new one 15 ms: a quiet house keeps none.
POOL = {"min_size": 0, "max_size": 8, "timeout": 10, "num_workers": 1, "max_idle": 20}
CONNECT_SECONDS = 10


@dataclass(frozen=True)
class Connection:
    """What the connection file says about the embedded cluster.

    The passwords exist before the cluster does, so that everything can be configured first and
    started later; `ready` turns true once roles and database have been made.
    """

    socket: str
    cluster: str
    owner_password: str
    app_password: str
    ready: bool = False

    @classmethod
    def fresh(cls) -> "Connection":
        """A connection with new passwords and no place yet."""
        return cls("", "", new_password(), new_password())

    def at(self, socket: Path, cluster: Path) -> "Connection":
        """The same connection at another place."""
        return replace(self, socket=str(socket), cluster=str(cluster))

    def address(self, role: Role) -> dict[str, Any]:
        """The parts of Django's database entry that say where and as whom."""
        user, password = (OWNER, self.owner_password) if role == "owner" else (APP, self.app_password)
        return {
            "NAME": DATABASE,
            "USER": user,
            "PASSWORD": password,
            "HOST": self.socket,
            "PORT": str(PORT),
            "OPTIONS": {},
        }


def new_password() -> str:
    """192 random bits, in letters that need no quoting anywhere."""
    # Not from `secrets`: that would load OpenSSL into the parent process, which is to stay small.
    return os.urandom(24).hex()


def read_connection(home: Home) -> Connection | None:
    """The connection file of this home, or None when there is no cluster yet."""
    try:
        return Connection(**json.loads(home.connection_file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise EngineTrouble(f"The connection file {home.connection_file} cannot be understood.") from None


def write_connection(home: Home, connection: Connection) -> None:
    """Replace the connection file in one step; only its owner can read it."""
    write_private(home.connection_file, json.dumps(asdict(connection), indent=1))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(path)


def parse_url(url: str) -> dict[str, Any]:
    """The address in a `postgresql://user:password@host:port/name?option=value` URL.

    A socket folder or several hosts can be given as `?host=`. Raises EngineTrouble, which never
    repeats the URL, because it holds a password.
    """
    # Only processes that were given a URL need this; the supervisor's own stays small.
    from urllib.parse import parse_qsl, unquote, urlsplit

    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres"):
        raise EngineTrouble("The database URL must begin with postgresql://")
    if not name or "/" in name:
        raise EngineTrouble("The database URL must end in the name of one database: postgresql://…/NAME")
    try:
        port = parts.port
    except ValueError:
        raise EngineTrouble("The port in the database URL is not a number.") from None
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
    }


def database_settings(role: str, environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Django's database entry for `role`: "owner" (migrations, commands) or "app" (web, worker).

    Starts nothing, and answers before any cluster exists: the entry then names a socket on which
    nobody listens. Raises EngineTrouble for another role, a broken URL, or a web role that would
    have to be the owner outside the demo.
    """
    environ = os.environ if environ is None else environ
    if role not in ("owner", "app"):
        raise EngineTrouble('HG_DB_ROLE must be "owner" or "app".')
    entry = _address("owner" if role == "owner" else "app", environ)
    entry["OPTIONS"].setdefault("connect_timeout", CONNECT_SECONDS)
    if role == "app":
        entry["OPTIONS"]["pool"] = dict(POOL)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **entry,
        "CONN_MAX_AGE": 0,  # the pool keeps connections for the app role; commands are short
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # they do not survive a pooler in transaction mode
    }


def _address(role: Role, environ: Mapping[str, str]) -> dict[str, Any]:
    owner_url, app_url = environ.get("HG_DATABASE_URL"), environ.get("HG_DATABASE_APP_URL")
    if owner_url and role == "owner":
        return parse_url(owner_url)
    if owner_url:
        if not app_url and environ.get("HG_DEMO", "1") == "0":
            raise EngineTrouble(
                "HG_DATABASE_APP_URL is missing: the web must not reach the database as its owner, "
                "who is above row-level security."
            )
        return parse_url(app_url or owner_url)
    home = Home.of(environ)
    connection = read_connection(home) or Connection.fresh().at(home.database / "s", home.database)
    return connection.address(role)
