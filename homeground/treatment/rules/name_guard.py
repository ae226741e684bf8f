"""Names of other patients in a note: as they are, inflected, short, misspelled by one letter, as initials.

A finding is a question to the writer, never a proof. Source of the rule: 42 CFR 2.12(a), a record identifies
nobody else as a patient; check D08. People of the same session are looked for in every form; other patients
of the clinic by full or family name, because a note may well speak of a son who shares a first name.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from homeground.treatment.rules.given_names import ALSO_WORDS, OTHER_FORMS

_WORDS = {
    "letters": """
AA NA CA GA MA OA TV ER ED OT PT IV MI CB UA UD US UK AM PM OK ID HR PO RX TX DX HX SI HI DV CO MD
DO NP RN PA LP AC BP HR GI ON IN AT IT IS OR BY MY NO SO UP WE GO TO TB HS RE PC BA MS DJ
""",
    "story": """
said says told tells shared shares asked asks talked talks spoke speaks described describes
mentioned disclosed admitted reported cried left came who whose was is has had wants wanted lost
relapsed used uses drank drinks got gets made felt feels responded replied laughed agreed disagreed
offered gave
""",
    "particles": """
de del la las los van von der den y e da dos di el al bin ibn st san jr sr
""",
}
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_DOTTED = re.compile(r"\b([A-Z])\.\s?(?:[A-Z]\.\s?)?([A-Z])\b\.?")
_BARE = re.compile(r"\b([A-Z])([A-Z])\b(?!\.[A-Z])")
_SINGLE = re.compile(r"\b([A-Z])\.?(?=\s+[a-z])")
# Two letters that are words of the trade, not people.
_LETTERS = frozenset(_WORDS["letters"].split())
_STORY = frozenset(_WORDS["story"].split())
# "Hope is what she named": what a word can do as well as a person says nothing at the start of a sentence.
_ACTS = _STORY - {"is", "was", "has", "had", "who", "whose", "left", "came", "made", "gave", "felt", "used"}
_LONG_ENOUGH = 5
_TEXTS_KEPT = 128
_LONG_IN_SMALL_LETTERS = 6


class Form(StrEnum):
    """How a name stands in a text."""

    NAME = "name"
    SHORT = "short"
    MISSPELLED = "misspelled"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose name must not stand there. `here` is true for people of the same session."""

    id: str
    given: str = field(repr=False)
    family: str = field(default="", repr=False)
    called: str = field(default="", repr=False)
    here: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """Part of a text that may name somebody: whom, how, and where it stands."""

    id: str
    form: Form
    found: str = field(repr=False)
    start: int
    end: int


def plain(text: str) -> str:
    """A name or word in small letters without accents and without a possessive ending."""
    if text.isascii() and "'" not in text:
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return bare.removesuffix("'s").rstrip("'")


class Guard:
    """The names to look for, made ready once for many texts."""

    def __init__(self, people: Sequence[Named]) -> None:
        self._people = tuple(people)
        self._exact: dict[str, list[tuple[Named, Form]]] = {}
        self._long: list[tuple[str, Named]] = []
        self._by_letter: dict[str, list[tuple[str, Named]]] = {}
        self._initials: dict[str, list[Named]] = {}
        # Texts looked through a moment ago: while somebody types, one of a session changes.
        self._found: dict[tuple[str, tuple[str, ...]], tuple[Finding, ...]] = {}
        for person in people:
            self._learn(person)

    def _learn(self, person: Named) -> None:
        given = {part for name in (person.given, person.called) for part in _parts(name)}
        family = set(_parts(person.family))
        for name in family | (given if person.here else set()):
            self._exact.setdefault(name, []).append((person, Form.NAME))
            if len(name) >= _LONG_ENOUGH:
                self._long.append((name, person))
                if len(name) >= _LONG_IN_SMALL_LETTERS and name not in ALSO_WORDS:
                    self._by_letter.setdefault(name[0], []).append((name, person))
        if not person.here:
            return
        for name in {short for each in given for short in OTHER_FORMS.get(each, ())} - given - family:
            self._exact.setdefault(name, []).append((person, Form.SHORT))
        if person.family:
            for first in {person.given[:1], person.called[:1]} - {""}:
                self._initials.setdefault(f"{first}{person.family[0]}".upper(), []).append(person)
        self._initials.setdefault(person.given[:1].upper(), []).append(person)

    def find(self, text: str, *, own: Sequence[str] = ()) -> tuple[Finding, ...]:
        """What may name one of the others, in order. `own` are names the text may use: its person's, staff's.

        The names of the text's own person never count, nor do people who share that name.
        """
        asked = (text, tuple(own))
        if asked not in self._found:
            if len(self._found) >= _TEXTS_KEPT:
                self._found.clear()
            self._found[asked] = self._look(text, own)
        return self._found[asked]

    def _look(self, text: str, own: Sequence[str]) -> tuple[Finding, ...]:
        allowed = {part for name in own for part in _parts(name)}
        allowed |= {form for name in allowed for form in OTHER_FORMS.get(name, ())}
        tokens = list(_TOKEN.finditer(text))
        found = [
            finding
            for at, token in enumerate(tokens)
            if (finding := self._token(text, tokens, at, token, allowed)) is not None
        ]
        taken = [(each.start, each.end) for each in found]
        own_initials = {name[:1].upper() for name in own} | {
            f"{a[:1]}{b[:1]}".upper() for a in own for b in own
        }
        for finding in self._by_initials(text, own_initials):
            if not any(start < finding.end and finding.start < end for start, end in taken):
                found.append(finding)
                taken.append((finding.start, finding.end))
        return tuple(sorted(found, key=lambda each: each.start))

    def _token(
        self, text: str, tokens: list[re.Match[str]], at: int, token: re.Match[str], allowed: set[str]
    ) -> Finding | None:
        word = plain(token.group())
        for form in (word, word.removesuffix("s"), *(_parts(token.group()) if "-" in word else ())):
            known = self._exact.get(form, ())
            if not known or form in allowed or word in allowed:
                continue
            person, how = known[0]
            # A plural in small letters is rather a word: "marks", "woods".
            sure = form not in ALSO_WORDS and (form == word or token.group()[0].isupper())
            if sure or self._as_name(text, tokens, at, allowed):
                return Finding(person.id, how, token.group(), token.start(), token.end())
        return self._misspelled(text, tokens, at, token, word, allowed)

    def _as_name(self, text: str, tokens: list[re.Match[str]], at: int, allowed: set[str]) -> bool:
        """Whether a word that may be a name is written as one here."""
        token = tokens[at]
        if not token.group()[0].isupper() or token.group().isupper():
            return False
        after = plain(tokens[at + 1].group()) if at + 1 < len(tokens) else ""
        if not _opens(text, token.start()):
            before = plain(tokens[at - 1].group()) if at else ""
            return before not in allowed or after in _STORY
        return after in _ACTS or after in self._exact or token.group().endswith(("'s", "’s"))

    def _misspelled(
        self,
        text: str,
        tokens: list[re.Match[str]],
        at: int,
        token: re.Match[str],
        word: str,
        allowed: set[str],
    ) -> Finding | None:
        if len(word) < _LONG_ENOUGH - 1 or word in ALSO_WORDS or word in allowed or word in OTHER_FORMS:
            return None
        from rapidfuzz.distance import OSA  # 4 MB, where notes are written

        as_name = token.group()[0].isupper() and not _opens(text, token.start())
        if not as_name and len(word) < _LONG_IN_SMALL_LETTERS:
            return None
        # In small letters only long names, and only with the right first letter: words are many, names few.
        for name, person in self._long if as_name else self._by_letter.get(word[0], ()):
            if name in allowed or abs(len(name) - len(word)) > 1:
                continue
            near = OSA.distance(name, word, score_cutoff=1) == 1
            # What is as near to a name that may stand here is that name misspelled.
            if near and not any(OSA.distance(word, mine, score_cutoff=1) <= 1 for mine in allowed):
                return Finding(person.id, Form.MISSPELLED, token.group(), token.start(), token.end())
        return None

    def _by_initials(self, text: str, own: set[str]) -> Iterator[Finding]:
        for match in _DOTTED.finditer(text):
            yield from self._initial(match, f"{match[1]}{match[2]}", own)
        for match in _BARE.finditer(text):
            if match.group() not in _LETTERS and _story_follows(text, match.end()):
                yield from self._initial(match, match.group(), own)
        for match in _SINGLE.finditer(text):
            if match[1] not in "IA" and _story_follows(text, match.end(), within=1):
                yield from self._initial(match, match[1], own)

    def _initial(self, match: re.Match[str], letters: str, own: set[str]) -> Iterator[Finding]:
        known = self._initials.get(letters, ())
        if known and letters not in own:
            yield Finding(known[0].id, Form.INITIALS, match.group(), match.start(), match.end())


@lru_cache(maxsize=4)
def guard_of(people: tuple[Named, ...]) -> Guard:
    """The guard for these people, kept while the same people are asked about."""
    return Guard(people)


def _parts(name: str) -> list[str]:
    """The parts of a name that can stand alone; particles and single letters cannot."""
    return [part for part in re.split(r"[\s\-]+", plain(name)) if len(part) > 1 and part not in _PARTICLES]


_PARTICLES = frozenset(_WORDS["particles"].split())


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a quotation begins here, so that the capital letter says nothing."""
    before = text[:start].rstrip(" \n\t“\"'(‘")
    return not before or before[-1] in ".!?:…\n”"


def _story_follows(text: str, end: int, within: int = 2) -> bool:
    words = [plain(each.group()) for each in _TOKEN.finditer(text[end : end + 40])][:within]
    return any(word in _STORY for word in words)
