"""Who attends which class: course by course, one exact program each, everything else as it stands."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from benchmarks.itc2019.tables import Array, Tables
from homeground.timetable.solver.program import Limits, Program, Solve

COURSE_SECONDS = 20.0


@dataclass(slots=True)
class Sections:
    """Students (rows) in classes (columns)."""

    tables: Tables
    students: list[str] = field(init=False)
    attends: Array = field(init=False)
    asking: dict[str, list[int]] = field(
        init=False
    )  # course -> its students, those with like courses together

    def __post_init__(self) -> None:
        wanted = self.tables.problem.students
        self.students = list(wanted)
        self.attends = np.zeros((len(wanted), len(self.tables.names)), dtype=np.float32)
        self.asking = defaultdict(list)
        order = sorted(range(len(self.students)), key=lambda at: sorted(wanted[self.students[at]]))
        for at in order:
            for course in wanted[self.students[at]]:
                self.asking[course].append(at)

    def shared(self) -> dict[tuple[int, int], int]:
        """How many students two classes have in common."""
        common = np.triu(self.attends.T @ self.attends, 1).astype(np.int64)
        return {
            (int(one), int(other)): int(common[one, other])
            for one, other in zip(*np.nonzero(common), strict=True)
        }

    def conflicts(self, time: Array, room: Array) -> Array:
        """Which two classes a person cannot both attend without a conflict."""
        tables = self.tables
        found = tables.gap[np.ix_(time, time)] < tables.travel[np.ix_(room, room)]
        np.fill_diagonal(found, False)
        return found.astype(np.float32)

    def count(self, conflicts: Array) -> int:
        """Conflicts of all students."""
        return int(round(float(((self.attends @ conflicts) * self.attends).sum()) / 2))

    def begin(self, solve: Solve) -> bool:
        """Everybody somewhere, people with like courses together. False: a course has no room for all."""
        return all(self.arrange(course, None, solve) for course in self.asking)

    def improve(self, conflicts: Array, solve: Solve, left: float) -> None:
        """Each course once more, as long as it helps; `left` seconds."""
        spent = 0.0
        against = self.attends @ conflicts
        busy = [
            course
            for course, people in self.asking.items()
            if self._choice(course) and against[people][:, self._classes(course)].any()
        ]
        for course in busy:
            if spent > left:
                return
            before, kept = self.count(conflicts), self.attends[self.asking[course]].copy()
            spent += self.arrange(course, conflicts, solve)
            if self.count(conflicts) > before:
                self.attends[self.asking[course]] = kept

    def _choice(self, course: str) -> bool:
        configs = self.tables.problem.courses[course]
        return len(configs) > 1 or any(len(subpart) > 1 for subpart in configs[0])

    def _classes(self, course: str) -> list[int]:
        number = self.tables.number
        configs = self.tables.problem.courses[course]
        return [number[name] for config in configs for subpart in config for name in subpart]

    def arrange(self, course: str, conflicts: Array | None, solve: Solve) -> float:
        """Put the students of a course into its classes; seconds it took, 0 when there is no way."""
        tables, people = self.tables, self.asking[course]
        mine = self._classes(course)
        if conflicts is None:
            price = self._like(course, len(people))
        else:
            rest = self.attends[people].copy()
            rest[:, mine] = 0
            price = rest @ conflicts[:, mine] + 0.001 * (1 - self.attends[people][:, mine])
        program, at = Program(), {}
        for row in range(len(people)):
            for column, name in enumerate(mine):
                at[row, name] = program.column(float(price[row, column]))
        self._whole_configs(course, program, at)
        for name in mine:
            limit = tables.problem.classes[tables.names[name]].limit
            if limit is not None and limit < len(people):
                program.row({at[row, name]: 1.0 for row in range(len(people))}, upper=limit)
        outcome = solve(program, Limits(COURSE_SECONDS, gap=1e-3))
        if not outcome.values:
            return 0.0
        for row, person in enumerate(people):
            for name in mine:
                self.attends[person, name] = outcome.values[at[row, name]] > 0.5
        return outcome.seconds + 1e-6

    def _like(self, course: str, people: int) -> Array:
        """A price that keeps the order of people along each subpart's classes."""
        found = []
        for config in self.tables.problem.courses[course]:
            for subpart in config:
                for place in range(len(subpart)):
                    found.append(np.abs(np.linspace(0, 1, people) - (place + 0.5) / len(subpart)))
        return np.array(found).T

    def _whole_configs(self, course: str, program: Program, at: dict[tuple[int, int], int]) -> None:
        tables = self.tables
        configs = tables.problem.courses[course]
        for row in range(len(self.asking[course])):
            choices = [program.column() for _ in configs]
            program.row(dict.fromkeys(choices, 1.0), 1, 1)
            for choice, config in zip(choices, configs, strict=True):
                for subpart in config:
                    names = [tables.number[each] for each in subpart]
                    program.row({**{at[row, name]: 1.0 for name in names}, choice: -1.0}, 0, 0)
                    for name in names:
                        parent = tables.problem.classes[tables.names[name]].parent
                        if parent is not None:
                            program.row({at[row, name]: 1.0, at[row, tables.number[parent]]: -1.0}, upper=0)

    def members(self) -> dict[int, frozenset[str]]:
        """The students of each class."""
        return {
            at: frozenset(self.students[row] for row in np.flatnonzero(self.attends[:, at]))
            for at in range(len(self.tables.names))
        }
