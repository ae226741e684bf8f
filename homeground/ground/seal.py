"""Sealed text: AES-256-GCM, bound to the table, row and column it was written for.

A sealed value copied to another row does not open. The first byte names the key, so keys can be
rotated; the master key lies in HG_HOME/keys, apart from the database and its backups.
"""

import os
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_KEY_ID = 1
_NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed value was altered, belongs to another place, or its key is gone."""


@cache
def _cipher(path: str) -> AESGCM:
    with open(path, "rb") as file:
        return AESGCM(file.read())


def _master() -> AESGCM:
    return _cipher(str(settings.HG_KEYS / "master"))


def _place(table: str, row: UUID, column: str) -> bytes:
    return f"{table}|{row}|{column}".encode()


def close(text: str, *, table: str, row: UUID, column: str) -> bytes:
    """Seal a text for one place in the database. An empty text stays empty."""
    if not text:
        return b""
    nonce = os.urandom(_NONCE_BYTES)
    return bytes([_KEY_ID]) + nonce + _master().encrypt(nonce, text.encode(), _place(table, row, column))


def unseal(sealed: bytes | memoryview, *, table: str, row: UUID, column: str) -> str:
    """The text that was sealed for this place. Raises SealBroken when it was not."""
    value = bytes(sealed)
    if not value:
        return ""
    if value[0] != _KEY_ID:
        raise SealBroken("unknown key")
    nonce, body = value[1 : 1 + _NONCE_BYTES], value[1 + _NONCE_BYTES :]
    try:
        return _master().decrypt(nonce, body, _place(table, row, column)).decode()
    except InvalidTag:
        raise SealBroken("does not belong here") from None
