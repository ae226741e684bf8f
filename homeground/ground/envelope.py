"""Envelope encryption: a data key for each subject, wrapped by the house key, in `ground_datakey`.

The contract for rooms that hold what must stay unreadable in the database, its dumps and its backups:

    words = SealedText(of="patient_id")      # the plain way: a field that seals itself (ground.sealed_text)

    key = envelope.key_for(subject_id=patient_id, by=by, at=at)      # by hand, in the action that writes
    sealed = key.close(text, table=Model._meta.db_table, row=row_id, column="sealed_text")
    text = envelope.key_of(patient_id).unseal(sealed, table=..., row=..., column=...)   # in the query

A query whose rows belong to several subjects calls `keys_of` first: their keys come in one statement and
are remembered until the scope ends. Who writes rows of many new subjects at once, or may not read:

    with envelope.at_hand(envelope.make_keys(ids, organization_id=...)):
        Model.objects.bulk_create(rows)

One subject, one fate: `shred` destroys its key, and everything sealed with it is unreadable for ever,
in old backups too once their house key is destroyed (docs/operate/keys.md). Rotation changes the
wrapping only, never what was sealed.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from homeground.ground import scope, seal
from homeground.ground.actor import Actor
from homeground.ground.ids import uuid7
from homeground.ground.keyring import KEY_BYTES, cipher
from homeground.ground.models import DataKey, Use
from homeground.ground.seal import Key

# Whoever makes a key holds this shared until commit; rotation takes it alone. So no key wrapped by the
# old house key can appear after rotation has counted.
_LOCK = 0x4B455953
_KEYS, _FRESH = "data keys", "data keys made in this transaction"
_at_hand: ContextVar[Mapping[UUID, Key] | None] = ContextVar("data keys at hand", default=None)


class NoKey(Exception):
    """The subject has no data key: nothing was ever sealed for it, or it belongs to another organization."""


class Shredded(Exception):
    """The subject's data key was destroyed; what was sealed with it cannot be read by anybody."""


def make_key(*, subject_id: UUID, by: Actor, at: datetime, use: Use = Use.RECORD) -> Key:
    """The first data key of a new subject. Only inserts, so the public channel may do it too.

    Raises IntegrityError when the subject has one already.
    """
    return _made(subject_id, by.organization_id, use, at)


def make_keys(subject_ids: Collection[UUID], *, organization_id: UUID) -> dict[UUID, Key]:
    """The first data keys of several new subjects, for their records, in one statement.

    Only inserts, as make_key. Raises IntegrityError when one has a key already.
    """
    secret = {each: secrets.token_bytes(KEY_BYTES) for each in subject_ids}
    _insert(secret, organization_id, anew=True)
    return {each: Key(each, cipher(value)) for each, value in secret.items()}


def keys_ready(subject_ids: Collection[UUID], *, organization_id: UUID) -> dict[UUID, Key]:
    """The data keys of several subjects before rows of theirs are saved; made where there are none.

    One statement, or six with any to make; none for those already looked up in this scope. A shredded one
    is left out: saving its row raises Shredded.
    """
    known = keys_of(subject_ids)
    missing = set(subject_ids) - known.keys()
    if missing:
        _insert({each: secrets.token_bytes(KEY_BYTES) for each in missing}, organization_id, anew=False)
        # Read back: somebody else may have made one in the same moment.
        known |= keys_of(missing)
    return known


@contextmanager
def at_hand(keys: Mapping[UUID, Key]) -> Iterator[None]:
    """Rows of these subjects that are saved or read inside use these keys; none is looked for."""
    token = _at_hand.set({**(_at_hand.get() or {}), **keys})
    try:
        yield
    finally:
        _at_hand.reset(token)


def key_for(*, subject_id: UUID, by: Actor, at: datetime, use: Use = Use.RECORD) -> Key:
    """The data key of a subject, made when there is none. Raises Shredded."""
    return _found_or_made(subject_id, by.organization_id, use, at)


def sealing_key(subject_id: UUID, *, organization_id: UUID) -> Key:
    """As key_for, for a field that seals itself: the database says when the key was made."""
    if known := (_at_hand.get() or {}).get(subject_id):
        return known
    return _found_or_made(subject_id, organization_id, Use.RECORD, Now())


def key_of(subject_id: UUID, *, use: Use = Use.RECORD) -> Key:
    """The data key of a subject in scope. Raises NoKey, Shredded, seal.SealBroken.

    At most one statement a scope.
    """
    if known := _known(subject_id, use):
        return known
    row = DataKey.objects.filter(subject_id=subject_id, use=use).first()
    if row is None:
        raise NoKey
    if row.wrapped is None:
        raise Shredded
    return _opened(row)


def keys_of(subject_ids: Collection[UUID], *, use: Use = Use.RECORD) -> dict[UUID, Key]:
    """The data keys of several subjects, in one statement; those without one or shredded are left out.

    No statement for those already looked up in this scope.
    """
    wanted = set(subject_ids)
    known = {each: key for each in wanted if (key := _known(each, use))}
    if missing := wanted - known.keys():
        rows = DataKey.objects.filter(subject_id__in=missing, use=use, destroyed_at=None)
        known |= {row.subject_id: _opened(row) for row in rows}
    return known


def shred(*, subject_id: UUID, at: datetime, use: Use = Use.RECORD) -> bool:
    """Destroy the data key of a subject. False when there was none to destroy.

    Source: retention and disposal, 42 CFR 2.16(a); NIST SP 800-88 (cryptographic erase). The calling
    action writes the audit entry.
    """
    scope.memory().pop((_KEYS, use, subject_id), None)
    return bool(
        DataKey.objects.filter(subject_id=subject_id, use=use, destroyed_at=None).update(
            wrapped=None, destroyed_at=at
        )
    )


def rewrap() -> int:
    """Wrap every data key in scope with the current house key, prove each, and give their number.

    For rotation alone: waits until nobody is making a key. Raises seal.SealBroken at the first key that
    does not open, and then changes nothing.
    """
    done = []
    with alone():
        for row in DataKey.objects.select_for_update().filter(destroyed_at=None):
            place = _place(row)
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


def _found_or_made(subject_id: UUID, organization_id: UUID, use: Use, made_at: datetime | Now) -> Key:
    try:
        return key_of(subject_id, use=use)
    except NoKey:
        pass
    try:
        with transaction.atomic():
            return _made(subject_id, organization_id, use, made_at)
    except IntegrityError:  # somebody else made it in the same moment
        return key_of(subject_id, use=use)


def _insert(secret: Mapping[UUID, bytes], organization_id: UUID, *, anew: bool) -> None:
    rows = [
        DataKey(id=uuid7(), organization_id=organization_id, subject_id=each, use=Use.RECORD)
        for each in secret
    ]
    with transaction.atomic():
        _lock(shared=True)
        for row in rows:
            row.made_at = Now()
            row.house_key, row.wrapped = seal.wrap(secret[row.subject_id], place=_place(row))
        DataKey.objects.bulk_create(rows, ignore_conflicts=not anew)
    for row in rows:
        scope.memory()[_FRESH, Use.RECORD, row.subject_id] = True


def _known(subject_id: UUID, use: Use) -> Key | None:
    held = (_at_hand.get() or {}).get(subject_id) if use is Use.RECORD else None
    found = held or scope.memory().get((_KEYS, use, subject_id))
    return found if isinstance(found, Key) else None


def _made(subject_id: UUID, organization_id: UUID, use: Use, made_at: datetime | Now) -> Key:
    secret = secrets.token_bytes(KEY_BYTES)
    row = DataKey(id=uuid7(), organization_id=organization_id, subject_id=subject_id, use=use)
    row.made_at = made_at
    with transaction.atomic():
        _lock(shared=True)
        row.house_key, row.wrapped = seal.wrap(secret, place=_place(row))
        row.save(force_insert=True)
    # Not remembered by itself: an outer step may still take the row back.
    scope.memory()[_FRESH, use, subject_id] = True
    return Key(subject_id, cipher(secret))


def _opened(row: DataKey) -> Key:
    assert row.wrapped is not None
    key = Key(row.subject_id, cipher(seal.unwrap(row.wrapped, house_key=row.house_key, place=_place(row))))
    memory, use = scope.memory(), Use(row.use)
    if (_FRESH, use, row.subject_id) not in memory:
        memory[_KEYS, use, row.subject_id] = key
    return key


def _place(row: DataKey) -> bytes:
    return f"ground_datakey|{row.pk}|wrapped|{row.organization_id}|{row.subject_id}|{row.use}".encode()
