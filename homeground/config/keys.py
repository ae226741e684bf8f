"""The keys of the house: made once, readable by their owner alone, never in the database."""

import os
import secrets
from pathlib import Path


def make_missing(folder: Path) -> None:
    """Make the master key (32 bytes) and Django's secret where they do not exist yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _once(folder / "master", secrets.token_bytes(32))
    _once(folder / "secret_key", secrets.token_urlsafe(50).encode())


def _once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
