"""The keys of the house: made once, readable by their owner alone, never in the database."""

import os
import secrets
from pathlib import Path

from homeground.ground import keyring


def make_missing(folder: Path) -> None:
    """Make the first house key and Django's secret where they do not exist yet.

    A house whose key was rotated has `master-2` and no `master`; a folder that once held keys and has none
    now gets none: a new key would open nothing, and hide that the old one is lost.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any(folder.glob("master*")) and not any(folder.glob("retired/master*")):
        _once(folder / "master", secrets.token_bytes(keyring.KEY_BYTES))
    _once(folder / "secret_key", secrets.token_urlsafe(50).encode())


def _once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
