"""Envelope encryption: a data key for each subject, wrapped by the house key, in `ground_datakey`.

The contract for rooms that hold what must stay unreadable in the database, its dumps and its backups:

    key = envelope.key_for(subject_id=patient_id, by=by, at=at)      # in the action that writes
    sealed = key.close(text, table=Model._meta.db_table, row=row_id, column="sealed_text")
    text = envelope.key_of(patient_id).unseal(sealed, table=..., row=..., column=...)   # in the query

One subject, one fate: `shred` destroys its key, and everything sealed with it is unreadable for ever,
in old backups too once their house key is destroyed (docs/operate/keys.md). Rotation changes the
wrapping only, never what was sealed.
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from homeground.ground import seal
from homeground.ground.actor import Actor
from homeground.ground.ids import uuid7
from homeground.ground.keyring import KEY_BYTES, cipher
from homeground.ground.models import DataKey
from homeground.ground.seal import Key

# Whoever makes a key holds this shared until commit; rotation takes it alone. So no key wrapped by the
# old house key can appear after rotation has counted.
_LOCK = 0x4B455953


class NoKey(Exception):
    """The subject has no data key: nothing was ever sealed for it, or it belongs to another organization."""


class Shredded(Exception):
    """The subject's data key was destroyed; what was sealed with it cannot be read by anybody."""


def make_key(*, subject_id: UUID, by: Actor, at: datetime) -> Key:
    """The first data key of a new subject. Only inserts, so the public channel may do it too.

    Raises IntegrityError when the subject has one already.
    """
    secret, row = secrets.token_bytes(KEY_BYTES), uuid7()
    with transaction.atomic():
        _lock(shared=True)
        number, wrapped = seal.wrap(secret, place=_place(row, by.organization_id, subject_id))
        DataKey(
            id=row,
            organization_id=by.organization_id,
            subject_id=subject_id,
            wrapped=wrapped,
            house_key=number,
            made_at=at,
        ).save(force_insert=True)
    return Key(subject_id, cipher(secret))


def key_for(*, subject_id: UUID, by: Actor, at: datetime) -> Key:
    """The data key of a subject, made when there is none. Raises Shredded."""
    try:
        return key_of(subject_id)
    except NoKey:
        pass
    try:
        with transaction.atomic():
            return make_key(subject_id=subject_id, by=by, at=at)
    except IntegrityError:  # somebody else made it in the same moment
        return key_of(subject_id)


def key_of(subject_id: UUID) -> Key:
    """The data key of a subject in scope. One statement. Raises NoKey, Shredded, seal.SealBroken."""
    row = DataKey.objects.filter(subject_id=subject_id).first()
    if row is None:
        raise NoKey
    if row.wrapped is None:
        raise Shredded
    return _opened(row)


def keys_of(subject_ids: Collection[UUID]) -> dict[UUID, Key]:
    """The data keys of several subjects, in one statement; those without one or shredded are left out."""
    rows = DataKey.objects.filter(subject_id__in=subject_ids, destroyed_at=None)
    return {row.subject_id: _opened(row) for row in rows}


def shred(*, subject_id: UUID, at: datetime) -> bool:
    """Destroy the data key of a subject. False when there was none to destroy.

    Source: retention and disposal, 42 CFR 2.16(a); NIST SP 800-88 (cryptographic erase). The calling
    action writes the audit entry.
    """
    return bool(
        DataKey.objects.filter(subject_id=subject_id, destroyed_at=None).update(wrapped=None, destroyed_at=at)
    )


def rewrap() -> int:
    """Wrap every data key in scope with the current house key, prove each, and give their number.

    For rotation alone: waits until nobody is making a key. Raises seal.SealBroken at the first key that
    does not open, and then changes nothing.
    """
    done = []
    with alone():
        for row in DataKey.objects.select_for_update().filter(destroyed_at=None):
            place = _place(row.pk, row.organization_id, row.subject_id)
            assert row.wrapped is not None
            secret = seal.unwrap(row.wrapped, house_key=row.house_key, place=place)
            row.house_key, row.wrapped = seal.wrap(secret, place=place)
            if seal.unwrap(row.wrapped, house_key=row.house_key, place=place) != secret:
                raise seal.SealBroken("wrapped wrongly")
            done.append(row)
        DataKey.objects.bulk_update(done, ["house_key", "wrapped"], batch_size=500)
    return len(done)


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else makes a data key."""
    with transaction.atomic():
        _lock(shared=False)
        yield


def _lock(*, shared: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_advisory_xact_lock{'_shared' if shared else ''}(%s)", [_LOCK])


def _opened(row: DataKey) -> Key:
    assert row.wrapped is not None
    place = _place(row.pk, row.organization_id, row.subject_id)
    return Key(row.subject_id, cipher(seal.unwrap(row.wrapped, house_key=row.house_key, place=place)))


def _place(row: UUID, organization_id: UUID, subject_id: UUID) -> bytes:
    return f"ground_datakey|{row}|wrapped|{organization_id}|{subject_id}".encode()
