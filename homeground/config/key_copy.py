"""A copy of the house keys to keep apart: one sealed file, opened by a code that is told once.

The code goes on paper; the file may lie anywhere, also beside the backups.
"""

import base64
import io
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from homeground.config.backup.stream import Damaged, Sealing, opened

MAGIC = b"homeground keys 1\n"
_SALT = 32
# Without letters that are read as others. 26 of 32 carry 130 bits: nothing to stretch, nothing to guess.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 26
_GROUP = 5


class CodeWrong(Exception):
    """The code does not open this file, or the file was altered."""


class KeysThere(Exception):
    """The folder holds other house keys; they are never overwritten."""


def save(folder: Path, to: Path) -> str:
    """Write all keys of a folder to a new sealed file; the code that opens it. Raises FileExistsError."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    found = {
        str(path.relative_to(folder)): base64.b64encode(path.read_bytes()).decode() for path in _keys(folder)
    }
    head = MAGIC + os.urandom(_SALT)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        sealing = Sealing(out, secret=code.encode(), head=head)
        sealing.write(json.dumps(found).encode())
        sealing.finish()
    return "-".join(code[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def load(file: Path, folder: Path, code: str) -> list[str]:
    """Bring keys back into a folder; their names. Keys that are there and equal stay.

    Raises CodeWrong, and KeysThere when another key of the same name is there: then nothing was written.
    """
    for name, secret in (brought := _opened(file, code)).items():
        path = folder / name
        if path.exists() and path.read_bytes() != secret and name != "secret_key":
            raise KeysThere(str(path))
    for name, secret in brought.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as written:
                written.write(secret)
    return sorted(brought)


def _opened(file: Path, code: str) -> dict[str, bytes]:
    content = file.read_bytes()
    if not content.startswith(MAGIC):
        raise CodeWrong
    head, rest = content[: len(MAGIC) + _SALT], io.BytesIO(content[len(MAGIC) + _SALT :])
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    try:
        text = b"".join(opened(rest, secret=letters.encode(), head=head))
    except Damaged:
        raise CodeWrong from None
    return {name: base64.b64decode(secret) for name, secret in json.loads(text).items()}


def _keys(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("master*"))
    yield from sorted(folder.glob("retired/master*"))
    yield from folder.glob("secret_key")
