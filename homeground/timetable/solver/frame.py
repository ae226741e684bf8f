"""What is decided before a program is made: some groups, leaders, seats or starts, and which form it has."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeground.timetable.solver.model import Plan
from homeground.timetable.solver.wishes import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True)
class Starts:
    """For each person the starts, as a set, that a one-to-one or family hour may have."""

    solo: Mapping[int, int]
    family: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is decided beforehand. None leaves it open."""

    copies: Mapping[int, int] | None = None  # how many copies of each group run...
    may_close: bool = False  # ...or at most run
    leaders: Mapping[int, tuple[int, ...]] | None = None  # who may lead each group
    seats: Plan | None = None  # core and topic seats stay as in this plan
    starts: Starts | None = None  # solo and family hours begin at one of these...
    loose: frozenset[int] = frozenset()  # ...but for these people
    exact: bool = False
    coarse: bool = False  # hours by day, see `coarse`
    kept: Plan | None = None  # between equals, topic and family hours stay as in this plan
    wishes: Wishes = NO_WISHES
