"""Between a plan and the columns of a formulation."""

from collections import defaultdict
from typing import TYPE_CHECKING

from homeground.timetable.solver.model import Plan

if TYPE_CHECKING:
    from homeground.timetable.solver.formulate import Formulation

ANYBODY = -1  # the giver of a pooled hour


def start_of(form: "Formulation", plan: Plan) -> dict[int, float]:
    """What a known plan says about groups, seats and hours; in the relaxed forms hours lose their giver."""
    kinds = (form.copies, form.leads, form.cores, form.topics, form.solos, form.families)
    known = {at: 0.0 for columns in kinds for at in columns.values()}
    for track, copies in plan.copies.items():
        known[form.copies.get(track, -1)] = copies
        for who in plan.facilitators.get(track, ()):
            known[form.leads.get((who, track), -1)] = 1
    for (patient, option), at in form.cores.items():
        if plan.core.get(patient) == (option.track, option.meetings):
            known[at] = 1
    for patient, topics in plan.special.items():
        for topic, track in topics.items():
            known[form.topics.get((patient, topic, track), -1)] = 1
    for columns, table in ((form.solos, plan.solo), (form.families, plan.family)):
        for (patient, giver, start), at in columns.items():
            if patient in table and giver in (ANYBODY, table[patient][0]):
                held = table[patient][1]
                if form.alike[at] >> held & 1 if form.frame.coarse else start == held:
                    known[at] = 1
    known.pop(-1, None)
    return known


def plan_of(form: "Formulation", values: tuple[float, ...]) -> Plan:
    """The plan of a solution; in the pooled form the giver of an hour is ANYBODY."""

    def on(at: int) -> bool:
        return values[at] > 0.5

    leaders: defaultdict[int, list[int]] = defaultdict(list)
    for (who, track), at in form.leads.items():
        if on(at):
            leaders[track].append(who)
    special: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for (patient, topic, track), at in form.topics.items():
        if on(at):
            special[patient][topic] = track
    return Plan(
        copies={track: round(values[at]) for track, at in form.copies.items() if on(at)},
        facilitators={track: tuple(sorted(who)) for track, who in sorted(leaders.items())},
        core={one: (each.track, each.meetings) for (one, each), at in form.cores.items() if on(at)},
        special=dict(special),
        solo={one: (who, start) for (one, who, start), at in form.solos.items() if on(at)},
        family={one: (who, start) for (one, who, start), at in form.families.items() if on(at)},
    )
