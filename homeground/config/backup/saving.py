"""Taking a backup: one moment of the database, sealed into one file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from homeground.config.backup import archive, postgres
from homeground.config.keys import fingerprint
from homeground.ground import keyring


class AlreadyThere(Exception):
    """A file of that name exists; a backup never replaces another."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: where, bytes, tables and rows, SHA-256 of the content, the number of its house key."""

    file: str
    bytes: int
    tables: int
    rows: int
    sha256: str
    house_key: int


def save(*, place: postgres.Place, to: Path, environ: Mapping[str, str], at: datetime) -> Saved:
    """Save a database to a file that only its owner can read; it has its name once it is whole.

    The house may go on working. Raises AlreadyThere, postgres.ProgramFailed, EngineTrouble, keyring.KeyGone.
    """
    if to.exists():
        raise AlreadyThere(to)
    key = keyring.current()
    folder = postgres.programs(place, environ)
    draft = to.with_name(to.name + ".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out, postgres.snapshot(place) as moment:
            manifest = archive.Manifest(
                taken_at=at.astimezone(UTC).isoformat(timespec="seconds"),
                postgres=moment.postgres,
                house_keys={
                    str(number): fingerprint(keyring.numbered(number)).hex() for number in keyring.numbers()
                },
                tables=moment.tables,
                emptied=postgres.EMPTIED,
                migrations=moment.migrations,
            )
            digest = archive.write(out, manifest, postgres.dump(place, folder, moment), key=key)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(to)
    finally:
        draft.unlink(missing_ok=True)
    return Saved(str(to), to.stat().st_size, len(manifest.tables), manifest.rows, digest, key.number)
