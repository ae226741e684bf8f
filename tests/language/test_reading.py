"""Patient and public texts read at grade 6 or below, in English and in Spanish alike, and shame nobody."""

import re
from pathlib import Path

import polib
import pyphen
import pytest

HOUSE = Path(__file__).resolve().parents[2] / "homeground"
SHELLS = ("ground/public.html", "ground/patient.html")
PATIENT_FORMS = (
    "front_door/forms*",
    "front_door/forms/*",
    "desk/forms/own.py",
    "desk/forms/consents.py",
    "desk/words.py",
    "interop/forms/public.py",
)


def with_parts(page: Path) -> set[Path]:
    """A template and what it includes of its own room."""
    room = page.relative_to(HOUSE).parts[0]
    found = {page}
    for name in re.findall(rf'{{% include "({room}/[^"]+)"', page.read_text()):
        if room != "ground":
            found |= with_parts(HOUSE / room / "templates" / name)
    return found


TEMPLATES = sorted(
    {
        part
        for path in HOUSE.glob("*/templates/**/*.html")
        if any(f'extends "{shell}"' in path.read_text() for shell in SHELLS)
        for part in with_parts(path)
    }
)
WORDS = sorted(
    {*HOUSE.glob("*/words/*.py"), *(p for g in PATIENT_FORMS for p in HOUSE.glob(g) if p.suffix == ".py")}
)
GRADE = 6.0
SPANISH_EASE = 65.0
SYLLABLES = {"en": pyphen.Pyphen(lang="en_US"), "es": pyphen.Pyphen(lang="es")}
PHRASE = re.compile(
    r"""\{%\s*translate\s+(["'])(?P<one>.*?)\1|\{%\s*blocktranslate[^%]*%\}(?P<block>.*?)\{%\s*(?:plural|endblocktranslate)"""
    r"""|_\(\s*(?P<code>(?:"[^"]*"\s*)+)""",
    re.S,
)
SHAMING = re.compile(
    r"\b(addicts?|abusers?|junkies?|clean|dirty|relapsed|failed|non-?compliant|adictos?|adictas?|drogadict\w+|sucio)\b",
    re.I,
)


def phrases(path: Path) -> list[str]:
    found = []
    for match in PHRASE.finditer(path.read_text()):
        text = match["one"] or match["block"] or "".join(re.findall(r'"([^"]*)"', match["code"] or ""))
        found.append(re.sub(r"\s+", " ", text).strip())
    return [text for text in found if text]


def plain(text: str) -> str:
    """The text without placeholders, telephone numbers and markup; a placeholder reads as a short word."""
    text = re.sub(r"\{\{.*?\}\}|%\(\w+\)[sd]|%[sd]|\{\w*\}", "one", text)
    return re.sub(r"<[^>]+>|\d[\d\-:]+", " ", text)


def sentences(text: str) -> list[list[str]]:
    parts = [re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", part) for part in re.split(r"[.!?:;•\n]+", plain(text))]
    return [words for words in parts if words]


def syllables(word: str, language: str) -> int:
    return len(SYLLABLES[language].positions(word.lower())) + 1


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade (Kincaid and others 1975) of all texts of a page together."""
    parts = [words for text in texts for words in sentences(text)]
    words = [word for part in parts for word in part]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(syllables(w, "en") for w in words) / len(words) - 15.59


def spanish_ease(texts: list[str]) -> float:
    """Reading ease by Szigriszt-Pazos (1993): 65 and above is read easily after primary school."""
    parts = [words for text in texts for words in sentences(text)]
    words = [word for part in parts for word in part]
    return 206.835 - 62.3 * sum(syllables(w, "es") for w in words) / len(words) - len(words) / len(parts)


def spanish() -> dict[str, str]:
    found = {}
    for path in HOUSE.glob("*/locale/es/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            if entry.msgstr and not entry.fuzzy:
                found[entry.msgid.replace("\n", " ").strip()] = entry.msgstr
            for index, text in entry.msgstr_plural.items():
                found[entry.msgid if index == 0 else entry.msgid_plural] = text
    return {re.sub(r"\s+", " ", key).strip(): text for key, text in found.items()}


SPANISH = spanish()


def as_message(text: str) -> str:
    """A template's block as gettext knows it: placeholders become %(name)s."""
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", text)


def test_there_are_pages_to_read():
    assert len(TEMPLATES) >= 8


def test_the_measure_tells_plain_from_difficult():
    assert grade(["We can help. Call us today. You choose the time."]) < 3
    assert (
        grade(
            ["Participants demonstrating insufficient motivation necessitate multidisciplinary evaluation."]
        )
        > 12
    )


@pytest.mark.parametrize("path", TEMPLATES + WORDS, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_page_reads_at_grade_six_or_below(path):
    texts = phrases(path)
    if sum(len(part) for text in texts for part in sentences(text)) < 20:
        return
    assert grade(texts) <= GRADE


@pytest.mark.parametrize("path", TEMPLATES + WORDS, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_page_reads_as_easily_in_spanish(path):
    texts = phrases(path)
    missing = [text for text in texts if as_message(text) not in SPANISH and text not in SPANISH]
    assert missing == []
    translated = [SPANISH.get(as_message(text)) or SPANISH[text] for text in texts]
    if sum(len(part) for text in translated for part in sentences(text)) < 20:
        return
    assert spanish_ease(translated) >= SPANISH_EASE


@pytest.mark.parametrize("path", TEMPLATES + WORDS, ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_word_shames(path):
    for text in phrases(path):
        assert not SHAMING.search(text)
        assert not SHAMING.search(SPANISH.get(as_message(text), ""))


@pytest.mark.parametrize(
    "path", sorted(HOUSE.glob("*/locale/es/LC_MESSAGES/django.po")), ids=lambda p: p.parts[-5]
)
def test_a_translation_is_complete_and_compiled(path):
    catalogue = polib.pofile(str(path))
    unfinished = [
        e.msgid for e in catalogue if not e.obsolete and (e.fuzzy or not (e.msgstr or e.msgstr_plural))
    ]
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert unfinished == []
    assert {e.msgid: e.msgstr for e in compiled} == {e.msgid: e.msgstr for e in catalogue if not e.obsolete}
