"""Judges an ITC-2019 solution by the published rules, day by day. Knows nothing of a search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from benchmarks.itc2019.problem import PAIRS, Class, Distribution, Placed, Problem, Solution, Time


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is broken, and the price by its four parts, weights included."""

    violations: tuple[str, ...]
    time: int
    room: int
    distribution: int
    student: int

    @property
    def cost(self) -> int:
        """The sum that is to be made small."""
        return self.time + self.room + self.distribution + self.student


def check(problem: Problem, solution: Solution) -> Verdict:
    """Judge a solution: every rule, every price."""
    missing = [f"class {each} has no place" for each in problem.classes if each not in solution]
    if missing:
        return Verdict(tuple(missing), 0, 0, 0, 0)
    judge = _Judge(problem, solution)
    violations = [*judge.places(), *judge.clashes(), *judge.required(), *judge.sections()]
    prices = problem.prices
    times, rooms = 0, 0
    for each in problem.classes.values():
        times += dict(each.times).get(solution[each.id].time, 0)
        rooms += dict(each.rooms).get(solution[each.id].room or "", 0)
    return Verdict(
        tuple(violations),
        prices.time * times,
        prices.room * rooms,
        prices.distribution * sum(judge.points(rule) for rule in problem.distributions if not rule.required),
        prices.student * judge.conflicts(),
    )


def meetings(time: Time) -> frozenset[tuple[int, int]]:
    """The weeks and days on which it takes place."""
    weeks = [at for at in range(time.weeks.bit_length()) if time.weeks >> at & 1]
    days = [at for at in range(time.days.bit_length()) if time.days >> at & 1]
    return frozenset((week, day) for week in weeks for day in days)


def apart(one: Time, other: Time, slots: int) -> bool:
    """Whether at least so many slots lie between them wherever both meet on one day."""
    if not meetings(one) & meetings(other):
        return True
    return one.end + slots <= other.start or other.end + slots <= one.start


def blocks(spans: Iterable[tuple[int, int]], slots: int) -> list[tuple[int, int, int]]:
    """Spans of a day joined where at most so many slots lie between: start, end, how many."""
    found: list[tuple[int, int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + slots:
            first, last, count = found.pop()
            found.append((first, max(last, end), count + 1))
        else:
            found.append((start, end, 1))
    return found


class _Judge:
    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.solution = solution

    def places(self) -> Iterator[str]:
        """A class has one of its times, one of its rooms, and the room is open."""
        for each in self.problem.classes.values():
            placed = self.solution[each.id]
            if placed.time not in {time for time, _ in each.times}:
                yield f"class {each.id} at a time that is not its own"
            allowed: set[str | None] = {room for room, _ in each.rooms}
            if not each.rooms:
                allowed.add(None)
            if placed.room not in allowed:
                yield f"class {each.id} in a room that is not its own"
            elif placed.room is not None:
                for closed in self.problem.rooms[placed.room].closed:
                    if not apart(placed.time, closed, 0):
                        yield f"class {each.id} in room {placed.room} while it is closed"

    def clashes(self) -> Iterator[str]:
        """Two classes are never in one room at once."""
        held: defaultdict[tuple[str, int, int], list[tuple[int, int, str]]] = defaultdict(list)
        for name, placed in self.solution.items():
            if placed.room is not None:
                for week, day in meetings(placed.time):
                    held[placed.room, week, day].append((placed.time.start, placed.time.end, name))
        pairs = set()
        for spans in held.values():
            for first, second in combinations(sorted(spans), 2):
                if second[0] < first[1]:
                    pairs.add((first[2], second[2]))
        for one, other in sorted(pairs):
            yield f"classes {one} and {other} in one room"

    def required(self) -> Iterator[str]:
        """Every required distribution holds."""
        for rule in self.problem.distributions:
            if rule.required and self._broken(rule):
                yield f"{rule.kind} of classes {', '.join(rule.classes)}"

    def points(self, rule: Distribution) -> int:
        """The penalty of a soft rule: for each pair, or by how much it is passed, a week on average."""
        broken = self._broken(rule)
        if rule.kind in PAIRS or rule.kind == "MaxDays":
            return rule.penalty * broken
        return rule.penalty * broken // self.problem.weeks

    def _broken(self, rule: Distribution) -> int:
        placed = [self.solution[each] for each in rule.classes]
        if rule.kind in PAIRS:
            return sum(
                not self._holds(rule.kind, rule.numbers, one, other) for one, other in combinations(placed, 2)
            )
        if rule.kind == "MaxDays":
            days = {day for each in placed for _, day in meetings(each.time)}
            return max(0, len(days) - rule.numbers[0])
        daily: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for each in placed:
            for at in meetings(each.time):
                daily[at].append((each.time.start, each.time.end))
        return sum(_excess(rule, spans) for spans in daily.values())

    def _holds(self, kind: str, numbers: tuple[int, ...], one: Placed, other: Placed) -> bool:
        a, b = one.time, other.time
        match kind:
            case "SameStart":
                return a.start == b.start
            case "SameTime":
                return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)
            case "DifferentTime":
                return a.end <= b.start or b.end <= a.start
            case "SameDays":
                return _days(a) <= _days(b) or _days(b) <= _days(a)
            case "DifferentDays":
                return not _days(a) & _days(b)
            case "SameWeeks":
                return _weeks(a) <= _weeks(b) or _weeks(b) <= _weeks(a)
            case "DifferentWeeks":
                return not _weeks(a) & _weeks(b)
            case "Overlap":
                return not apart(a, b, 0)
            case "NotOverlap":
                return apart(a, b, 0)
            case "SameRoom":
                return one.room == other.room
            case "DifferentRoom":
                return one.room != other.room
            case "SameAttendees":
                return apart(a, b, self.problem.travel(one.room, other.room))
            case "Precedence":
                first, second = (min(meetings(each)) for each in (a, b))
                return first < second or (first == second and a.end <= b.start)
            case "WorkDay":
                whole = max(a.end, b.end) - min(a.start, b.start)
                return not meetings(a) & meetings(b) or whole <= numbers[0]
            case "MinGap":
                return apart(a, b, numbers[0])
        raise AssertionError(kind)

    def conflicts(self) -> int:
        """For each student, pairs of classes that overlap or are too far apart to walk in time."""
        found = 0
        known: dict[tuple[str, str], bool] = {}
        for attended in self._attended().values():
            for pair in combinations(sorted(attended), 2):
                if pair not in known:
                    one, other = (self.solution[each] for each in pair)
                    known[pair] = not apart(one.time, other.time, self.problem.travel(one.room, other.room))
                found += known[pair]
        return found

    def sections(self) -> Iterator[str]:
        """A student attends one class of each subpart of one configuration of each course, and parents."""
        for each in self.problem.classes.values():
            count = len(self.solution[each.id].students)
            if each.limit is not None and count > each.limit:
                yield f"class {each.id} has more students than its limit"
        attended = self._attended()
        for student in attended.keys() - self.problem.students.keys():
            yield f"student {student} is unknown"
        for student, courses in self.problem.students.items():
            mine = attended.get(student, set())
            wanted = set()
            for course in courses:
                whole = [
                    {name for subpart in config for name in subpart if name in mine}
                    for config in self.problem.courses[course]
                    if all(len(mine & set(subpart)) == 1 for subpart in config)
                ]
                anything = mine & {
                    name for config in self.problem.courses[course] for subpart in config for name in subpart
                }
                if len(whole) != 1 or whole[0] != anything:
                    yield f"student {student} is not in one whole configuration of course {course}"
                wanted |= anything
            if mine - wanted:
                yield f"student {student} is in a class of a course not asked for"
            for name in mine:
                parent = self._class(name).parent
                if parent is not None and parent not in mine:
                    yield f"student {student} is in class {name} without its parent"

    def _class(self, name: str) -> Class:
        return self.problem.classes[name]

    def _attended(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, placed in self.solution.items():
            for student in placed.students:
                found[student].add(name)
        return found


def _excess(rule: Distribution, spans: list[tuple[int, int]]) -> int:
    """By how much one day passes a rule over a day's load, breaks or blocks."""
    if rule.kind == "MaxDayLoad":
        return max(0, sum(end - start for start, end in spans) - rule.numbers[0])
    most, slots = rule.numbers
    joined = blocks(spans, slots)
    if rule.kind == "MaxBreaks":
        return max(0, len(joined) - 1 - most)
    return sum(1 for start, end, count in joined if count > 1 and end - start > most)


def _days(time: Time) -> set[int]:
    return {day for _, day in meetings(time)}


def _weeks(time: Time) -> set[int]:
    return {week for week, _ in meetings(time)}
