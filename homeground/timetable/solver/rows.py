"""Rows that things which exclude each other give: at one slot, or pairwise over the week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from homeground.timetable.solver.week import members

Row = dict[int, float]


def clashes(taken: Iterable[tuple[int, int]], extra: Mapping[int, Row] | None = None) -> list[Row]:
    """Rows of things (column, slots) that share a slot, without those inside another."""
    rows: defaultdict[int, Row] = defaultdict(dict)
    for slot, row in (extra or {}).items():
        rows[slot].update(row)
    for at, slots in taken:
        for slot in members(slots):
            rows[slot][at] = 1
    return [row for row in largest(rows.values()) if sum(row.values()) > 1]


def cliques(taken: Iterable[tuple[int, int]]) -> list[Row]:
    """Rows of things of which any two share a slot, though all of them may share none.

    Three-day groups at one time of day meet each other on some day whatever their days are, so a therapist
    leads at most one of them. No row of a single slot says so, and the relaxation is far weaker without.
    """
    things = list(taken)
    found: set[frozenset[int]] = set()
    for first, slots in things:
        inside = [(first, slots)]
        for at, other in things:
            if at != first and all(other & each for _, each in inside):
                inside.append((at, other))
        found.add(frozenset(at for at, _ in inside))
    rows = (dict.fromkeys(sorted(each), 1.0) for each in sorted(found, key=sorted))
    return [row for row in largest(rows) if len(row) > 1]


def largest(rows: Iterable[Row]) -> list[Row]:
    """The rows that are not part of another."""
    distinct = {frozenset(row.items()): row for row in rows}
    kept: list[frozenset[tuple[int, float]]] = []
    for key in sorted(distinct, key=len, reverse=True):
        if not any(key <= bigger for bigger in kept):
            kept.append(key)
    return [distinct[key] for key in kept]
