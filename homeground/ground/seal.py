"""Sealed text: AES-256-GCM, bound to the table, row and column it was written for.

A sealed value copied to another row does not open. What `close` seals lies under the house key whose
number is its first byte: right for secrets of an account. A person's texts are sealed with a data key
of their own (`ground.envelope`), which can be destroyed alone.
"""

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from homeground.ground import keyring

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_UNDER_DATA_KEY = 0xD1


class SealBroken(Exception):
    """The sealed value was altered, belongs to another place, or its key is gone."""


@dataclass(frozen=True, slots=True)
class Key:
    """The opened data key of one subject (a patient, one request for help). Lives in memory only."""

    subject_id: UUID
    cipher: "AESGCM" = field(repr=False)

    def close(self, text: str, *, table: str, row: UUID, column: str) -> bytes:
        """Seal a text for one place in the database. An empty text stays empty."""
        if not text:
            return b""
        return bytes([_UNDER_DATA_KEY]) + encrypted(self.cipher, text, _place(table, row, column))

    def unseal(self, sealed: bytes | memoryview, *, table: str, row: UUID, column: str) -> str:
        """The text that was sealed for this place with this key. Raises SealBroken when it was not."""
        value = bytes(sealed)
        if not value:
            return ""
        if value[0] != _UNDER_DATA_KEY:
            raise SealBroken("not sealed with a data key")
        return decrypted(self.cipher, value[1:], _place(table, row, column))


def close(text: str, *, table: str, row: UUID, column: str) -> bytes:
    """Seal a text for one place in the database under the house key. An empty text stays empty."""
    if not text:
        return b""
    key = keyring.current()
    return bytes([key.number]) + encrypted(key.cipher, text, _place(table, row, column))


def unseal(sealed: bytes | memoryview, *, table: str, row: UUID, column: str) -> str:
    """The text that was sealed for this place. Raises SealBroken when it was not, or its key is retired."""
    value = bytes(sealed)
    if not value:
        return ""
    try:
        cipher = keyring.numbered(value[0]).cipher
    except keyring.KeyGone:
        raise SealBroken("unknown key") from None
    return decrypted(cipher, value[1:], _place(table, row, column))


def wrap(key: bytes, *, place: bytes) -> tuple[int, bytes]:
    """A data key wrapped by the current house key, and that key's number."""
    house = keyring.current()
    nonce = os.urandom(_NONCE_BYTES)
    return house.number, nonce + house.cipher.encrypt(nonce, key, place)


def unwrap(wrapped: bytes | memoryview, *, house_key: int, place: bytes) -> bytes:
    """The data key that was wrapped for this place. Raises SealBroken, also when the house key is retired."""
    try:
        house = keyring.numbered(house_key)
    except keyring.KeyGone:
        raise SealBroken("unknown key") from None
    return _opened(house.cipher, bytes(wrapped), place)


def _place(table: str, row: UUID, column: str) -> bytes:
    return f"{table}|{row}|{column}".encode()


def encrypted(cipher: "AESGCM", text: str, place: bytes) -> bytes:
    """A text under a cipher, bound to a place: a fresh nonce, then what AES-GCM made of it."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, text.encode(), place)


def decrypted(cipher: "AESGCM", value: bytes, place: bytes) -> str:
    """What `encrypted` made, as text again. Raises SealBroken when cipher or place are not its own."""
    return _opened(cipher, value, place).decode()


def _opened(cipher: "AESGCM", value: bytes, place: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(value[:_NONCE_BYTES], value[_NONCE_BYTES:], place)
    except InvalidTag:
        raise SealBroken("does not belong here") from None
