"""What makes an installation outside the demo unsafe. It then refuses to serve, and says what to do."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning
from django.core.exceptions import ImproperlyConfigured

from homeground.config.backup import shelf
from homeground.ground import clock
from homeground.ground.keyring import KEY_BYTES
from homeground.ground.neutral import telling

_SECRET_LENGTH = 40
_OTHERS = 0o077
_BACKUP_AGE = timedelta(days=2)


def unsafe_settings(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """Every unsafe setting outside the demo; registered as a deployment check (Tags.security)."""
    if settings.HG_DEMO:
        return []
    return [*_keys(), *_hosts(), *_transport(), *_clock()]


def backups_missing(app_configs: Any = None, **kwargs: Any) -> list[Warning]:
    """A warning when the newest backup is older than two days, or there is none; never in the demo.

    Registered as a deployment check, so every start outside the demo tells it.
    """
    if settings.HG_DEMO or os.environ.get("HG_BACKUP_AT") == "off":
        return []
    newest = shelf.newest_at(settings.HG_BACKUPS)
    if newest is not None and clock.now() - newest < _BACKUP_AGE:
        return []
    told = "There is no backup yet." if newest is None else f"The newest backup is of {newest:%Y-%m-%d}."
    hint = "One is taken every night while ./run runs; now: ./run backup (docs/operate/backup.md)."
    return [Warning(told, hint=hint, id="homeground.W001")]


def refuse_unsafe(*, serving: bool) -> None:
    """Raise ImproperlyConfigured with all that is unsafe. `serving` also asks for the role without rights."""
    found = unsafe_settings()
    if serving and not settings.HG_DEMO and settings.HG_DB_ROLE != "app":
        found.append(
            Error(
                "The web uses the database as its owner, past the policies of the rows.",
                hint="Start it with ./run, or set HG_DB_ROLE=app.",
                id="homeground.E008",
            )
        )
    if found:
        raise ImproperlyConfigured("\n".join(f"{error.id} {error.msg} {error.hint}" for error in found))


def _keys() -> list[Error]:
    found = []
    if len(settings.SECRET_KEY) < _SECRET_LENGTH or "insecure" in settings.SECRET_KEY:
        found.append(
            Error(
                "The secret key is short or a default.",
                hint="Remove it: ./run makes one.",
                id="homeground.E001",
            )
        )
    elif not os.environ.get("HG_SECRET_KEY") and not _private(settings.HG_KEYS / "secret_key"):
        found.append(
            Error(
                "The secret key is missing, or others may read it.",
                hint="Run ./run manage prepare, and chmod 400 the files in HG_HOME/keys.",
                id="homeground.E002",
            )
        )
    masters = list(settings.HG_KEYS.glob("master*"))
    if not masters or not all(_private(key) and key.stat().st_size == KEY_BYTES for key in masters):
        found.append(
            Error(
                "A house key is missing, damaged, or others may read it.",
                hint="Restore HG_HOME/keys/master* from where you keep them, and chmod 400 them.",
                id="homeground.E003",
            )
        )
    return found


def _private(path: Path) -> bool:
    return path.is_file() and not path.stat().st_mode & _OTHERS


def _hosts() -> list[Error]:
    if not os.environ.get("HG_HOSTS", "").split():
        return [
            Error(
                "HG_HOSTS is not set.", hint="Name the hosts the clinic is reached at.", id="homeground.E004"
            )
        ]
    if any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        return [Error("HG_HOSTS holds a wildcard.", hint="Name each host in full.", id="homeground.E005")]
    return []


def _transport() -> list[Error]:
    found = []
    secure = settings.HG_TLS and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if not secure or settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN:
        found.append(
            Error(
                "Pages and cookies would travel without TLS.",
                hint="Remove HG_TLS=0 and put a proxy with TLS in front (docs/operate/running.md).",
                id="homeground.E006",
            )
        )
    if settings.DEBUG:
        found.append(Error("DEBUG is on.", hint="Turn it off.", id="homeground.E007"))
    if telling(settings.DEFAULT_FROM_EMAIL, language="es"):
        found.append(
            Error(
                "The sender of messages tells what kind of place this is.",
                hint="Set HG_FROM to an address without such words (homeground/ground/words).",
                id="homeground.E010",
            )
        )
    return found


def _clock() -> list[Error]:
    if not os.environ.get("HG_CLOCK"):
        return []
    return [
        Error(
            "HG_CLOCK tells the house another time.",
            hint="Remove it: only a demo may have a clock of its own.",
            id="homeground.E009",
        )
    ]
