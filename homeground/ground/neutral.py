"""Neutral words: a text that leaves the house must not tell what kind of place it comes from.

Source: 42 CFR 2.13(c) (presence itself is protected, tag R); checks F23 and F34. The lists stand in
`ground/words/LANGUAGE.toml`. Whoever sends anything passes every part that somebody else may see through
`require_neutral`: subject, body, sender, envelope, file name, title of a page, line of a log.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources


class BadList(ValueError):
    """A list that cannot be used; the message names what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A word that tells too much: as it stands in the text, and what it tells."""

    word: str
    tells: str


class NotNeutral(Exception):
    """A text for outside tells what kind of place it comes from; `telling` are its words, for its author."""

    def __init__(self, telling: tuple[Telling, ...]) -> None:
        super().__init__(f"{len(telling)} telling words")
        self.telling = telling


@dataclass(frozen=True, slots=True)
class NeutralWords:
    """The words of one language that must not leave the house, ready to look for."""

    language: str
    version: str
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def telling(self, text: str, *, also: Collection[str] = ()) -> tuple[Telling, ...]:
        """Every telling word of a text, in order; none means it may leave.

        `also` are this clinic's own words: its legal name, the names of its programs and groups. Case,
        accents and the kind of hyphen make no difference.
        """
        plain = _plain(text)
        own = _pattern(also) if any(word.strip() for word in also) else None
        found = [
            (match.start(), Telling(match.group(), tells))
            for tells, pattern in (*self.patterns, *((("a name of the clinic", own),) if own else ()))
            for match in pattern.finditer(plain)
        ]
        return tuple(telling for _start, telling in sorted(found, key=lambda each: each[0]))


@cache
def neutral_words(language: str) -> NeutralWords:
    """The words of a language that must not leave the house; a language without a list is held to English."""
    folder = resources.files("homeground.ground") / "words"
    file = folder / f"{language[:2]}.toml"
    return read_words((file if file.is_file() else folder / "en.toml").read_text(encoding="utf-8"))


def telling(text: str, *, language: str, also: Collection[str] = ()) -> tuple[Telling, ...]:
    """Every telling word of a text in its language and in English; `also` as in NeutralWords.telling."""
    found = neutral_words(language).telling(text, also=also)
    return found if language[:2] == "en" else found + neutral_words("en").telling(text)


def require_neutral(text: str, *, language: str, also: Collection[str] = ()) -> str:
    """The text itself, when it may leave the house. Raises NotNeutral."""
    if found := telling(text, language=language, also=also):
        raise NotNeutral(found)
    return text


def read_words(text: str) -> NeutralWords:
    """The list in a TOML text. Raises BadList: no language, a list without words, a source nobody named."""
    try:
        told = tomllib.loads(text)
        lists = told["list"]
        for each in lists:
            if each["source"] not in told["sources"] or not each["words"] or not each["tells"]:
                raise BadList(each["tells"])
        return NeutralWords(
            language=told["language"],
            version=told["version"],
            patterns=tuple((each["tells"], _pattern(each["words"])) for each in lists),
        )
    except (tomllib.TOMLDecodeError, KeyError) as wrong:
        raise BadList(str(wrong)) from None


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(each for each in apart if not unicodedata.combining(each)).lower()
    return re.sub(r"[\s\-\u2010-\u2015_/]+", " ", bare)


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    stems = [
        re.escape(_plain(word.removesuffix("*"))) + (r"\w*" if word.endswith("*") else "")
        for word in words
        if word.strip(" *")
    ]
    return re.compile(r"\b(?:" + "|".join(sorted(stems, key=len, reverse=True)) + r")\b")
