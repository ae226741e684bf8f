"""Neutral integer programs: some classes at once exactly, or all of them relaxed for a bound."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.itc2019.search import State
from benchmarks.itc2019.tables import Array, Relation, Tables
from homeground.timetable.solver.program import Program

MOST = 150  # options of a class in an exact program, cheapest first
OVERLAP_RULES = ("NotOverlap", "SameAttendees")


@dataclass(slots=True)
class Part:
    """The exact program of some classes, all others where they stand; prices are against those too.

    Make it with the classes taken out of the state. No two of them may be under one rule over a whole set
    (`Whole`): those rules are in the options and prices of each. `before`: the choices they had.
    `ways`: with the ways between rooms.
    """

    state: State
    free: Sequence[int]
    before: Mapping[int, int] | None = None
    ways: bool = True
    program: Program = field(default_factory=Program)
    options: dict[int, Array] = field(
        default_factory=dict
    )  # class -> options that stand against nobody fixed
    at: dict[int, Array] = field(default_factory=dict)  # class -> their columns

    def __post_init__(self) -> None:
        for one in self.free:
            hard, soft = self.state.look(one)
            kept = self._kept(one, np.flatnonzero(hard == 0), soft)
            self.options[one] = kept
            self.at[one] = np.array([self.program.column(float(soft[each])) for each in kept], dtype=np.int64)
            self.program.row(dict.fromkeys(self.at[one].tolist(), 1.0), 1, 1)
        inside = set(self.free)
        for one in self.free:
            for each in self.state.clashing[one]:
                for place, other in enumerate(each.others):
                    if one < other and int(other) in inside:
                        self._pair(one, int(other), each, each.weights[:, place])
        self._rooms()
        self._sets()

    def _kept(self, one: int, open_to: Array, soft: Array) -> Array:
        """The cheapest options and the one it had; all of them where nothing is known of before."""
        if self.before is None or len(open_to) <= MOST:
            return open_to
        cheapest = open_to[np.argsort(soft[open_to], kind="stable")[:MOST]]
        return np.union1d(cheapest, self.before[one])

    def _pair(self, one: int, other: int, relation: Relation, weights: Array) -> None:
        tables = self.state.tables
        required = weights[0] > 0
        if required and (relation.matrix is tables.overlap or (relation.kind == "attend" and not self.ways)):
            return  # in a set
        mine, theirs = tables.options[one], tables.options[other]
        rows, columns = self.options[one], self.options[other]
        if relation.kind == "room":
            wrong = relation.matrix[mine.room[rows][:, None], theirs.room[columns]]
        else:
            wrong = relation.matrix[mine.time[rows][:, None], theirs.time[columns]]
        if relation.kind == "attend":
            gap = wrong
            wrong = gap < 0
            if self.ways:
                wrong = gap < tables.travel[mine.room[rows][:, None], theirs.room[columns]]
            if required:
                wrong = wrong & (gap >= 0)  # the others are in a set
        if not wrong.any():
            return
        alike: defaultdict[bytes, list[int]] = defaultdict(list)  # options that stand against the same ones
        for place, against in enumerate(np.packbits(wrong, axis=1)):
            alike[against.tobytes()].append(place)
        extra = None if required else self.program.column(float(weights[1]), whole=False)
        for places in alike.values():
            against = self.at[other][wrong[places[0]]]
            if len(against):
                row = dict.fromkeys([*self.at[one][places].tolist(), *against.tolist()], 1.0)
                if extra is not None:
                    row[extra] = -1.0
                self.program.row(row, upper=1)

    def _sets(self) -> None:
        """Required rules against overlaps, all classes of a rule together."""
        tables, known = self.state.tables, set()
        inside = set(self.free)
        for rule in tables.problem.distributions:
            members = frozenset(inside.intersection(tables.number[each] for each in rule.classes))
            if not rule.required or rule.kind not in OVERLAP_RULES or len(members) < 2 or members in known:
                continue
            known.add(members)
            entries = [
                (int(tables.options[one].time[option]), int(column))
                for one in sorted(members)
                for option, column in zip(self.options[one], self.at[one], strict=True)
            ]
            packed(tables, self.program, entries)

    def _rooms(self) -> None:
        tables = self.state.tables
        rooms: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for one in self.free:
            options = tables.options[one]
            for option, column in zip(self.options[one], self.at[one], strict=True):
                if options.room[option] != tables.none:
                    rooms[int(options.room[option])].append((int(options.time[option]), int(column)))
        for entries in rooms.values():
            packed(tables, self.program, entries)

    def start(self) -> dict[int, float]:
        """The choices as they were, as a start of the solver."""
        return {
            int(self.at[one][np.searchsorted(self.options[one], option)]): 1.0
            for one, option in (self.before or {}).items()
        }

    def chosen(self, values: Sequence[float]) -> dict[int, int]:
        """The option of each class in a solution."""
        got = np.array(values)
        return {one: int(self.options[one][np.argmax(got[self.at[one]])]) for one in self.free}


def packed(tables: Tables, program: Program, entries: Iterable[tuple[int, int]]) -> None:
    """At most one of the columns at any moment; entries are (time, column)."""
    by_time: defaultdict[int, list[int]] = defaultdict(list)
    for time, column in entries:
        by_time[time].append(column)
    times = np.array(sorted(by_time))
    if not len(times):
        return
    start, end = tables.column("start")[times], tables.column("end")[times]
    days, weeks = tables.column("days")[times], tables.column("weeks")[times]
    meeting = {
        (((weeks >> week) & 1 != 0) & ((days >> day) & 1 != 0)).tobytes()
        for week in range(tables.problem.weeks)
        for day in range(tables.problem.days)
    }
    rows = []
    for each in sorted(meeting):
        here = np.frombuffer(each, dtype=bool)
        moments = np.unique(start[here])[:, None]
        rows.append(np.packbits((start <= moments) & (end > moments) & here, axis=1))
    different = {row.tobytes(): row for row in np.concatenate(rows)}
    masks = np.unpackbits(np.array(list(different.values())), axis=1)[:, : len(times)]
    masks = masks[masks.sum(axis=1) > 0].astype(np.float32)
    sizes = masks.sum(axis=1)
    inside_of = (masks @ masks.T) >= sizes[:, None]  # the row's times are all in the column's
    np.fill_diagonal(inside_of, False)
    for mask in masks[~inside_of.any(axis=1)]:
        columns = [column for time in times[mask > 0] for column in by_time[int(time)]]
        if len(columns) > 1:
            program.row(dict.fromkeys(columns, 1.0), upper=1)


def whole(tables: Tables) -> Part:
    """All classes at once without students, rules over whole sets and ways: its least price is a bound."""
    state = State(tables, {}, np.random.default_rng(0))
    return Part(state, range(len(tables.names)), ways=False)
