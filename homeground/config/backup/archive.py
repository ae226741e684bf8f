"""What an archive holds: a manifest, the dump of the database, and a digest over both, all sealed.

    head      magic, number and fingerprint of the house key, 32 random bytes (in the clear)
    pieces    sealed: manifest as JSON | blocks of the dump | an empty block | {"sha256", "bytes"} as JSON

The key is derived from the house key and the head. No key is in an archive, sealed or not.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any

from homeground.config.backup.stream import Damaged, Sealing, opened
from homeground.config.keys import fingerprint
from homeground.ground.keyring import HouseKey

MAGIC = b"homeground backup 1\n"
_MARK, _SALT = 8, 32
_LENGTH = 4
_LONGEST_TEXT = 4_194_304


class NotAnArchive(Exception):
    """The file does not begin as an archive of Homeground does."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was saved: when (UTC), from which PostgreSQL, under which house keys, how many rows of each table.

    `house_keys` names by number the fingerprints of the keys without which what is sealed in the database
    stays unreadable. `emptied` are tables whose rows are left out on purpose.
    """

    taken_at: str
    postgres: int
    house_keys: Mapping[str, str]
    tables: Mapping[str, int]
    emptied: tuple[str, ...]
    migrations: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.tables.values())


def write(out: IO[bytes], manifest: Manifest, dump: Iterable[bytes], *, key: HouseKey) -> str:
    """Write an archive sealed under a house key; the digest of its content (SHA-256, hexadecimal)."""
    head = MAGIC + bytes([key.number]) + fingerprint(key) + os.urandom(_SALT)
    sealing = Sealing(out, secret=_secret(key), head=head)
    digest, size = hashlib.sha256(), 0
    told = json.dumps(asdict(manifest)).encode()
    digest.update(told)
    _block(sealing, told)
    for block in dump:
        digest.update(block)
        size += len(block)
        _block(sealing, block)
    _block(sealing, b"")
    _block(sealing, json.dumps({"sha256": digest.hexdigest(), "bytes": size}).encode())
    sealing.finish()
    return digest.hexdigest()


class Archive:
    """An archive to read: `prove` first, then `dump`."""

    def __init__(self, file: IO[bytes], find_key: Callable[[int, bytes], HouseKey]) -> None:
        """`find_key` gives the house key of a number and fingerprint, and raises when it is not there.

        Raises NotAnArchive.
        """
        self._file = file
        self._head = file.read(len(MAGIC) + 1 + _MARK + _SALT)
        if not self._head.startswith(MAGIC) or len(self._head) != len(MAGIC) + 1 + _MARK + _SALT:
            raise NotAnArchive
        number, mark = self._head[len(MAGIC)], self._head[len(MAGIC) + 1 : len(MAGIC) + 1 + _MARK]
        self._key = find_key(number, mark)

    def prove(self) -> tuple[Manifest, str]:
        """Read everything once: the manifest, and the digest of the content. Raises Damaged."""
        digest = hashlib.sha256()
        blocks = self._blocks()
        told = next(blocks)
        digest.update(told)
        for block in blocks:
            if not block:
                break
            digest.update(block)
        closing = _json(next(blocks))
        if closing["sha256"] != digest.hexdigest() or next(blocks, None) is not None:
            raise Damaged("digest")
        fields = _json(told)
        for name in ("emptied", "migrations"):
            fields[name] = tuple(fields[name])
        return Manifest(**fields), digest.hexdigest()

    def dump(self) -> Iterator[bytes]:
        """The dump, block by block. Raises Damaged."""
        blocks = self._blocks()
        next(blocks)
        for block in blocks:
            if not block:
                return
            yield block

    def _blocks(self) -> Iterator[bytes]:
        self._file.seek(len(self._head))
        waiting = bytearray()
        for piece in opened(self._file, secret=_secret(self._key), head=self._head):
            waiting += piece
            while len(waiting) >= _LENGTH:
                size = int.from_bytes(waiting[:_LENGTH], "big")
                if len(waiting) < _LENGTH + size:
                    break
                yield bytes(waiting[_LENGTH : _LENGTH + size])
                del waiting[: _LENGTH + size]
        if waiting:
            raise Damaged("a block is not whole")


def _secret(key: HouseKey) -> bytes:
    return key.derived("backup")


def _block(sealing: Sealing, content: bytes) -> None:
    assert len(content) <= _LONGEST_TEXT
    sealing.write(len(content).to_bytes(_LENGTH, "big") + content)


def _json(text: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found
