"""Keys under which a browser keeps typed text that has not reached the clinic yet (check G03).

The text lies in the browser as AES-GCM; the key never does. It is derived from the house key, the account
and a mark of the session, so nobody else can open the text, and nobody at all after signing out. Whoever
signs in again with the same account gets the keys of their former sessions by the marks beside the texts.
"""

import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from homeground.ground import keyring

_LENGTH = 22


class NoSuchKey(Exception):
    """No draft was ever kept under this mark, or its house key was retired."""


def mark(account_id: UUID, session_key: str) -> str:
    """What stands beside a text of this session: the number of the house key, and which session it was.

    Tells nothing of the session: it is no key to it.
    """
    house = keyring.current()
    told = hmac.digest(house.derived("draft mark"), f"{account_id}|{session_key}".encode(), "sha256")
    return f"{house.number}.{urlsafe_b64encode(told).decode()[:_LENGTH]}"


def key(account_id: UUID, marked: str) -> bytes:
    """The key of 32 bytes for texts of this account beside this mark. Raises NoSuchKey."""
    number, _, told = marked.partition(".")
    if not number.isdecimal() or len(number) > 3 or len(told) != _LENGTH or not told.isascii():
        raise NoSuchKey
    try:
        house = keyring.numbered(int(number))
    except keyring.KeyGone:
        raise NoSuchKey from None
    return house.derived(f"draft|{account_id}|{told}")
