"""What every class would pay for each of its options, kept up to date while classes move.

A move touches the figures of the classes it concerns; looking at a class is then a few small additions. That
is what makes a step of the search cheap, for most steps end with the class where it was.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.itc2019.search import State
from benchmarks.itc2019.tables import Array, Relation

HARD, SOFT = 0, 1


@dataclass(slots=True)
class Touched:
    """Figures of other classes that change with a class's time (or room): matrix row by theirs, weighted."""

    matrix: Array  # rows: the class's own time (room); columns: those of the others
    theirs: Array  # for each figure, the time (room) it is for
    figures: Array  # where they stand
    weights: Array


class Standing:
    """A complete or nearly complete timetable with its figures. All weights of the state are one."""

    def __init__(self, state: State) -> None:
        self.state = state
        tables = state.tables
        options = tables.options
        self.first = {
            "time": np.concatenate([[0], np.cumsum([len(each.times) for each in options])]),
            "room": np.concatenate([[0], np.cumsum([len(each.rooms) for each in options])]),
        }
        self.figures = {kind: np.zeros((2, at[-1])) for kind, at in self.first.items()}
        self.touched: list[dict[str, list[tuple[int, Touched]]]] = []
        self.walked: list[Relation | None] = []
        self.near: list[Array | None] = []
        self._prepare()
        for one in range(len(options)):
            if state.chosen[one] >= 0:
                self._tell(one, 1)

    def _prepare(self) -> None:
        tables = self.state.tables
        farthest = int(tables.travel.max())
        overlaps = tables.gap < 0
        for one, relations in enumerate(self.state.clashing):
            mine: defaultdict[str, list[tuple[int, Touched]]] = defaultdict(list)
            walked = None
            for each in relations:
                kind = "room" if each.kind == "room" else "time"
                matrix = overlaps if each.kind == "attend" else each.matrix
                for level in (HARD, SOFT):
                    said = np.flatnonzero(each.weights[level])
                    if len(said):
                        found = self._touched(kind, matrix, each.others[said], each.weights[level][said])
                        mine[kind].append((level, found))
                if each.kind == "attend":
                    walked = each
            self.touched.append(dict(mine))
            self.walked.append(walked if farthest else None)
            self.near.append(self._near(one, farthest) if walked is not None and farthest else None)

    def _touched(self, kind: str, matrix: Array, others: Array, weights: Array) -> Touched:
        options = self.state.tables.options
        lists = [options[other].times if kind == "time" else options[other].rooms for other in others]
        starts = self.first[kind][others]
        sizes = [len(each) for each in lists]
        figures = np.concatenate([np.arange(at, at + size) for at, size in zip(starts, sizes, strict=True)])
        return Touched(
            matrix,
            np.concatenate(lists).astype(np.int32),
            figures.astype(np.int32),
            np.repeat(weights, sizes).astype(np.float64),
        )

    def _near(self, one: int, farthest: int) -> Array:
        """Which times are so near to one of a class's that a way might be too far."""
        gap = self.state.tables.gap[self.state.tables.options[one].times]
        near: Array = ((gap >= 0) & (gap < farthest)).any(axis=0)
        return near

    def _tell(self, one: int, sign: int) -> None:
        at = {"time": self.state.time[one], "room": self.state.room[one]}
        for kind, found in self.touched[one].items():
            for level, each in found:
                change = each.matrix[at[kind]][each.theirs] * each.weights
                if sign > 0:
                    self.figures[kind][level, each.figures] += change
                else:
                    self.figures[kind][level, each.figures] -= change

    def put(self, one: int, option: int) -> None:
        """Give a class a place."""
        self.state.put(one, option)
        self._tell(one, 1)

    def take(self, one: int) -> int:
        """Take a class out; its option until then."""
        self._tell(one, -1)
        return self.state.take(one)

    def look(self, one: int) -> tuple[Array, Array]:
        """As `State.look`, but a class that has a place need not be taken out."""
        state, options = self.state, self.state.tables.options[one]
        time, room = state.time[one], state.room[one]
        times = self.figures["time"][:, self.first["time"][one] : self.first["time"][one + 1]]
        hard, soft = times[:, options.time_at]
        hard += state.load[options.room, options.time]
        soft += options.cost
        if "room" in self.touched[one]:
            rooms = self.figures["room"][:, self.first["room"][one] : self.first["room"][one + 1]]
            hard += rooms[HARD, options.room_at]
            soft += rooms[SOFT, options.room_at]
        if time >= 0 and room != state.tables.none:
            hard -= (options.room == room) & state.tables.overlap[time, options.time]
        self._ways(one, hard, soft)
        if state.wholes[one]:
            self._wholes(one, hard, soft)
        return hard, soft

    def _ways(self, one: int, hard: Array, soft: Array) -> None:
        walked, near = self.walked[one], self.near[one]
        if walked is None or near is None:
            return
        state, tables, options = self.state, self.state.tables, self.state.tables.options[one]
        when = state.time[walked.others]
        close = np.flatnonzero((when >= 0) & near[when])
        if not len(close):
            return
        others = walked.others[close]
        gap = tables.gap[options.times[:, None], when[close]][options.time_at]
        ways = tables.travel[options.rooms[:, None], state.room[others]][options.room_at]
        late = ((gap >= 0) & (gap < ways)).astype(np.float64) @ walked.weights[:, close].T
        hard += late[:, HARD]
        soft += late[:, SOFT]

    def _wholes(self, one: int, hard: Array, soft: Array) -> None:
        state, options = self.state, self.state.tables.options[one]
        sums = np.zeros((len(options.times), 2))
        time = state.time[one]
        state.time[one] = -1
        state.look_wholes(one, sums)
        state.time[one] = time
        hard += sums[options.time_at, HARD]
        soft += sums[options.time_at, SOFT]
