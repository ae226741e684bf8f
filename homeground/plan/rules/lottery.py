"""A random draw that anybody can repeat: who is tested is decided by a seed the machine drew, not by staff.

The order of people is the order of HMAC-SHA256(seed, id). The seed comes from the operating system's source
of cryptographic chance, in the action; this file has no chance in it.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

METHOD = "hmac-sha256"


def ordered(seed: str, pool: Iterable[UUID]) -> tuple[UUID, ...]:
    """The people of the pool in the order the seed (64 hexadecimal digits) gives; each once."""
    key = bytes.fromhex(seed)
    return tuple(sorted(set(pool), key=lambda each: hmac.new(key, each.bytes, sha256).digest()))


def chosen(seed: str, pool: Iterable[UUID], wanted: int) -> tuple[UUID, ...]:
    """The first `wanted` of the order; everybody when the pool is smaller."""
    return ordered(seed, pool)[: max(wanted, 0)]
