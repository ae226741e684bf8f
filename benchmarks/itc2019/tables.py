"""A problem in numbers: what a class may do, and which choices of two classes do not go together."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from benchmarks.itc2019.problem import PAIRS, Placed, Problem, Solution

Array = np.ndarray[Any, Any]
FAR = 9999  # more slots than a day has: two times that never share a day
HARD = 0  # where a relation's weight on required rules stands; the soft one comes after it


@dataclass(slots=True)
class Options:
    """What a class may do: one entry for each time in each room open then."""

    time: Array  # number of the time
    room: Array  # number of the room, the last one is "none"
    cost: Array
    times: Array  # the different times
    time_at: Array  # for each option, where its time is in `times`
    rooms: Array
    room_at: Array


@dataclass(slots=True)
class Relation:
    """Classes whose choices clash with one class's by one matrix. `weights`: required, soft; a row each."""

    kind: str  # "time": matrix of times; "room": of rooms; "attend": less room between times than the way
    matrix: Array
    others: Array
    weights: Array


@dataclass(frozen=True, slots=True)
class Whole:
    """A rule over all its classes at once."""

    kind: str
    numbers: tuple[int, ...]
    classes: tuple[int, ...]
    required: bool
    penalty: int


@dataclass(slots=True)
class Tables:
    """Everything of a problem that does not change while it is solved."""

    problem: Problem
    names: list[str] = field(init=False)
    number: dict[str, int] = field(init=False)
    times: list[Any] = field(init=False)
    room_names: list[str | None] = field(init=False)
    options: list[Options] = field(init=False)
    pairs: dict[tuple[str, tuple[int, ...]], dict[tuple[int, int], list[float]]] = field(init=False)
    wholes: list[Whole] = field(init=False)
    _matrices: dict[Any, Array] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        problem = self.problem
        self.names = list(problem.classes)
        self.number = {name: at for at, name in enumerate(self.names)}
        self.times = sorted(
            {time for each in problem.classes.values() for time, _ in each.times}
            | {time for room in problem.rooms.values() for time in room.closed},
            key=lambda time: (time.weeks, time.days, time.start, time.length),
        )
        self.room_names = [*problem.rooms, None]
        self.options = self._options()
        self.pairs, self.wholes = self._rules()

    @property
    def none(self) -> int:
        """The number of "no room"."""
        return len(self.room_names) - 1

    def column(self, name: str) -> Array:
        """One figure of every time."""
        if name not in self._matrices:
            self._matrices[name] = np.array([getattr(each, name) for each in self.times], dtype=np.int64)
        return self._matrices[name]

    @property
    def gap(self) -> Array:
        """Slots between two times where they share a day: below zero they overlap, FAR they share none."""
        if "gap" not in self._matrices:
            start, end = self.column("start"), self.column("end")
            between = np.maximum(start[None, :] - end[:, None], start[:, None] - end[None, :])
            self._matrices["gap"] = np.where(self.shared, between, FAR).astype(np.int16)
        return self._matrices["gap"]

    @property
    def shared(self) -> Array:
        """Whether two times share a day of a week."""
        if "shared" not in self._matrices:
            days, weeks = self.column("days"), self.column("weeks")
            self._matrices["shared"] = ((days[:, None] & days) != 0) & ((weeks[:, None] & weeks) != 0)
        return self._matrices["shared"]

    @property
    def overlap(self) -> Array:
        """Whether two times overlap."""
        if "overlap" not in self._matrices:
            self._matrices["overlap"] = self.gap < 0
        return self._matrices["overlap"]

    @property
    def travel(self) -> Array:
        """Slots of way between two rooms."""
        if "travel" not in self._matrices:
            size = len(self.room_names)
            found = np.zeros((size, size), dtype=np.int16)
            for one, other in combinations(range(size), 2):
                way = self.problem.travel(self.room_names[one], self.room_names[other])
                found[one, other] = found[other, one] = way
            self._matrices["travel"] = found
        return self._matrices["travel"]

    def breaks(self, kind: str, numbers: tuple[int, ...]) -> Array:
        """Which two times (or rooms) break a rule for pairs; Precedence is for the first one before."""
        key = (kind, numbers)
        if key not in self._matrices:
            self._matrices[key] = self._breaks(kind, numbers)
        return self._matrices[key]

    def _breaks(self, kind: str, numbers: tuple[int, ...]) -> Array:
        if kind in ("SameRoom", "DifferentRoom"):
            same = np.eye(len(self.room_names), dtype=bool)
            return ~same if kind == "SameRoom" else same
        start, end = self.column("start"), self.column("end")
        days, weeks = self.column("days"), self.column("weeks")
        match kind:
            case "SameStart":
                return start[:, None] != start
            case "SameTime":
                inside = (start[:, None] <= start) & (end <= end[:, None])
                return ~(inside | inside.T)
            case "DifferentTime":
                return ~((end[:, None] <= start) | (end <= start[:, None]))
            case "SameDays" | "SameWeeks":
                which = days if kind == "SameDays" else weeks
                inside = (which[:, None] | which) == which[:, None]
                return ~(inside | inside.T)
            case "DifferentDays":
                return (days[:, None] & days) != 0
            case "DifferentWeeks":
                return (weeks[:, None] & weeks) != 0
            case "Overlap":
                return ~self.overlap
            case "NotOverlap":
                return self.overlap
            case "WorkDay":
                whole = np.maximum(end[:, None], end) - np.minimum(start[:, None], start)
                return self.shared & (whole > numbers[0])
            case "MinGap":
                return self.gap < numbers[0]
            case "Precedence":
                first = (weeks & -weeks) * 1000 + (days & -days)
                return (first[:, None] > first) | ((first[:, None] == first) & (end[:, None] > start))
        raise AssertionError(kind)

    def _options(self) -> list[Options]:
        problem, prices = self.problem, self.problem.prices
        at_time = {time: at for at, time in enumerate(self.times)}
        at_room = {room: at for at, room in enumerate(self.room_names)}
        closed: dict[str | None, list[int]] = {
            name: [at_time[time] for time in room.closed]
            for name, room in problem.rooms.items()
            if room.closed
        }
        found = []
        for each in problem.classes.values():
            penalties: dict[int, int] = {}
            for time, penalty in each.times:
                at = at_time[time]
                penalties[at] = min(penalty, penalties.get(at, penalty))
            times = np.array(sorted(penalties))
            time_cost = np.array([penalties[at] for at in sorted(penalties)]) * prices.time
            rooms: tuple[tuple[str | None, int], ...] = each.rooms or ((None, 0),)
            of_time, of_room, cost = [], [], []
            for room, penalty in rooms:
                free = np.ones(len(times), dtype=bool)
                if room in closed:
                    free = ~self.overlap[np.ix_(times, closed[room])].any(axis=1)
                of_time.append(times[free])
                of_room.append(np.full(int(free.sum()), at_room[room]))
                cost.append(time_cost[free] + penalty * prices.room)
            found.append(_options(*(np.concatenate(each) for each in (of_time, of_room, cost))))
        return found

    def _rules(self) -> Any:
        pairs: dict[Any, dict[tuple[int, int], list[float]]] = defaultdict(dict)
        wholes = []
        for rule in self.problem.distributions:
            classes = tuple(self.number[each] for each in rule.classes)
            price = rule.penalty * self.problem.prices.distribution
            if rule.kind not in PAIRS:
                wholes.append(Whole(rule.kind, rule.numbers, classes, rule.required, rule.penalty))
                continue
            for one, other in combinations(classes, 2):
                key = (one, other) if rule.kind == "Precedence" or one < other else (other, one)
                weights = pairs[rule.kind, rule.numbers].setdefault(key, [0.0, 0.0])
                weights[HARD] = max(weights[HARD], float(rule.required))
                weights[1] += price
        return dict(pairs), wholes

    def solution(self, chosen: Array, students: Mapping[int, frozenset[str]]) -> Solution:
        """What the checker and the file want."""
        found = {}
        for at, name in enumerate(self.names):
            options = self.options[at]
            time = self.times[options.time[chosen[at]]]
            room = self.room_names[options.room[chosen[at]]]
            found[name] = Placed(time, room, students.get(at, frozenset()))
        return found


def _options(time: Array, room: Array, cost: Array) -> Options:
    times, time_at = np.unique(time, return_inverse=True)
    rooms, room_at = np.unique(room, return_inverse=True)
    return Options(time, room, cost.astype(float), times, time_at, rooms, room_at)


def relations(tables: Tables, shared: Mapping[tuple[int, int], int]) -> list[list[Relation]]:
    """For each class what clashes with others; `shared`: students two classes have in common."""
    merged: dict[Any, dict[tuple[int, int], list[float]]] = {
        key: dict(of) for key, of in tables.pairs.items()
    }
    attend = {pair: list(weights) for pair, weights in merged.pop(("SameAttendees", ()), {}).items()}
    for pair, students in shared.items():
        attend.setdefault(pair, [0.0, 0.0])[1] += students * tables.problem.prices.student
    merged["SameAttendees", ()] = attend
    sides: list[dict[Any, list[tuple[int, list[float]]]]] = [defaultdict(list) for _ in tables.names]
    for (kind, numbers), pairs in merged.items():
        for (one, other), weights in pairs.items():
            sides[one][kind, numbers, False].append((other, weights))
            sides[other][kind, numbers, kind == "Precedence"].append((one, weights))
    found = []
    for side in sides:
        mine = []
        for (kind, numbers, turned), entries in side.items():
            others = np.array([other for other, _ in entries])
            both = np.array([each for _, each in entries]).T
            if kind == "SameAttendees":
                mine.append(Relation("attend", tables.gap, others, both))
                continue
            matrix = tables.breaks(kind, numbers)
            form = "room" if kind in ("SameRoom", "DifferentRoom") else "time"
            mine.append(Relation(form, matrix.T if turned else matrix, others, both))
        found.append(mine)
    return found
