"""A course in open-entry rotation: its lessons, what a person has had, what they miss, what comes next."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Lesson:
    """One topic of a course, in our own words, with the public-domain manual it goes well with."""

    number: int
    title: str
    summary: str
    method: str
    manual: str


@dataclass(frozen=True, slots=True)
class Course:
    """Lessons in the order of the rotation. `hours_a_week` times `weeks` is what the template holds."""

    title: str
    weeks: int
    hours_a_week: int
    lessons: tuple[Lesson, ...]

    def number_of(self, topic: str) -> int | None:
        """The number of the lesson a topic names, however its letters are written; None for another topic."""
        named = topic.strip().casefold()
        return next((each.number for each in self.lessons if each.title.casefold() == named), None)

    def after(self, number: int) -> Lesson:
        """The lesson that follows the one of this number; the first after the last or an unknown one."""
        return self.lessons[number] if 0 < number < len(self.lessons) else self.lessons[0]

    def sequence(self, number: int, count: int) -> tuple[Lesson, ...]:
        """The next `count` lessons after the one of this number, as the rotation goes on."""
        found: list[Lesson] = []
        for _ in range(count):
            found.append(self.after(found[-1].number if found else number))
        return tuple(found)

    def shortfall(self, floor_minutes: int) -> int:
        """Minutes a week the template stays below a floor; 0 when it reaches it."""
        return max(0, floor_minutes - self.hours_a_week * 60)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One lesson and the days on which a person was there for it, the latest first."""

    lesson: Lesson
    had_on: tuple[date, ...]


def read_course(text: str) -> Course:
    """A course written as TOML. Raises KeyError, TOMLDecodeError for a text that is none."""
    found = tomllib.loads(text)
    return Course(
        found["title"],
        found["weeks"],
        found["hours_a_week"],
        tuple(
            Lesson(at, each["title"], each["summary"], each["method"], found["manuals"][each["manual"]])
            for at, each in enumerate(found["lesson"], start=1)
        ),
    )


def coverage(course: Course, attended: Iterable[tuple[int, date]]) -> tuple[Coverage, ...]:
    """Every lesson with the days it was had, from the lessons of sessions a person was there for (D20)."""
    days: dict[int, list[date]] = {}
    for number, on in attended:
        days.setdefault(number, []).append(on)
    return tuple(
        Coverage(lesson, tuple(sorted(days.get(lesson.number, []), reverse=True)))
        for lesson in course.lessons
    )
