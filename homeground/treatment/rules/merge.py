"""Two people wrote in the same field: bring both together, and show what changed between two wordings.

Nothing that was typed is thrown away: where both changed the same words, both wordings stay, and the
result says so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of both. `both` is true when both had changed the same words and each wording was kept."""

    text: str
    both: bool = False


@dataclass(frozen=True, slots=True)
class _Edit:
    """Pieces `start` to `end` of the common base become these."""

    start: int
    end: int
    pieces: tuple[str, ...]
    mine: bool


def merge_text(base: str, theirs: str, mine: str) -> Merged:
    """The text after both changed `base`. A wording only one side changed wins; deletions yield to edits."""
    if theirs in (mine, base):
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    old = _PIECE.findall(base)
    edits = sorted([*_edits(old, theirs, mine=False), *_edits(old, mine, mine=True)], key=_place)
    made: list[str] = []
    at, both = 0, False
    for chunk in _chunks(edits):
        start, end = chunk[0].start, max(edit.end for edit in chunk)
        made += old[at:start]
        sides = [
            "".join(_applied(old, start, end, [edit for edit in chunk if edit.mine is side]))
            for side in (False, True)
        ]
        changed = {edit.mine for edit in chunk}
        if len(changed) == 1:
            made.append(sides[changed == {True}])
        elif sides[0] == sides[1]:
            made.append(sides[0])
        elif not sides[0].strip() or not sides[1].strip():
            made.append(sides[0] if sides[0].strip() else sides[1])
        else:
            made.append(_side_by_side(*sides))
            both = True
        at = end
    return Merged("".join([*made, *old[at:]]), both)


def merge_choices(base: Iterable[str], theirs: Iterable[str], mine: Iterable[str]) -> tuple[str, ...]:
    """Several choices after both changed them: what either added stays, what either took away goes."""
    before, there, here = (list(dict.fromkeys(each)) for each in (base, theirs, mine))
    added = [each for each in here if each not in before and each not in there]
    gone = {each for each in before if each not in here}
    return tuple(each for each in (*there, *added) if each not in gone)


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a difference."""

    change: Change
    text: str


def difference(before: str, after: str) -> tuple[Words, ...]:
    """How one wording became another, word by word."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    bare_old, bare_new = [each.strip() for each in old], [each.strip() for each in new]
    found: list[Words] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words(Change.SAME, "".join(new[j1:j2])))
            continue
        if i2 > i1:
            found.append(Words(Change.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Words(Change.ADDED, "".join(new[j1:j2])))
    return tuple(found)


def _edits(old: Sequence[str], text: str, *, mine: bool) -> list[_Edit]:
    new = _PIECE.findall(text)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Edit(i1, i2, tuple(new[j1:j2]), mine) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _place(edit: _Edit) -> tuple[int, int, bool]:
    return edit.start, edit.end, edit.mine


def _chunks(edits: Sequence[_Edit]) -> list[list[_Edit]]:
    """Edits that touch the same words belong together; so do two insertions at one place."""
    found: list[list[_Edit]] = []
    end = -1
    for edit in edits:
        if found and (edit.start < end or edit.start == end == found[-1][-1].start):
            found[-1].append(edit)
        else:
            found.append([edit])
        end = max(end, edit.end)
    return found


def _applied(old: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    made: list[str] = []
    at = start
    for edit in edits:
        made += [*old[at : edit.start], *edit.pieces]
        at = edit.end
    return [*made, *old[at:end]]


def _side_by_side(theirs: str, mine: str) -> str:
    gap = "" if theirs[-1:].isspace() or mine[:1].isspace() or not theirs else " "
    return f"{theirs}{gap}{mine}"
