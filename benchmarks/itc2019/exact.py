"""Neutral integer programs: some classes at once exactly, or all of them relaxed for a bound."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.itc2019.search import State
from benchmarks.itc2019.tables import Array, Relation, Tables
from homeground.timetable.solver.program import Program

OVERLAP_RULES = ("NotOverlap", "SameAttendees")


@dataclass(slots=True)
class Part:
    """The exact program of some classes, all others where they stand; prices are against those too.

    Make it with the classes taken out of the state. Classes under one rule over a whole set are never free
    together (see `work`), so those rules are in the prices and options already.
    """

    state: State
    free: Sequence[int]
    program: Program = field(default_factory=Program)
    options: dict[int, Array] = field(
        default_factory=dict
    )  # class -> options that stand against nobody fixed
    at: dict[int, Array] = field(default_factory=dict)  # class -> their columns

    def __post_init__(self) -> None:
        for one in self.free:
            hard, soft = self.state.look(one)
            kept = np.flatnonzero(hard == 0)
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

    def _pair(self, one: int, other: int, relation: Relation, weights: Array) -> None:
        tables = self.state.tables
        mine, theirs = tables.options[one], tables.options[other]
        rows, columns = self.options[one], self.options[other]
        if relation.kind == "room":
            wrong = relation.matrix[mine.room[rows][:, None], theirs.room[columns]]
        else:
            wrong = relation.matrix[mine.time[rows][:, None], theirs.time[columns]]
            if relation.kind == "attend":
                wrong = wrong < tables.travel[mine.room[rows][:, None], theirs.room[columns]]
        if not wrong.any():
            return
        kinds, which = np.unique(wrong, axis=0, return_inverse=True)
        which = which.reshape(-1)
        extra = self.program.column(float(weights[1])) if not weights[0] else None
        for kind, against in enumerate(kinds):
            if against.any():
                row = dict.fromkeys(self.at[one][which == kind].tolist(), 1.0)
                row |= dict.fromkeys(self.at[other][against].tolist(), 1.0)
                if extra is not None:
                    row[extra] = -1.0
                self.program.row(row, upper=1)

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

    def start(self, before: dict[int, int]) -> dict[int, float] | None:
        """The choices as they were, as a start of the solver."""
        found = {}
        for one, option in before.items():
            place = np.flatnonzero(self.options[one] == option)
            if not len(place):
                return None
            found[int(self.at[one][place[0]])] = 1.0
        return found

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
    found: set[bytes] = set()
    for week in range(tables.problem.weeks):
        for day in range(tables.problem.days):
            here = ((weeks >> week) & 1 != 0) & ((days >> day) & 1 != 0)
            for moment in np.unique(start[here]):
                inside = here & (start <= moment) & (end > moment)
                found.add(np.packbits(inside).tobytes())
    masks = [np.unpackbits(np.frombuffer(each, dtype=np.uint8))[: len(times)].astype(bool) for each in found]
    masks.sort(key=lambda mask: (-int(mask.sum()), mask.tobytes()))
    kept: list[Array] = []
    for mask in masks:
        if not any((mask <= other).all() for other in kept):
            kept.append(mask)
    for mask in kept:
        columns = [column for time in times[mask] for column in by_time[int(time)]]
        if len(columns) > 1:
            program.row(dict.fromkeys(columns, 1.0), upper=1)


def whole(tables: Tables) -> Program:
    """All classes with times, rooms and the required rules against overlaps: its least price is a bound.

    Soft rules and students are left out; they only add to the price.
    """
    program = Program()
    rooms: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    at_time: list[defaultdict[int, list[int]]] = []
    for options in tables.options:
        mine: defaultdict[int, list[int]] = defaultdict(list)
        for time, room, cost in zip(
            options.time.tolist(), options.room.tolist(), options.cost.tolist(), strict=True
        ):
            column = program.column(cost)
            mine[time].append(column)
            if room != tables.none:
                rooms[room].append((time, column))
        at_time.append(mine)
        program.row(dict.fromkeys([each for columns in mine.values() for each in columns], 1.0), 1, 1)
    for entries in rooms.values():
        packed(tables, program, entries)
    for rule in tables.problem.distributions:
        if rule.required and rule.kind in OVERLAP_RULES:
            members = [at_time[tables.number[each]] for each in rule.classes]
            packed(
                tables,
                program,
                [(time, column) for mine in members for time, columns in mine.items() for column in columns],
            )
    return program
