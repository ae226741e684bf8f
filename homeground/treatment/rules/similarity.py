"""How alike two notes are, and which passage they share.

Compared word by word, as a reviewer does: capitals and punctuation do not count, names of the two people
and pronouns stand for anybody, and wording of the plan that a note quotes is not the note's own. Sentences
moved around change nothing: the sorted sentences are compared as well, and the higher figure counts.
Source of the thresholds: rule pack, `note.similarity_warn_percent` and `note.similarity_list_percent`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

_ENDS = ".!?…"
_BETWEEN = '"#$%&()*+,-/:;<=>@[]^_`{|}~“”„«»–—¿¡'
_CUT = str.maketrans(dict.fromkeys(_BETWEEN, " ") | dict.fromkeys(_ENDS, ".") | {"’": "'"})
_INSIDE = rf"[^\s{re.escape(_ENDS + _BETWEEN)}]"
_WORD = re.compile(rf"(?=['’]*[^\s'’{re.escape(_ENDS + _BETWEEN)}]){_INSIDE}+")
_SOMEBODY = "§"
_PRONOUNS = frozenset(
    ("he", "she", "they", "him", "her", "hers", "them", "his", "their", "theirs", "himself", "herself")
)


# While somebody types, one text of a session changes and four hundred stay as they are: what was read and
# compared a moment ago is kept in this process, and only there: at most a few megabytes.
_TEXTS_KEPT, _PAIRS_KEPT = 512, 1_024


class Level(StrEnum):
    """What a likeness calls for. LIST also puts the pair on the compliance list."""

    NONE = "none"
    WARN = "warn"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percent of likeness from which a pair is shown, and from which it is listed."""

    warn: int = 80
    listed: int = 90

    def level(self, similarity: float) -> Level:
        """What a likeness between 0 and 1 calls for."""
        percent = similarity * 100
        if percent >= self.listed:
            return Level.LIST
        return Level.WARN if percent >= self.warn else Level.NONE


@dataclass(frozen=True, slots=True)
class Written:
    """A text to compare: whose it is, names that stand for that person, wording that is the plan's."""

    id: str
    text: str
    names: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are too alike. `earlier` is true for a former note of the same person.

    `passage` is the longest run of words they share, as it stands in the first; `start` and `end` its
    place there.
    """

    one: str
    other: str
    similarity: float
    level: Level
    earlier: bool
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A text as it is compared: its words in order, and with its sentences sorted. Equal only to itself."""

    written: Written
    words: tuple[str, ...]
    by_sentence: tuple[str, ...]


def alike(one: Written, other: Written) -> float:
    """Likeness of two texts from 0 to 1; 0 when either has no words."""
    return _alike(_read(one), _read(other))


def pairs(
    peers: Sequence[Written],
    earlier: Iterable[tuple[str, Sequence[Written]]] = (),
    *,
    thresholds: Thresholds,
) -> tuple[Pair, ...]:
    """All pairs of a session's texts, and of each text with that person's earlier ones, from `warn` on.

    `earlier` names a text of `peers` by its id. The most alike come first.
    """
    read = {each.id: _read(each) for each in peers}
    found = [
        *_found(((read[one.id], read[other.id]) for one, other in combinations(peers, 2)), False, thresholds),
        *_found(
            ((read[id], _read(former)) for id, formers in earlier if id in read for former in formers),
            True,
            thresholds,
        ),
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.similarity, pair.one, pair.other)))


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def _found(
    candidates: Iterable[tuple[_Read, _Read]], earlier: bool, thresholds: Thresholds
) -> Iterator[Pair]:
    floor = thresholds.warn / 100
    for one, other in candidates:
        similarity = _alike(one, other, floor)
        level = thresholds.level(similarity)
        if level is Level.NONE:
            continue
        start, end = _passage(one, other)
        yield Pair(
            one.written.id,
            other.written.id,
            round(similarity, 3),
            level,
            earlier,
            one.written.text[start:end],
            start,
            end,
        )


@lru_cache(maxsize=_PAIRS_KEPT)
def _alike(one: _Read, other: _Read, floor: float = 0.0) -> float:
    if not one.words or not other.words:
        return 0.0
    from rapidfuzz.distance import Indel  # 4 MB, where notes are compared

    return max(
        Indel.normalized_similarity(one.words, other.words, score_cutoff=floor),
        Indel.normalized_similarity(one.by_sentence, other.by_sentence, score_cutoff=floor),
    )


def _passage(one: _Read, other: _Read) -> tuple[int, int]:
    """Where the longest run of shared words stands in the first text."""
    from rapidfuzz.distance import LCSseq

    blocks = LCSseq.opcodes(one.words, other.words)
    best = max(
        (each for each in blocks if each.tag == "equal"),
        key=lambda each: each.src_end - each.src_start,
        default=None,
    )
    if best is None:
        return 0, 0
    places = [match.span() for match in _WORD.finditer(_own(one.written))]
    return places[best.src_start][0], places[best.src_end - 1][1]


@lru_cache(maxsize=_TEXTS_KEPT)
def _read(written: Written) -> _Read:
    names = frozenset(word for name in written.names for word in _words(name.casefold().translate(_CUT)))
    text = _own(written).casefold().translate(_CUT)
    sentences = [
        [_SOMEBODY if word in names or word in _PRONOUNS else word for word in _words(sentence)]
        for sentence in text.split(".")
    ]
    return _Read(
        written,
        tuple(word for sentence in sentences for word in sentence),
        tuple(word for sentence in sorted(sentences) for word in sentence),
    )


def _words(text: str) -> list[str]:
    """The words of a text in small letters without marks; a possessive ending is left out."""
    words = text.split()
    if "'" not in text:
        return words
    bare = (word.strip("'").removesuffix("'s") for word in words)
    return [word for word in bare if word]


def _own(written: Written) -> str:
    """The text with the plan's wording blanked, every other letter in its place."""
    text = written.text
    for wording in written.quoted:
        if wording:
            text = text.replace(wording, " " * len(wording))
    return text
