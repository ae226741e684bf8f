"""The ITC-2019 format: what a file says, and how a solution is written. Bit 0 of days is the first day."""

import xml.etree.ElementTree as Xml
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from homeground.timetable.solver.reader import BadInstance

PAIRS = {
    "SameStart": 0, "SameTime": 0, "DifferentTime": 0, "SameDays": 0, "DifferentDays": 0, "SameWeeks": 0,
    "DifferentWeeks": 0, "Overlap": 0, "NotOverlap": 0, "SameRoom": 0, "DifferentRoom": 0, "SameAttendees": 0,
    "Precedence": 0, "WorkDay": 1, "MinGap": 1,
}  # fmt: skip
WHOLES = {"MaxDays": 1, "MaxDayLoad": 1, "MaxBreaks": 2, "MaxBlock": 2}  # judged on all their classes at once


@dataclass(frozen=True, slots=True)
class Time:
    """Days and weeks as bits, slots of a day as start and length."""

    days: int
    start: int
    length: int
    weeks: int

    @property
    def end(self) -> int:
        """The first slot after it."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Class:
    """A class with its possible times and rooms and their penalties. No rooms: it needs none."""

    id: str
    limit: int | None
    parent: str | None
    times: tuple[tuple[Time, int], ...]
    rooms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A room, the slots to walk to others, and when it is closed. Capacity is met by a class's list."""

    id: str
    travel: Mapping[str, int]
    closed: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A rule over some classes, in their order; `penalty` counts when it is not required."""

    kind: str
    numbers: tuple[int, ...]
    classes: tuple[str, ...]
    required: bool
    penalty: int


@dataclass(frozen=True, slots=True)
class Prices:
    """What one point of each kind of penalty costs."""

    time: int
    room: int
    distribution: int
    student: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One file. A course is its configurations; a configuration its subparts; a subpart its classes."""

    name: str
    days: int
    weeks: int
    prices: Prices
    rooms: Mapping[str, Room]
    classes: Mapping[str, Class]
    courses: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]]
    distributions: tuple[Distribution, ...]
    students: Mapping[str, tuple[str, ...]]  # student -> courses

    def travel(self, one: str | None, other: str | None) -> int:
        """Slots between two rooms; none where a class has no room."""
        if one is None or other is None or one == other:
            return 0
        return self.rooms[one].travel.get(other) or self.rooms[other].travel.get(one, 0)


@dataclass(frozen=True, slots=True)
class Placed:
    """What a solution says of a class."""

    time: Time
    room: str | None
    students: frozenset[str] = frozenset()


Solution = Mapping[str, Placed]


def read(text: str | bytes) -> Problem:
    """Read a problem. BadInstance names the element that is wrong."""
    root = _root(text, "problem")
    try:
        prices = _part(root, "optimization")
        courses, classes = _courses(root)
        problem = Problem(
            name=root.attrib["name"],
            days=int(root.attrib["nrDays"]),
            weeks=int(root.attrib["nrWeeks"]),
            prices=Prices(
                *(int(prices.attrib[each]) for each in ("time", "room", "distribution", "student"))
            ),
            rooms={each.attrib["id"]: _room(each) for each in _part(root, "rooms")},
            classes=classes,
            courses=courses,
            distributions=tuple(_distribution(each) for each in _part(root, "distributions")),
            students={
                each.attrib["id"]: tuple(course.attrib["id"] for course in each.findall("course"))
                for each in root.findall("students/student")
            },
        )
    except (KeyError, ValueError) as error:
        raise BadInstance("file", f"is not an ITC-2019 problem ({error})") from None
    _refuse(problem)
    return problem


def _root(text: str | bytes, tag: str) -> Xml.Element:
    if b"<!ENTITY" in (text if isinstance(text, bytes) else text.encode()):
        raise BadInstance("file", "declares entities")
    try:
        root = Xml.fromstring(text)
    except Xml.ParseError as error:
        raise BadInstance("file", f"is not XML ({error})") from None
    if root.tag != tag:
        raise BadInstance("file", f"is no <{tag}>")
    return root


def _part(root: Xml.Element, tag: str) -> Xml.Element:
    found = root.find(tag)
    if found is None:
        raise BadInstance("file", f"has no <{tag}>")
    return found


def _refuse(problem: Problem) -> None:
    for each in problem.classes.values():
        if not each.times:
            raise BadInstance(f"class {each.id}", "has no time")
        if each.parent is not None and each.parent not in problem.classes:
            raise BadInstance(f"class {each.id}", "has an unknown parent")
        if any(room not in problem.rooms for room, _ in each.rooms):
            raise BadInstance(f"class {each.id}", "names an unknown room")
    for at, rule in enumerate(problem.distributions):
        wanted = (PAIRS | WHOLES).get(rule.kind)
        if wanted != len(rule.numbers):
            raise BadInstance(f"distribution {at + 1}", "is of no known type")
        if any(each not in problem.classes for each in rule.classes):
            raise BadInstance(f"distribution {at + 1}", "names an unknown class")
    for name, courses in problem.students.items():
        if any(each not in problem.courses for each in courses):
            raise BadInstance(f"student {name}", "names an unknown course")


def bits(text: str) -> int:
    """A text of zeros and ones, first one lowest."""
    return int(text[::-1], 2)


def _time(found: Xml.Element) -> Time:
    said = found.attrib
    return Time(bits(said["days"]), int(said["start"]), int(said["length"]), bits(said["weeks"]))


def _room(found: Xml.Element) -> Room:
    return Room(
        found.attrib["id"],
        {each.attrib["room"]: int(each.attrib["value"]) for each in found.findall("travel")},
        tuple(_time(each) for each in found.findall("unavailable")),
    )


def _courses(
    root: Xml.Element,
) -> tuple[dict[str, tuple[tuple[tuple[str, ...], ...], ...]], dict[str, Class]]:
    courses, classes = {}, {}
    for course in _part(root, "courses"):
        configs = []
        for config in course.findall("config"):
            subparts = []
            for subpart in config.findall("subpart"):
                members = [_class(each) for each in subpart.findall("class")]
                classes.update({each.id: each for each in members})
                subparts.append(tuple(each.id for each in members))
            configs.append(tuple(subparts))
        courses[course.attrib["id"]] = tuple(configs)
    return courses, classes


def _class(found: Xml.Element) -> Class:
    said = found.attrib
    rooms = tuple((each.attrib["id"], int(each.attrib.get("penalty", 0))) for each in found.findall("room"))
    if (said.get("room") == "false") != (not rooms):
        raise ValueError(f"class {said['id']}: rooms")
    return Class(
        id=said["id"],
        limit=int(said["limit"]) if "limit" in said else None,
        parent=said.get("parent"),
        times=tuple((_time(each), int(each.attrib.get("penalty", 0))) for each in found.findall("time")),
        rooms=rooms,
    )


def _distribution(found: Xml.Element) -> Distribution:
    kind, _, numbers = found.attrib["type"].rstrip(")").partition("(")
    required = found.attrib.get("required") == "true"
    return Distribution(
        kind=kind,
        numbers=tuple(int(each) for each in numbers.split(",") if each),
        classes=tuple(each.attrib["id"] for each in found.findall("class")),
        required=required,
        penalty=0 if required else int(found.attrib["penalty"]),
    )


def written(problem: Problem, solution: Solution, seconds: float) -> str:
    """A solution as the format wants it."""

    def text(value: int, length: int) -> str:
        return f"{value:0{length}b}"[::-1]

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<solution name={quoteattr(problem.name)} runtime={quoteattr(f'{seconds:.1f}')} cores='2'"
        " technique='Local search and integer programming' author='Homeground' institution='Homeground'"
        " country='United States of America'>",
    ]
    for name, placed in solution.items():
        said = {
            "id": name,
            "days": text(placed.time.days, problem.days),
            "start": str(placed.time.start),
            "weeks": text(placed.time.weeks, problem.weeks),
        } | ({"room": placed.room} if placed.room is not None else {})
        lines.append("  <class " + " ".join(f"{key}={quoteattr(value)}" for key, value in said.items()) + ">")
        lines += [f"    <student id={quoteattr(each)}/>" for each in sorted(placed.students)]
        lines.append("  </class>")
    return "\n".join([*lines, "</solution>", ""])


def read_solution(problem: Problem, text: str | bytes) -> Solution:
    """Read a solution of a problem. BadInstance: a class is unknown or named twice, or has no such time."""
    found: dict[str, Placed] = {}
    for each in _root(text, "solution").findall("class"):
        said = each.attrib
        name = said.get("id", "")
        if name not in problem.classes or name in found:
            raise BadInstance(f"class {name}", "is unknown or twice")
        key = (bits(said["days"]), int(said["start"]), bits(said["weeks"]))
        times = [
            time for time, _ in problem.classes[name].times if (time.days, time.start, time.weeks) == key
        ]
        if not times:
            raise BadInstance(f"class {name}", "has no such time")
        students = [student.attrib["id"] for student in each.findall("student")]
        if len(set(students)) != len(students):
            raise BadInstance(f"class {name}", "names a student twice")
        found[name] = Placed(times[0], said.get("room"), frozenset(students))
    return found
