"""The house keys on disk: which of them seals, which still open, and how a new one takes over.

Each is 32 random bytes in a file of its own in HG_HOME/keys, readable by its owner alone and never in
the database or its backups. `master` is number 1, `master-2` and so on are its successors; the highest
number seals. A retired key lies in `retired/`, where nothing but restoring an older backup needs it.
"""

import hmac
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
LAST_NUMBER = 200
"""The number of a house key is the first byte of what it sealed; larger bytes name other forms."""


class KeyGone(Exception):
    """No key of this number is in use: it was retired, or the folder of keys is incomplete."""


@dataclass(frozen=True, slots=True)
class HouseKey:
    """One key of the house with its number."""

    number: int
    cipher: "AESGCM" = field(repr=False)
    secret: bytes = field(repr=False)

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, which tells nothing of this key (HMAC-SHA-256, RFC 5869)."""
        return hmac.digest(self.secret, purpose.encode(), "sha256")


def current() -> HouseKey:
    """The key that seals. Raises KeyGone when there is none at all."""
    ring = _ring()
    if not ring:
        raise KeyGone("no house key")
    return ring[max(ring)]


def numbered(number: int) -> HouseKey:
    """The key of this number. Raises KeyGone when it was retired or never was."""
    try:
        return _ring()[number]
    except KeyError:
        raise KeyGone(f"house key {number}") from None


def numbers() -> tuple[int, ...]:
    """The numbers of all keys in use, rising."""
    return tuple(sorted(_ring()))


def add() -> int:
    """Make the next key and give its number: it seals from now on, in every process of the house."""
    number = current().number + 1
    if number > LAST_NUMBER:
        raise KeyGone("the numbers are used up")
    handle = os.open(_path(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
    _read.cache_clear()
    return number


def retire(number: int) -> Path:
    """Put a key away: it opens nothing any more. Raises KeyGone for the current or an unknown key."""
    if number not in _ring() or number == current().number:
        raise KeyGone(f"house key {number}")
    folder = Path(settings.HG_KEYS) / "retired"
    folder.mkdir(mode=0o700, exist_ok=True)
    put_away = folder / _path(number).name
    _path(number).rename(put_away)
    _read.cache_clear()
    return put_away


def _path(number: int) -> Path:
    return Path(settings.HG_KEYS) / ("master" if number == 1 else f"master-{number}")


def _ring() -> dict[int, HouseKey]:
    folder = Path(settings.HG_KEYS)
    # The time of the folder tells every process of the house that a key came or went.
    return _read(str(folder), folder.stat().st_mtime_ns)


def cipher(secret: bytes) -> "AESGCM":
    """What seals and opens with this key. The library is loaded by a process that needs it: 6 MB."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(secret)


@lru_cache(maxsize=4)
def _read(folder: str, _changed: int) -> dict[int, HouseKey]:
    ring = {}
    for path in Path(folder).glob("master*"):
        _, _, number = path.name.partition("-")
        secret = path.read_bytes()
        ring[int(number or 1)] = HouseKey(int(number or 1), cipher(secret), secret)
    return ring
