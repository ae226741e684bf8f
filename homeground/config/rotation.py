"""Rotation of the house key: a new one wraps everything and proves it; the old one opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from homeground.audit import actions as audit
from homeground.ground import envelope, keyring, scope, seal
from homeground.ground.actor import Actor
from homeground.people import adapter

_SEALED_IN_FACTOR = ("secret", "seed")
_SEALED_LISTS_IN_FACTOR = ("migrated_codes",)


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: keys by number, how much was wrapped anew and proved, where the old keys lie."""

    to: int
    retired: tuple[int, ...]
    data_keys: int
    second_factors: int
    put_away: tuple[str, ...]


def rotate(*, organization_ids: Sequence[UUID], at: datetime) -> Rotated:
    """Make a new house key, wrap every data key and second factor with it, then retire the others.

    Each organization is one transaction with an audit entry, as the application itself sees it. Stopped
    in the middle, both keys stay in use and nothing is lost: run it again. Raises SealBroken when
    something does not open under the keys in use; then nothing is retired.
    """
    before = keyring.numbers()
    number = keyring.add()
    data_keys = sum(_rewrap(organization_id, number, at) for organization_id in organization_ids)
    second_factors = _reseal_second_factors()
    put_away = tuple(str(keyring.retire(old)) for old in before)
    return Rotated(number, before, data_keys, second_factors, put_away)


def _rewrap(organization_id: UUID, number: int, at: datetime) -> int:
    with scope.entered(organization_id=organization_id):
        count = envelope.rewrap()
        audit.record(
            by=Actor(organization_id=organization_id, name="keys"),
            at=at,
            event="ground.keys.rotated",
            subject_kind="house_key",
            facts={"number": number, "data_keys": count},
        )
    return count


def _reseal_second_factors() -> int:
    with envelope.alone():
        changed = [
            factor for factor in Authenticator.objects.select_for_update() if _resealed_in_place(factor)
        ]
        Authenticator.objects.bulk_update(changed, ["data"])
    return len(changed)


def _resealed_in_place(factor: Authenticator) -> bool:
    sealer = adapter.MFAAdapter()
    again = {
        **{name: _again(sealer, factor.data[name]) for name in _SEALED_IN_FACTOR if factor.data.get(name)},
        **{
            name: [_again(sealer, text) for text in factor.data[name]]
            for name in _SEALED_LISTS_IN_FACTOR
            if factor.data.get(name)
        },
    }
    factor.data = {**factor.data, **again}
    return bool(again)


def _again(sealer: adapter.MFAAdapter, sealed: str) -> str:
    text = sealer.decrypt(sealed)
    fresh = sealer.encrypt(text)
    if sealer.decrypt(fresh) != text:
        raise seal.SealBroken("sealed wrongly")
    return fresh
