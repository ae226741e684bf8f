"""Rows that keep pooled hours close to what named counselors can give.

An hour in the pooled form has no giver. Three kinds of rows make up for it: at each hour, for each set of
counselors people ask for, no more hours than counselors free of groups; for each therapist, how many hours
they give, inside minutes and caseload; and hours that only certain therapists could give are given by those.
All hold for every exact plan, so the bound of the pooled program holds for exact plans.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from homeground.timetable.solver.week import members

if TYPE_CHECKING:
    from homeground.timetable.solver.formulate import Formulation

Row = dict[int, float]

MOST_REACH = 24  # the sets with rows of their own; fewer make the bound weaker, never wrong


def pool_hours(form: "Formulation") -> None:
    """For every set of counselors asked for: hours, minutes and caseload of those who ask no one else."""
    ask = {each.id: frozenset(each.counselors) for each in form.instance.patients}
    ask_family = {each.id: frozenset(each.family_counselors) for each in form.instance.patients}
    everybody = frozenset(each.id for each in form.instance.therapists)
    pools = {*ask.values(), *ask_family.values(), everybody} - {frozenset()}
    for pool in sorted(pools, key=lambda each: (len(each), sorted(each))):
        hours: defaultdict[int, Row] = defaultdict(dict)
        for (patient, _, start), at in form.solos.items():
            if ask[patient] <= pool:
                hours[start][at] = 1
        for (patient, _, start), at in form.families.items():
            if ask_family[patient] <= pool:
                hours[start][at] = 0.5
        staff = [each for each in form.instance.therapists if each.id in pool]
        free_at = {each.id: form.free_starts(each.id) for each in staff}
        for start, row in hours.items():
            free = [who for who, starts in free_at.items() if starts >> start & 1]
            for side in _sides(form, free, start):
                if sum(row.values()) + len(side) > len(free):
                    form.program.row({**row, **side}, upper=len(free))
    _reach(form, form.solos, ask, form.gives)
    _reach(form, form.families, ask_family, form.gives_family)


def _reach(
    form: "Formulation",
    columns: Mapping[tuple[int, int, int], int],
    ask: Mapping[int, frozenset[int]],
    gives: Mapping[int, int],
) -> None:
    """Hours that only certain therapists can give, by who asks and who works then, are given by them."""
    working: defaultdict[int, set[int]] = defaultdict(set)
    for each in form.instance.therapists:
        for start in members(form.free_starts(each.id)):
            working[start].add(each.id)
    able = {key: ask[key[0]] & working[key[2]] for key in columns}
    often = Counter(able.values())
    chosen = sorted(often, key=lambda each: (-often[each], sorted(each)))[:MOST_REACH]
    chosen += [frozenset(ask[key[0]]) for key in columns]
    for pool in sorted(dict.fromkeys(chosen), key=lambda each: (len(each), sorted(each))):
        row: Row = {at: 1 for key, at in columns.items() if able[key] <= pool}
        form.program.row({**row, **{gives[who]: -1 for who in pool}}, upper=0)


def _sides(form: "Formulation", free: Iterable[int], start: int) -> list[Row]:
    """Leads that take a therapist away from an hour, at most one at a time for each therapist.

    Two leads may take one half of the hour each, so both would be counted for one therapist: then there is
    a row for the first half and one for the second. Where nobody has both, one row holds them all.
    """
    hour = form.week.hour_at(start)
    first, second = hour & -hour, 1 << hour.bit_length() - 1
    sides: list[Row] = []
    for near, far in ((first, second), (second, first)):
        row: Row = {}
        for who in free:
            leads = [(at, slots) for at, slots in form.busy[who] if slots & hour]
            apart = any(slots & first for _, slots in leads if not slots & second) and any(
                slots & second for _, slots in leads if not slots & first
            )
            row.update((at, 1.0) for at, slots in leads if slots & near or (not apart and slots & far))
        if row not in sides:
            sides.append(row)
    return sides
