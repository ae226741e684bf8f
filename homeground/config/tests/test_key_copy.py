"""The copy of the keys: its code opens it, nothing else does, and no other key is ever overwritten."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from homeground.config import key_copy, keys
from homeground.ground import keyring


@pytest.fixture
def folder(settings, tmp_path):
    settings.HG_KEYS = tmp_path / "keys"
    keys.make_missing(settings.HG_KEYS)
    keyring.add()
    keyring.retire(1)
    return settings.HG_KEYS


def content(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_code_brings_every_key_back(folder, tmp_path):
    file, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    code = key_copy.save(folder, file)
    assert not any(secret in file.read_bytes() for secret in content(folder).values())
    assert key_copy.load(file, elsewhere, code.lower().replace("-", " ")) == sorted(content(folder))
    assert content(elsewhere) == content(folder)
    assert {path.stat().st_mode & 0o777 for path in elsewhere.rglob("*") if path.is_file()} == {0o400}
    assert elsewhere.stat().st_mode & 0o777 == (elsewhere / "retired").stat().st_mode & 0o777 == 0o700
    assert len(code.replace("-", "")) == 26


def test_another_code_or_an_altered_file_opens_nothing(folder, tmp_path):
    file = tmp_path / "copy"
    code = key_copy.save(folder, file)
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    with pytest.raises(key_copy.CodeWrong):
        key_copy.load(file, tmp_path / "elsewhere", wrong)
    altered = bytearray(file.read_bytes())
    altered[-1] ^= 1
    file.write_bytes(altered)
    with pytest.raises(key_copy.CodeWrong):
        key_copy.load(file, tmp_path / "elsewhere", code)
    assert not (tmp_path / "elsewhere").exists()


def test_another_key_is_never_overwritten(folder, tmp_path):
    file, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    code = key_copy.save(folder, file)
    keys.make_missing(elsewhere)
    (elsewhere / "master").rename(elsewhere / "master-2")
    before = content(elsewhere)
    with pytest.raises(key_copy.KeysThere):
        key_copy.load(file, elsewhere, code)
    assert content(elsewhere) == before


def test_the_command_tells_the_code_once_and_reads_it_from_the_keyboard(
    folder, settings, tmp_path, monkeypatch
):
    told = io.StringIO()
    call_command("keys", "save", str(tmp_path / "copy"), stdout=told)
    code = next(line.strip() for line in told.getvalue().splitlines() if line.startswith("    "))
    with pytest.raises(CommandError, match="exists"):
        call_command("keys", "save", str(tmp_path / "copy"))
    settings.HG_KEYS = tmp_path / "new"
    for typed, refusal in (("nonsense\n", "does not open"), (f"{code}\n", None)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        if refusal:
            with pytest.raises(CommandError, match=refusal):
                call_command("keys", "load", str(tmp_path / "copy"), stderr=io.StringIO())
        else:
            call_command("keys", "load", str(tmp_path / "copy"), stdout=told, stderr=io.StringIO())
    assert content(tmp_path / "new") == content(folder)
