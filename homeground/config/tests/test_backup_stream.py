"""A sealed archive without a database: what was written comes back, and nothing that was touched does."""

import io
import json
import os
import tracemalloc
from dataclasses import asdict

import pytest

from homeground.config import keys
from homeground.config.backup import archive, stream
from homeground.config.backup.archive import Archive, Manifest
from homeground.ground import keyring

HEAD = b"head"
SECRET = bytes(32)
PIECE = stream.PIECE + 16
MANIFEST = Manifest("2026-11-22T02:30:00+00:00", 18, {"1": "00"}, {"people_person": 3}, (), ("people.0001",))


def sealed(content, secret=SECRET):
    out = io.BytesIO()
    sealing = stream.Sealing(out, secret=secret, head=HEAD)
    sealing.write(content)
    sealing.finish()
    return out.getvalue()


def unsealed(whole, secret=SECRET, head=HEAD):
    file = io.BytesIO(whole)
    file.seek(len(HEAD))
    return b"".join(stream.opened(file, secret=secret, head=head))


@pytest.mark.parametrize("size", [0, 1, stream.PIECE - 1, stream.PIECE, stream.PIECE + 1, 3 * stream.PIECE])
def test_what_was_sealed_comes_back(size):
    content = os.urandom(size)
    assert unsealed(sealed(content)) == content


THREE = sealed(os.urandom(2 * stream.PIECE + 500))
START = len(HEAD)
PIECES = [THREE[START : START + PIECE], THREE[START + PIECE : START + 2 * PIECE], THREE[START + 2 * PIECE :]]


@pytest.mark.parametrize(
    "pieces",
    {
        "a bit of the first": [bytes([PIECES[0][0] ^ 1]) + PIECES[0][1:], *PIECES[1:]],
        "a bit of the last": [*PIECES[:2], PIECES[2][:-1] + bytes([PIECES[2][-1] ^ 1])],
        "exchanged": [PIECES[1], PIECES[0], PIECES[2]],
        "one left out": [PIECES[0], PIECES[2]],
        "one twice": [PIECES[0], PIECES[0], PIECES[1], PIECES[2]],
        "the last one gone": PIECES[:2],
        "all gone": [],
        "cut inside": [*PIECES[:2], PIECES[2][:-1]],
        "something added": [*PIECES, b"more"],
        "a whole piece added": [*PIECES, PIECES[2]],
    }.items(),
    ids=lambda case: case[0],
)
def test_a_stream_that_was_touched_opens_nothing(pieces):
    with pytest.raises(stream.Damaged):
        unsealed(HEAD + b"".join(pieces[1]))


def test_another_key_or_another_head_opens_nothing():
    for secret, head in ((bytes([1]) * 32, HEAD), (SECRET, b"heaD")):
        with pytest.raises(stream.Damaged):
            unsealed(THREE, secret, head)


@pytest.fixture
def key_folder(settings, tmp_path):
    settings.HG_KEYS = tmp_path / "keys"
    keys.make_missing(settings.HG_KEYS)
    return settings.HG_KEYS


def find_in(folder):
    return lambda number, mark: keys.found(folder, number, mark)[0]


def packed(blocks):
    out = io.BytesIO()
    digest = archive.write(out, MANIFEST, blocks, key=keyring.current())
    out.seek(0)
    return out, digest


def test_an_archive_gives_back_its_manifest_and_its_dump(key_folder):
    blocks = [os.urandom(n) for n in (1, 300_000, 70)]
    file, digest = packed(blocks)
    opened = Archive(file, find_in(key_folder))
    assert opened.prove() == (MANIFEST, digest)
    assert b"".join(opened.dump()) == b"".join(blocks)
    assert b"people_person" not in file.getvalue()


def test_no_key_is_in_an_archive(key_folder):
    file, _digest = packed([b"dump"])
    secret = keyring.current().secret
    assert secret not in file.getvalue()
    assert keyring.current().derived("backup") not in file.getvalue()
    assert not any(secret in piece for piece in Archive(file, find_in(key_folder)).dump())


def test_two_archives_of_the_same_are_not_alike(key_folder):
    assert packed([b"same"])[0].getvalue()[-200:] != packed([b"same"])[0].getvalue()[-200:]


@pytest.mark.parametrize(
    ("at", "refusal"), [(-1, stream.Damaged), (60, stream.Damaged), (0, archive.NotAnArchive)]
)
def test_an_altered_archive_is_refused(key_folder, at, refusal):
    file, _digest = packed([b"dump"])
    content = bytearray(file.getvalue())
    content[at] ^= 1
    with pytest.raises(refusal):
        Archive(io.BytesIO(content), find_in(key_folder)).prove()


def test_a_digest_that_does_not_fit_is_refused(key_folder):
    out, key = io.BytesIO(), keyring.current()
    head = archive.MAGIC + bytes([1]) + keys.fingerprint(key) + bytes(32)
    sealing = stream.Sealing(out, secret=key.derived("backup"), head=head)
    closing = {"sha256": "0" * 64, "bytes": 4}
    for block in (json.dumps(asdict(MANIFEST)).encode(), b"dump", b"", json.dumps(closing).encode()):
        sealing.write(len(block).to_bytes(4, "big") + block)
    sealing.finish()
    out.seek(0)
    with pytest.raises(stream.Damaged, match="digest"):
        Archive(out, find_in(key_folder)).prove()


def test_without_its_key_it_says_which_and_what_to_do(key_folder, tmp_path):
    file, _digest = packed([b"dump"])
    with pytest.raises(keys.KeyMissing, match=r"house key master is not in .* keys load FILE"):
        Archive(file, find_in(tmp_path))
    file.seek(0)
    other = tmp_path / "other"
    keys.make_missing(other)
    with pytest.raises(keys.KeyMissing, match="not the house key this backup needs. Move the folder"):
        Archive(file, find_in(other))


def test_a_retired_key_still_opens_the_backups_of_its_time(key_folder):
    file, digest = packed([b"dump"])
    keyring.add()
    keyring.retire(1)
    assert keys.found(key_folder, 1, keys.fingerprint(_key(key_folder / "retired" / "master")))[1] is True
    assert Archive(file, find_in(key_folder)).prove() == (MANIFEST, digest)
    keys.reinstate(key_folder, 1)
    assert keyring.numbers() == (1, 2)


def _key(path):
    secret = path.read_bytes()
    return keyring.HouseKey(1, keyring.cipher(secret), secret)


def test_a_large_dump_never_lies_in_memory(key_folder, tmp_path):
    block = os.urandom(stream.PIECE)
    tracemalloc.start()
    with (tmp_path / "large").open("wb") as out:
        archive.write(out, MANIFEST, (block for _ in range(80)), key=keyring.current())
    with (tmp_path / "large").open("rb") as file:
        Archive(file, find_in(key_folder)).prove()
    assert tracemalloc.get_traced_memory()[1] < 6_000_000
    tracemalloc.stop()
