"""The keys of the house: made once, readable by their owner alone, never in the database."""

import os
import secrets
from pathlib import Path

from homeground.ground import keyring


class KeyMissing(Exception):
    """A house key is not in the folder of keys; `number` says which, the text what to do next."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self.number = number


def make_missing(folder: Path) -> None:
    """Make the first house key and Django's secret where they do not exist yet.

    A house whose key was rotated has `master-2` and no `master`; a folder that once held keys and has none
    now gets none: a new key would open nothing, and hide that the old one is lost.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not any(folder.glob("master*")) and not any(folder.glob("retired/master*")):
        _once(folder / "master", secrets.token_bytes(keyring.KEY_BYTES))
    _once(folder / "secret_key", secrets.token_urlsafe(50).encode())


def fingerprint(key: keyring.HouseKey) -> bytes:
    """Eight bytes by which a key is known again and which tell nothing of it."""
    return key.derived("fingerprint")[:8]


def found(folder: Path, number: int, mark: bytes) -> tuple[keyring.HouseKey, bool]:
    """The house key with this fingerprint, and whether it is retired. Raises KeyMissing (the next step)."""
    name = "master" if number == 1 else f"master-{number}"
    for path, retired in ((folder / name, False), (folder / "retired" / name, True)):
        if path.is_file():
            secret = path.read_bytes()
            key = keyring.HouseKey(number, keyring.cipher(secret), secret)
            if fingerprint(key) == mark:
                return key, retired
    if (folder / name).is_file():
        raise KeyMissing(
            number,
            f"{folder / name} is not the house key this backup needs. Move the folder {folder} away, then "
            "bring the keys of that house back: ./run manage keys load FILE",
        )
    raise KeyMissing(
        number,
        f"The house key {name} is not in {folder}. Bring it back from where you keep the keys: "
        "./run manage keys load FILE (docs/operate/backup.md)",
    )


def reinstate(folder: Path, number: int) -> None:
    """Put a retired house key back in use, for a restored database that was sealed under it."""
    name = "master" if number == 1 else f"master-{number}"
    (folder / "retired" / name).rename(folder / name)


def _once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
