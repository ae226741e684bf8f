"""What others made is the file they published; what we send stays small; catalogs are compiled."""

import gzip
import hashlib
import tomllib
from pathlib import Path

import polib
import pytest

ROOM = Path(__file__).resolve().parents[2]
STATIC = ROOM / "static/ground"
VENDORED = tomllib.loads((STATIC / "vendor.toml").read_text())["vendored"]


def test_vendored_files_are_as_published_and_none_is_unnamed() -> None:
    named = {name: digest for entry in VENDORED for name, digest in entry["sha256"].items()}
    for name, digest in named.items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
    assert {str(p.relative_to(STATIC)) for p in (STATIC / "fonts").iterdir()} == set(named)


def test_our_scripts_and_styles_stay_small_on_the_wire() -> None:
    scripts = sum(len(gzip.compress(p.read_bytes())) for p in (STATIC / "js").glob("*.js"))
    styles = sum(len(gzip.compress(p.read_bytes())) for p in (STATIC / "css").glob("*.css"))
    assert scripts < 7_500
    assert styles < 16_000


@pytest.mark.parametrize("language", ["en", "es"])
def test_catalogs_are_complete_and_compiled(language: str) -> None:
    folder = ROOM / "locale" / language / "LC_MESSAGES"
    written = polib.pofile(str(folder / "django.po"))
    assert [e.msgid for e in written if not e.translated()] == []
    compiled = polib.mofile(str(folder / "django.mo"))
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled} == {
        e.msgid: (e.msgstr, e.msgstr_plural) for e in written
    }
