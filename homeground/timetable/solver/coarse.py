"""Hours by day instead of by start: a small relaxation that still proves a design.

For one person all starts of a day that the same groups would block, at the same price, are alike; and of two
kinds of starts on one day the one that more groups block is needless. What is lost is only who competes for
which start: instead, each therapist gives so many hours on each day, beside the groups they lead. All of it
holds for every exact plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from homeground.timetable.solver.rows import Row
from homeground.timetable.solver.week import members

if TYPE_CHECKING:
    from homeground.timetable.solver.formulate import Formulation

Parts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Starts that are alike for one person: the day, the group columns they exclude, what they cost."""

    day: int
    blocked: frozenset[int]
    parts: Parts


def kinds_of_starts(
    form: "Formulation", patient: int, starts: Iterable[tuple[int, Parts]]
) -> Iterator[tuple[Alike, int]]:
    """The kinds of starts a person could have, each with all its starts."""
    groups = form.taken[patient]
    found: dict[Alike, int] = {}
    for start, parts in starts:
        hour = form.week.hour_at(start)
        blocked = frozenset(at for at, slots in groups if slots & hour)
        kind = Alike(form.week.day(start), blocked, parts)
        found[kind] = found.get(kind, 0) | 1 << start
    for kind in _needed(found):
        inferior = (
            starts
            for other, starts in found.items()
            if (other.day, other.parts) == (kind.day, kind.parts) and other.blocked > kind.blocked
        )
        yield kind, reduce(or_, inferior, found[kind])


def _needed(kinds: Iterable[Alike]) -> Iterator[Alike]:
    """The kinds than which no other one is better; they stand for the starts of those that are worse."""
    every = list(kinds)
    for kind in every:
        if not any(
            (other.day, other.parts) == (kind.day, kind.parts) and other.blocked < kind.blocked
            for other in every
        ):
            yield kind


def exclude(form: "Formulation", kinds: Iterable[tuple[Alike, int]]) -> None:
    """A group excludes all starts it blocks; hours exclude each other, so one row for each group column."""
    rows: defaultdict[int, Row] = defaultdict(dict)
    for kind, at in kinds:
        for group in kind.blocked:
            rows[group][at] = 1
    for group, row in rows.items():
        form.program.row({**row, group: 1}, upper=1)


def pool_days(form: "Formulation") -> None:
    """How many hours each therapist gives in each day of each day, beside the groups they lead.

    Hours that only certain therapists could give (by who asks and who works then) are given by those.
    """
    given: dict[tuple[int, int], int] = {}
    given_family: dict[tuple[int, int], int] = {}
    for therapist in form.instance.therapists:
        who = therapist.id
        used = _hours_used(form, who)
        free = _by_day(form, form.free_starts(who))
        for day, starts in free.items():
            most = starts.bit_count()
            given[who, day] = form.program.column(0, most)
            given_family[who, day] = form.program.column(0, 2 * most)
            row = {given[who, day]: 1.0, given_family[who, day]: 0.5}
            row.update({at: hours[day] for at, hours in used.items() if day in hours})
            form.program.row(row, upper=most)
        for total, parts in ((form.gives[who], given), (form.gives_family[who], given_family)):
            form.program.row({**{parts[who, day]: 1.0 for day in free}, total: -1}, 0, 0)
    ask = {each.id: frozenset(each.counselors) for each in form.instance.patients}
    ask_family = {each.id: frozenset(each.family_counselors) for each in form.instance.patients}
    _reach(form, form.solos, ask, given)
    _reach(form, form.families, ask_family, given_family)


def _reach(
    form: "Formulation",
    columns: Mapping[tuple[int, int, int], int],
    ask: Mapping[int, frozenset[int]],
    given: Mapping[tuple[int, int], int],
) -> None:
    """In each day of a day, for each set of therapists: hours only they can give are given by them."""
    able: defaultdict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    for (patient, _, _), at in columns.items():
        starts = form.alike[at]
        day = form.week.day((starts & -starts).bit_length() - 1)
        able[day][at] = frozenset(who for who in ask[patient] if form.free_starts(who) & starts)
    for day, inside in sorted(able.items()):
        sets = set(inside.values()) | {frozenset().union(*inside.values())}
        for pool in sorted(sets, key=lambda each: (len(each), sorted(each))):
            row: Row = {at: 1 for at, who in inside.items() if who <= pool}
            form.program.row({**row, **{given[who, day]: -1 for who in sorted(pool)}}, upper=0)


def _by_day(form: "Formulation", starts: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in members(starts):
        day = form.week.day(start)
        found[day] = found.get(day, 0) | 1 << start
    return found


def _hours_used(form: "Formulation", who: int) -> dict[int, dict[int, float]]:
    """For each group column of a therapist: how many of their hours it takes in each day.

    An hour of which two groups could take one half each counts half for either.
    """
    week = form.week
    found: dict[int, dict[int, float]] = {}
    for start in members(form.free_starts(who)):
        hour = week.hour_at(start)
        first, last = hour & -hour, 1 << hour.bit_length() - 1
        touching = [(at, slots) for at, slots in form.busy[who] if slots & hour]
        early = any(not slots & last for _, slots in touching)
        late = any(not slots & first for _, slots in touching)
        for at, slots in touching:
            whole = slots & first and slots & last
            share = 1.0 if whole or not (early and late) else 0.5
            day = form.week.day(start)
            hours = found.setdefault(at, {})
            hours[day] = hours.get(day, 0.0) + share
    return found
