"""A stream sealed piece by piece, so that no archive ever lies in memory or unsealed on a disk.

AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015; the same as in the `age`
format): the nonce is the number of the piece and whether it is the last. A piece that was altered, moved,
repeated, left out or added opens nothing, and so does a stream that was cut short.
"""

import hmac
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 256 * 1024
_TAG = 16


class Damaged(Exception):
    """The stream was altered or cut short, or another key sealed it. Nothing of it may be used."""


class Sealing:
    """Writes a sealed stream. Each has a key of its own: `head` must never come twice under one `secret`."""

    def __init__(self, out: IO[bytes], *, secret: bytes, head: bytes) -> None:
        self._out = out
        self._cipher = _cipher(secret, head)
        self._number = 0
        self._waiting = bytearray()
        out.write(head)

    def write(self, content: bytes) -> None:
        """Add bytes; what fills a piece is sealed at once."""
        self._waiting += content
        # One piece is held back: the last one says that it is the last.
        while len(self._waiting) > PIECE:
            self._seal(PIECE, last=False)

    def finish(self) -> None:
        """Seal the rest. Without this the stream counts as cut short."""
        self._seal(len(self._waiting), last=True)

    def _seal(self, size: int, *, last: bool) -> None:
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), piece, None))
        self._number += 1


def opened(file: IO[bytes], *, secret: bytes, head: bytes) -> Iterator[bytes]:
    """The pieces of a sealed stream whose head was read already, each proved before it is given.

    Raises Damaged at the first piece that does not belong where it stands. Only when the iteration ends by
    itself was the whole stream there.
    """
    cipher, number = _cipher(secret, head), 0
    piece = file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), piece, None)
        except (InvalidTag, ValueError):
            raise Damaged(f"piece {number}") from None
        if not following:
            return
        piece, number = following, number + 1


def _cipher(secret: bytes, head: bytes) -> AESGCM:
    # The head goes into the key: an altered head opens nothing either.
    return AESGCM(hmac.digest(secret, head, "sha256"))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
