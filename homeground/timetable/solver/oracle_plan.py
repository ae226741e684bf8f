"""Brute force for whole plans of the tiniest clinics, written apart from the engine it is compared with.

Every way to run groups and lead them, every week of every person, the cheapest together that the judge
passes. Prices of people add up, so plans are tried in the order of their price and the first valid one is
the best of its groups. Seconds beyond three people and three groups.
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import Instance, Patient, Plan
from homeground.timetable.solver.oracle import Weekly, give, weeks

Groups = tuple[Mapping[int, int], Mapping[int, tuple[int, ...]]]  # copies, leaders
ALONE = {"group too small"}  # rules that more people may mend


def best(instance: Instance, running: Plan | None = None) -> float:
    """The least price of any plan; with `running`, of those inside its groups and with its leaders."""
    return min(_best_of(instance, Plan(*groups)) for groups in _groups(instance, running))


def _groups(instance: Instance, running: Plan | None) -> Iterator[Groups]:
    ways: list[list[tuple[int, tuple[int, ...]]]] = []
    for track in instance.tracks:
        most = track.copies if running is None else running.copies.get(track.id, 0)
        staff = tuple(each.id for each in instance.therapists)
        if running is not None:
            leading = running.facilitators.get(track.id, ())
            staff = leading if _can_lead(instance, track.id, leading) else staff
        ways.append(
            [
                (copies, who)
                for copies in range(most + 1)
                for who in combinations(staff, copies * track.facilitators)
                if _can_lead(instance, track.id, who)
            ]
        )
    for chosen in product(*ways):
        led = {track.id: way for track, way in zip(instance.tracks, chosen, strict=True) if way[0]}
        copies, leaders = {at: way[0] for at, way in led.items()}, {at: way[1] for at, way in led.items()}
        empty = judge(instance, Plan(copies, leaders))
        if not [each for each in empty.violations if each.rule not in ALONE]:
            yield copies, leaders


def _can_lead(instance: Instance, track: int, who: tuple[int, ...]) -> bool:
    """Whether each of them could lead it alone, with nothing else to do."""
    alone = replace(
        instance,
        tracks=tuple(
            replace(each, facilitators=1, copies=1, lo=0) for each in instance.tracks if each.id == track
        ),
    )
    return all(not judge(alone, Plan({track: 1}, {track: (each,)})).violations for each in who)


def _best_of(instance: Instance, groups: Plan) -> float:
    """The least price with these groups, infinite when nobody can make them valid."""
    ways = [sorted(_ways(instance, groups, each), key=lambda way: way[0]) for each in instance.patients]
    empty = judge(instance, groups).cost.total
    first = tuple(0 for _ in ways)
    heap, seen = [(sum(way[0][0] for way in ways), first)], {first}
    while heap:
        extra, at = heapq.heappop(heap)
        plan = groups
        for patient, way, index in zip(instance.patients, ways, at, strict=True):
            plan = give(plan, patient.id, way[index][1])
        if not judge(instance, plan).violations:
            return empty + extra
        for which in range(len(at)):
            following = (*at[:which], at[which] + 1, *at[which + 1 :])
            if following[which] < len(ways[which]) and following not in seen:
                seen.add(following)
                step = ways[which][following[which]][0] - ways[which][at[which]][0]
                heapq.heappush(heap, (extra + step, following))
    return float("inf")


def _ways(instance: Instance, groups: Plan, patient: Patient) -> Iterator[tuple[float, Weekly]]:
    """Everything this person could have, with what it adds to the price of the empty plan."""
    empty = judge(instance, groups).cost.total
    for week in weeks(instance, groups, patient, True, coreless=True):
        verdict = judge(instance, give(groups, patient.id, week))
        if not [each for each in verdict.violations if each.rule not in ALONE]:
            yield verdict.cost.total - empty, week
