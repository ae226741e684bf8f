"""ITC-2007 track 3 (curriculum-based course timetabling, UD2), stage I, as a neutral integer program.

Stage I decides periods, not rooms (Lach and Luebbecke 2012): a lecture's room is only counted, smallest
capacity first, so room stability is left out; every other rule and price of the format is there. Hard: all
lectures, teachers and curricula in one place, unavailable periods, a room for everybody. Prices: 1 for each
student without a seat, 5 for each working day too few, 2 for each lecture of a curriculum that stands alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from homeground.timetable.solver.program import Program
from homeground.timetable.solver.reader import BadInstance

DAY_PRICE, ALONE_PRICE = 5, 2


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its weekly lectures."""

    name: str
    teacher: str
    lectures: int
    days: int  # working days at least
    students: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One file. A period is a number: day * per_day + period of the day."""

    name: str
    days: int
    per_day: int
    courses: tuple[Course, ...]
    rooms: tuple[int, ...]  # capacities
    curricula: tuple[tuple[str, ...], ...]
    closed: frozenset[tuple[str, int]]  # course, period


Timetable = Mapping[str, tuple[int, ...]]  # course -> periods


def read(text: str) -> Problem:
    """Read a .ctt file. BadInstance names the part that is wrong."""
    head: dict[str, str] = {}
    parts: defaultdict[str, list[list[str]]] = defaultdict(list)
    part = ""
    for line in (each.strip() for each in text.splitlines()):
        if not line or line == "END.":
            continue
        key, colon, rest = line.partition(":")
        if colon and rest.strip():
            head[key] = rest.strip()
        elif colon:
            part = key
        else:
            parts[part].append(line.split())
    try:
        days, per_day = int(head["Days"]), int(head["Periods_per_day"])
        problem = Problem(
            name=head["Name"],
            days=days,
            per_day=per_day,
            courses=tuple(
                Course(name, teacher, int(lectures), int(least), int(students))
                for name, teacher, lectures, least, students in parts["COURSES"]
            ),
            rooms=tuple(sorted(int(capacity) for _, capacity in parts["ROOMS"])),
            curricula=tuple(tuple(members) for _, _, *members in parts["CURRICULA"]),
            closed=frozenset(
                (name, int(day) * per_day + int(at)) for name, day, at in parts["UNAVAILABILITY_CONSTRAINTS"]
            ),
        )
        wanted = {"Courses": problem.courses, "Rooms": problem.rooms, "Curricula": problem.curricula}
        wrong = [key for key, found in wanted.items() if int(head[key]) != len(found)]
    except (KeyError, ValueError) as error:
        raise BadInstance("file", "is not a course timetabling file") from error
    if wrong:
        raise BadInstance(wrong[0], "is not the number of lines that follow")
    return problem


class Stage:
    """The program of one problem with the meaning of its columns."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.program = Program()
        self.at: dict[tuple[str, int], int] = {}  # course, period -> column
        periods = range(problem.days * problem.per_day)
        for course in problem.courses:
            for period in periods:
                if (course.name, period) not in problem.closed:
                    self.at[course.name, period] = self.program.column()
        self._lectures()
        self._together()
        self._rooms()
        self._alone()

    def _lectures(self) -> None:
        problem, program = self.problem, self.program
        for course in problem.courses:
            mine = {period: at for (name, period), at in self.at.items() if name == course.name}
            program.row(dict.fromkeys(mine.values(), 1), course.lectures, course.lectures)
            missing = program.column(DAY_PRICE, course.days)
            working = {missing: 1.0}
            for day in range(problem.days):
                today = [at for period, at in mine.items() if period // problem.per_day == day]
                if not today:
                    continue
                works = program.column()
                program.row({**dict.fromkeys(today, 1.0), works: -1}, lower=0)
                working[works] = 1
            program.row(working, lower=course.days)

    def _together(self) -> None:
        """Lectures of one teacher or one curriculum are at different times."""
        problem = self.problem
        teachers: defaultdict[str, set[str]] = defaultdict(set)
        for course in problem.courses:
            teachers[course.teacher].add(course.name)
        sets = {frozenset(each) for each in (*teachers.values(), *problem.curricula) if len(set(each)) > 1}
        maximal = [one for one in sets if not any(one < other for other in sets)]
        for names in sorted(maximal, key=sorted):
            for period in range(problem.days * problem.per_day):
                row = {self.at[name, period]: 1.0 for name in sorted(names) if (name, period) in self.at}
                if len(row) > 1:
                    self.program.row(row, upper=1)

    def _rooms(self) -> None:
        """At each period: no more lectures than rooms, and the students without a seat.

        It is best to give the largest rooms to the largest courses. Then the students without a seat are the
        sum over every size t of how many more lectures than rooms are larger than t; between two sizes
        where either number changes that is one column.
        """
        problem, program = self.problem, self.program
        least = min(problem.rooms)
        steps = sorted(
            {*problem.rooms, *(each.students for each in problem.courses if each.students > least)}
        )
        for period in range(problem.days * problem.per_day):
            here = [each for each in problem.courses if (each.name, period) in self.at]
            if len(here) > len(problem.rooms):
                program.row({self.at[each.name, period]: 1.0 for each in here}, upper=len(problem.rooms))
            for low, high in pairwise(steps):
                large = [self.at[each.name, period] for each in here if each.students > low]
                rooms = sum(1 for room in problem.rooms if room > low)
                if not rooms:
                    for at in large:
                        program.costs[at] += high - low
                elif len(large) > rooms:
                    without = program.column(high - low, len(large) - rooms)
                    program.row({**dict.fromkeys(large, 1.0), without: -1}, upper=rooms)

    def _alone(self) -> None:
        """A curriculum's lecture with no other one just before or after it on its day."""
        problem, program = self.problem, self.program
        for members in problem.curricula:
            for period in range(problem.days * problem.per_day):
                row = {self.at[name, period]: 1.0 for name in members if (name, period) in self.at}
                if not row:
                    continue
                for near in (period - 1, period + 1):
                    if near >= 0 and near // problem.per_day == period // problem.per_day:
                        row.update({self.at[name, near]: -1.0 for name in members if (name, near) in self.at})
                alone = program.column(ALONE_PRICE)
                program.row({**row, alone: -1}, upper=0)

    def timetable(self, values: tuple[float, ...]) -> Timetable:
        """The periods of every course in a solution."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for (name, period), at in self.at.items():
            if values[at] > 0.5:
                found[name].append(period)
        return {name: tuple(periods) for name, periods in found.items()}


def price(problem: Problem, timetable: Timetable) -> int:
    """The price of a timetable, counted by itself. BadInstance when it breaks a hard rule."""
    for rule in broken(problem, timetable):
        raise BadInstance("timetable", rule)
    total = 0
    for course in problem.courses:
        days = {period // problem.per_day for period in timetable[course.name]}
        total += DAY_PRICE * max(0, course.days - len(days))
    students = {each.name: each.students for each in problem.courses}
    by_period: defaultdict[int, list[int]] = defaultdict(list)
    for name, periods in timetable.items():
        for period in periods:
            by_period[period].append(students[name])
    rooms = sorted(problem.rooms, reverse=True)
    for sizes in by_period.values():
        largest = sorted(sizes, reverse=True)
        total += sum(max(0, size - room) for size, room in zip(largest, rooms, strict=False))
    for members in problem.curricula:
        busy = {period for name in members for period in timetable[name]}
        for period in busy:
            near = {period - 1, period + 1} & busy
            if not any(each // problem.per_day == period // problem.per_day for each in near):
                total += ALONE_PRICE
    return total


def broken(problem: Problem, timetable: Timetable) -> Iterator[str]:
    """The hard rules a timetable breaks."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for course in problem.courses:
        periods = timetable.get(course.name, ())
        if len(set(periods)) != course.lectures:
            yield "lectures"
        if any((course.name, period) in problem.closed for period in periods):
            yield "unavailable"
        groups["teacher " + course.teacher].append(course.name)
    for at, members in enumerate(problem.curricula):
        groups[f"curriculum {at}"] = list(members)
    for names in groups.values():
        held = Counter(period for name in set(names) for period in timetable.get(name, ()))
        if any(count > 1 for count in held.values()):
            yield "in two places"
    used = Counter(period for periods in timetable.values() for period in periods)
    if any(count > len(problem.rooms) for count in used.values()):
        yield "rooms"
