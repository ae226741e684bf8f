"""Notes as JSON: what `./run notes` reads and writes. The shapes are told in docs/notes.md."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from homeground.treatment.rules.drafter import Draft, draft
from homeground.treatment.rules.name_guard import Guard, Named
from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Objective,
    Participation,
    Progress,
    Pronoun,
    Response,
    Risk,
    Skill,
    SkillLevel,
)
from homeground.treatment.rules.similarity import Thresholds, Written, pairs

type Json = Any


class NotThisShape(ValueError):
    """The JSON has another shape than docs/notes.md tells; the text names the place."""


def read_participation(found: Json) -> Draft:
    """The draft of one participation. Raises NotThisShape for unknown words or a wrong shape."""
    top = _object(found, "the file")
    person = _object(top.get("person", {}), "person")
    marks = _object(top.get("participation", {}), "participation")
    known = set(Participation.__dataclass_fields__)
    if unknown := sorted(marks.keys() - known):
        raise NotThisShape(f"participation.{unknown[0]} is not known; known are {', '.join(sorted(known))}")
    objectives = tuple(
        Objective(_text(each, "id", "objectives"), _text(each, "words", "objectives"), each.get("goal", ""))
        for each in _list(top.get("objectives", []), "objectives")
    )
    return draft(
        Participation(
            engagement=_word(Engagement, marks, "engagement"),
            responses=_words(Response, marks, "responses"),
            skills=_words(Skill, marks, "skills"),
            skill_level=_word(SkillLevel, marks, "skill_level"),
            quote=_free(marks, "quote"),
            added=_free(marks, "added"),
            objectives=tuple(str(each) for each in _list(marks.get("objectives", []), "objectives")),
            progress=_word(Progress, marks, "progress"),
            risk=_word(Risk, marks, "risk"),
            risk_note=_free(marks, "risk_note"),
            next_steps=_words(NextStep, marks, "next_steps"),
            next_note=_free(marks, "next_note"),
        ),
        name=_free(person, "name"),
        pronoun=_word(Pronoun, person, "pronoun") or Pronoun.NAME,
        topic=_free(top, "topic"),
        objectives=objectives,
    )


def written_draft(made: Draft) -> Json:
    """A draft as JSON: the text, and each sentence with its sources."""
    sentences = [{"text": each.text, "sources": list(each.sources)} for each in made.sentences]
    return {"text": made.text, "sentences": sentences}


def guard_notes(found: Json, *, thresholds: Thresholds) -> Json:
    """Likeness and names in the notes of one session, as JSON. Raises NotThisShape."""
    top = _object(found, "the file")
    notes = [_object(each, "notes") for each in _list(top.get("notes", []), "notes")]
    people = [_named(each, at) for at, each in enumerate(notes)]
    others = [
        _named(
            {"id": f"other-{at}", "person": _object(each, "others")}, at, here=bool(each.get("here", False))
        )
        for at, each in enumerate(_list(top.get("others", []), "others"))
    ]
    staff = tuple(str(each) for each in _list(top.get("staff", []), "staff"))
    guard = Guard([*people, *others])
    written = [_written(each, who) for each, who in zip(notes, people, strict=True)]
    if len({each.id for each in written}) != len(written):
        raise NotThisShape("notes: two have the same id")
    alike = pairs(written, list(_earlier(notes, people)), thresholds=thresholds)
    names = [
        {"note": note, "form": hit.form, "found": hit.found, "start": hit.start, "end": hit.end, "of": hit.id}
        for note, text, own in [
            *((each.id, each.text, each.names) for each in written),
            ("shared", _free(top, "shared"), ()),
        ]
        for hit in guard.find(text, own=(*own, *staff))
    ]
    return {
        "thresholds": {"warn": thresholds.warn / 100, "list": thresholds.listed / 100},
        "pairs": [
            {
                "a": each.one,
                "b": each.other,
                "with": "earlier" if each.earlier else "session",
                "similarity": each.similarity,
                "level": each.level,
                "passage": each.passage,
            }
            for each in alike
        ],
        "names": names,
    }


def _earlier(
    notes: Sequence[Mapping[str, Json]], people: Sequence[Named]
) -> Sequence[tuple[str, Sequence[Written]]]:
    return [
        (
            who.id,
            [
                _written({"id": f"{who.id}/{at}", **_as_note(former)}, who)
                for at, former in enumerate(_list(note.get("earlier", []), "earlier"))
            ],
        )
        for note, who in zip(notes, people, strict=True)
    ]


def _as_note(former: Json) -> Mapping[str, Json]:
    """An earlier note may be a bare text."""
    return {"text": former} if isinstance(former, str) else _object(former, "earlier")


def _named(note: Mapping[str, Json], at: int, *, here: bool = True) -> Named:
    person = note.get("person", {})
    if isinstance(person, str):
        given, _, family = person.partition(" ")
        person = {"given": given, "family": family}
    person = _object(person, "person")
    return Named(
        str(note.get("id", at)),
        _free(person, "given"),
        _free(person, "family"),
        _free(person, "called"),
        here=here,
    )


def _written(note: Mapping[str, Json], who: Named) -> Written:
    quoted = tuple(str(each) for each in _list(note.get("objectives", []), "objectives"))
    names = (who.given, who.family, who.called)
    return Written(str(note.get("id", who.id)), _free(note, "text"), names, quoted)


def _object(found: Json, where: str) -> Mapping[str, Json]:
    if not isinstance(found, dict):
        raise NotThisShape(f"{where} must be an object")
    return found


def _list(found: Json, where: str) -> Sequence[Json]:
    if not isinstance(found, list):
        raise NotThisShape(f"{where} must be a list")
    return found


def _text(found: Json, key: str, where: str) -> str:
    value = _object(found, where).get(key)
    if not isinstance(value, str) or not value:
        raise NotThisShape(f"{where}.{key} must be a text")
    return value


def _free(found: Mapping[str, Json], key: str) -> str:
    value = found.get(key) or ""
    if not isinstance(value, str):
        raise NotThisShape(f"{key} must be a text")
    return value


def _word[W: StrEnum](words: type[W], found: Mapping[str, Json], key: str) -> W | None:
    value = found.get(key)
    return None if value in (None, "") else _known(words, value, key)


def _words[W: StrEnum](words: type[W], found: Mapping[str, Json], key: str) -> tuple[W, ...]:
    return tuple(_known(words, value, key) for value in _list(found.get(key) or [], key))


def _known[W: StrEnum](words: type[W], value: Json, key: str) -> W:
    if value not in [word.value for word in words]:
        raise NotThisShape(f"{key}: {value!r} is not known; known are {', '.join(filter(None, words))}")
    return words(value)
