"""A person is in one place at a time, and whoever is at the clinic on a day travels on that day.

Things at the clinic on one day that exclude each other share that day's journey: all of them together are
at most the journey, not each alone. A solver's presolve finds these rows too, in half its time; said
beforehand they take the relaxation of a repair from 0.3 % to 0.05 % below the best plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from homeground.timetable.solver.levels import Level
from homeground.timetable.solver.model import Patient
from homeground.timetable.solver.rows import Row
from homeground.timetable.solver.week import members, runs

if TYPE_CHECKING:
    from homeground.timetable.solver.formulate import Formulation

Columns = frozenset[int]
MANY = 150  # people above which these rows for hours by day kept HiGHS from any plan at all


def be_in_one_place(form: "Formulation", patient: Patient, trips: Mapping[int, list[Row]]) -> None:
    """Rows of one person's days. `trips`: for each day, sets of things at the clinic, one of each at most."""
    if not form.frame.coarse:
        exclusive = _by_start(form, patient.id)
    else:
        few = len(form.instance.patients) <= MANY
        exclusive = _by_kind(form, patient.id) if few else {}
    price = form.instance.weights.trip * 2 * patient.travel
    for day in sorted({*exclusive, *trips}):
        sets = exclusive.get(day, set())
        if price and trips.get(day):
            journey = form.program.column(price, whole=False)
            form.shares[Level.BURDEN][journey] = price
            there = {at for row in trips[day] for at in row}
            together = {each & there for each in sets} | {frozenset(row) for row in trips[day]}
            for row in _largest(together):
                form.program.row({**dict.fromkeys(sorted(row), 1.0), journey: -1}, upper=0)
            sets = {each for each in sets if not each <= there}
        if not form.frame.coarse:
            for row in _largest(sets):
                if len(row) > 1:
                    form.program.row(dict.fromkeys(sorted(row), 1.0), upper=1)


def _by_start(form: "Formulation", patient: int) -> dict[int, set[Columns]]:
    """For each day the sets of things that exclude each other: at one slot, or hours beside one meeting.

    All hours of a kind exclude each other, so those that touch a meeting stand in one row with every group
    that holds this meeting.
    """
    week = form.week
    found: defaultdict[int, set[Columns]] = defaultdict(set)
    groups, hours = form.taken[patient], form.hours[patient]
    slots: defaultdict[int, list[int]] = defaultdict(list)
    for at, taken in (*groups, *(each for kind in hours.values() for each in kind)):
        for slot in members(taken):
            slots[slot].append(at)
    for slot, things in slots.items():
        found[week.day(slot)].add(frozenset(things))
    meetings = {week.span(run) for _, taken in groups for run in runs(taken)}
    for meeting in meetings:
        inside = [at for at, taken in groups if not meeting & ~taken]
        day = week.day(meeting.bit_length() - 1)
        for kind in hours.values():
            if touching := [at for at, taken in kind if taken & meeting]:
                found[day].add(frozenset([*inside, *touching]))
    return found


def _by_kind(form: "Formulation", patient: int) -> dict[int, set[Columns]]:
    """The same for hours by day: the kinds of starts that a meeting's groups block."""
    week = form.week
    found: defaultdict[int, set[Columns]] = defaultdict(set)
    groups = form.taken[patient]
    for meeting in {week.span(run) for _, taken in groups for run in runs(taken)}:
        inside = frozenset(at for at, taken in groups if not meeting & ~taken)
        day = week.day(meeting.bit_length() - 1)
        for kinds in form.kinds[patient].values():
            if blocked := [at for kind, at in kinds if kind.day == day and inside <= kind.blocked]:
                found[day].add(inside | frozenset(blocked))
    return found


def _largest(sets: Iterable[Columns]) -> list[Columns]:
    """The sets that are not part of another, always in the same order."""
    kept: list[Columns] = []
    for each in sorted(set(sets), key=lambda one: (-len(one), sorted(one))):
        if each and not any(each <= bigger for bigger in kept):
            kept.append(each)
    return kept
