"""A timetable built and improved class by class, with all that one class may do looked at together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.itc2019.tables import Array, Relation, Tables, relations
from benchmarks.itc2019.wholes import broken, points

STUCK = 50  # ejections of one class in a row that ask for a random choice


@dataclass(slots=True)
class State:
    """Who is where. `chosen`, `time`, `room` are below zero for a class without a place.

    A class that was thrown out often is dear to throw out again (`weight`): that ends circles.
    """

    tables: Tables
    shared: Mapping[tuple[int, int], int]
    chance: np.random.Generator
    chosen: Array = field(init=False)
    time: Array = field(init=False)
    room: Array = field(init=False)
    weight: Array = field(init=False)
    load: Array = field(init=False)  # for each room and time: weights of those there meanwhile
    members: list[set[int]] = field(init=False)
    clashing: list[list[Relation]] = field(init=False)
    wholes: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        size, rooms = len(self.tables.names), len(self.tables.room_names)
        self.chosen, self.time, self.room = (np.full(size, -1) for _ in range(3))
        self.weight = np.ones(size, dtype=np.int64)
        self.load = np.zeros((rooms, len(self.tables.times)), dtype=np.int64)
        self.members = [set() for _ in range(rooms)]
        self.clashing = relations(self.tables, self.shared)
        self.wholes = [[] for _ in range(size)]
        for at, rule in enumerate(self.tables.wholes):
            for each in set(rule.classes):
                self.wholes[each].append(at)

    def share(self, shared: Mapping[tuple[int, int], int]) -> None:
        """Students have changed classes."""
        self.shared = shared
        self.clashing = relations(self.tables, shared)

    def put(self, one: int, option: int) -> None:
        """Give a class a place."""
        options = self.tables.options[one]
        time, room = options.time[option], options.room[option]
        self.chosen[one], self.time[one], self.room[one] = option, time, room
        if room != self.tables.none:
            self.load[room] += self.weight[one] * self.tables.overlap[time]
            self.members[room].add(one)

    def take(self, one: int) -> int:
        """Take a class out; its option until then."""
        option, room = int(self.chosen[one]), self.room[one]
        if option >= 0 and room != self.tables.none:
            self.load[room] -= self.weight[one] * self.tables.overlap[self.time[one]]
            self.members[room].discard(one)
        self.chosen[one] = self.time[one] = self.room[one] = -1
        return option

    def restore(self, chosen: Array) -> None:
        """Put everything as it was, all weights one."""
        for one in range(len(chosen)):
            self.take(one)
        self.weight[:] = 1
        for one, option in enumerate(chosen):
            if option >= 0:
                self.put(one, int(option))

    def look(self, one: int) -> tuple[Array, Array]:
        """For each option of a class without a place: the weight of what stands against it, and its price."""
        options = self.tables.options[one]
        sums = np.zeros((len(options.times), 2))
        whole = np.zeros((len(options.time), 2))
        whole[:, 0] = self.load[options.room, options.time]
        whole[:, 1] = options.cost
        for each in self.clashing[one]:
            there = self.time[each.others] >= 0
            others = each.others[there]
            if not len(others):
                continue
            weights = each.weights[:, there].copy()
            weights[0] *= self.weight[others]
            if each.kind == "room":
                by_room = each.matrix[options.rooms[:, None], self.room[others]].astype(np.float64)
                whole += (by_room @ weights.T)[options.room_at]
                continue
            found = each.matrix[options.times[:, None], self.time[others]]
            if each.kind == "attend":
                whole += self._ways(one, others, found, weights)
                found = found < 0
            sums += found.astype(np.float64) @ weights.T
        self.look_wholes(one, sums)
        whole += sums[options.time_at]
        return whole[:, 0], whole[:, 1]

    def _ways(self, one: int, others: Array, gap: Array, weights: Array) -> Array | float:
        """What is near in time but too far to walk; overlaps are counted elsewhere."""
        options, travel = self.tables.options[one], self.tables.travel
        ways = travel[options.rooms[:, None], self.room[others]]
        most = ways.max(axis=0)
        near = np.flatnonzero(((gap >= 0) & (gap < most)).any(axis=0))
        if not len(near):
            return 0.0
        close = gap[:, near][options.time_at]
        late = (close >= 0) & (close < ways[:, near][options.room_at])
        return late.astype(np.float64) @ weights[:, near].T

    def look_wholes(self, one: int, sums: Array) -> None:
        """Add what rules over whole sets say of each time of a class without a place."""
        tables = self.tables
        for at in self.wholes[one]:
            rule = tables.wholes[at]
            rest = [tables.times[self.time[each]] for each in rule.classes if self.time[each] >= 0]
            for row, time in enumerate(tables.options[one].times):
                spans = [*rest, tables.times[time]]
                if rule.required:
                    sums[row, 0] += broken(rule, spans)
                elif rule.penalty:
                    found = points(rule, spans, tables.problem.weeks)
                    sums[row, 1] += found * tables.problem.prices.distribution

    def against(self, one: int, option: int) -> set[int]:
        """The classes that would have to go for this option."""
        tables, options = self.tables, self.tables.options[one]
        time, room = options.time[option], options.room[option]
        found = {each for each in self.members[room] if tables.overlap[time, self.time[each]]}
        for each in self.clashing[one]:
            mask = (each.weights[0] > 0) & (self.time[each.others] >= 0)
            others = each.others[mask]
            if each.kind == "room":
                wrong = each.matrix[room, self.room[others]]
            elif each.kind == "time":
                wrong = each.matrix[time, self.time[others]]
            else:
                gap = each.matrix[time, self.time[others]]
                wrong = gap < tables.travel[room, self.room[others]]
            found.update(int(other) for other in others[wrong])
        for at in self.wholes[one]:
            rule = tables.wholes[at]
            if rule.required:
                held = [each for each in rule.classes if self.time[each] >= 0 and each not in found]
                self.chance.shuffle(held)
                while held and broken(
                    rule, [*(tables.times[self.time[each]] for each in held), tables.times[time]]
                ):
                    found.add(held.pop())
        found.discard(one)
        return found


def build(state: State, go_on: Callable[[], bool], lean: Sequence[Array] | None = None) -> bool:
    """Give every class a place, throwing out who stands in the way. False: the time ran out first.

    `lean`: how much rather than its price says a class takes each of its options.
    """
    sizes = [len(options.time) for options in state.tables.options]
    waiting = sorted((at for at in range(len(sizes)) if state.chosen[at] < 0), key=lambda at: -sizes[at])
    while waiting and go_on():
        one = waiting.pop(int(state.chance.integers(max(0, len(waiting) - 5), len(waiting))))
        hard, soft = state.look(one)
        score = hard * 1e6 + soft + state.chance.random(len(soft))
        if lean is not None:
            score -= lean[one]
        option = int(np.argmin(score))
        if state.weight[one] % STUCK == 0:
            option = int(state.chance.integers(len(soft)))
        for other in state.against(one, option) if hard[option] else ():
            state.take(other)
            state.weight[other] += 1
            waiting.append(other)
        state.put(one, option)
    return not waiting


def spread(state: State) -> float:
    """By how much a class's usual place is dearer than its cheapest, on average: what heat is measured by."""
    found = []
    for one in state.chance.permutation(len(state.chosen))[:200]:
        before = state.take(int(one))
        hard, soft = state.look(int(one))
        state.put(int(one), before)
        free = soft[hard == 0]
        found.append(float(np.median(free) - free.min()) if len(free) else 0.0)
    return sum(found) / max(1, len(found))
