"""What still holds of a plan after the clinic changed: everything that breaks a rule is taken out.

No search and no solver: the judge names what is broken, and the smallest part it names goes. The result is
valid; it is where a replan begins, and what it falls back to.
"""

from dataclasses import replace

from homeground.timetable.solver.judge import Violation, judge
from homeground.timetable.solver.model import Instance, Plan

OF_A_GROUP = {
    "group too small",
    "group too large",
    "number of leaders",
    "leader does not fit",
    "kept apart",
    "copies",
}
OF_A_THERAPIST = {"outside working time", "therapist in two places", "therapist minutes", "caseload"}


def trim(instance: Instance, plan: Plan) -> Plan:
    """The part of a plan that breaks no rule. People who are not in the instance have left."""
    here = {each.id for each in instance.patients}
    for gone in sorted({*plan.core, *plan.special, *plan.solo, *plan.family} - here):
        plan = plan.without(gone)
    while violations := judge(instance, plan).violations:
        for each in violations:
            plan = _without(instance, plan, each)
    return plan


def _without(instance: Instance, plan: Plan, broken: Violation) -> Plan:
    first = broken.what[0]
    if broken.rule in OF_A_GROUP:
        return close(plan, first)
    if broken.rule == "group rooms":
        return _without_group_at(instance, plan, first)
    if broken.rule in OF_A_THERAPIST:
        return _without_hours_of(instance, plan, first)
    if broken.rule == "offices":
        return _without_hour_at(instance, plan, first)
    if broken.rule in ("obligation", "counselor does not fit", "family counselor does not fit"):
        return _without_part(instance, plan, broken)
    return plan.without(first)


def close(plan: Plan, track: int) -> Plan:
    """The plan without one group and its seats."""
    return replace(
        plan,
        copies={at: copies for at, copies in plan.copies.items() if at != track},
        facilitators={at: who for at, who in plan.facilitators.items() if at != track},
        core={one: seat for one, seat in plan.core.items() if seat[0] != track},
        special={
            one: {topic: at for topic, at in topics.items() if at != track}
            for one, topics in plan.special.items()
        },
    )


def _without_group_at(instance: Instance, plan: Plan, slot: int) -> Plan:
    there = [
        each.id
        for each in instance.tracks
        if plan.copies.get(each.id) and each.onsite and any(s <= slot < e for s, e in each.meetings)
    ]
    return close(plan, max(there)) if there else plan


def _without_hours_of(instance: Instance, plan: Plan, who: int) -> Plan:
    """Take away hours outside working time; else the last hour of this therapist; else a group they lead."""
    week = instance.week
    free = next(week.spans(each.free) for each in instance.therapists if each.id == who)
    tables = (plan.family, plan.solo)
    outside = [
        {one for one, (giver, at) in table.items() if giver == who and week.hour_at(at) & ~free}
        for table in tables
    ]
    if not any(outside):
        last = [
            {max((one for one, (giver, _) in table.items() if giver == who), default=-1)} for table in tables
        ]
        outside = [last[0], set()] if last[0] != {-1} else [set(), last[1] - {-1}]
    if not any(outside):
        led = [at for at, leaders in plan.facilitators.items() if who in leaders]
        return close(plan, max(led)) if led else plan  # closed already, for another rule they broke
    return replace(
        plan,
        family={one: hour for one, hour in plan.family.items() if one not in outside[0]},
        solo={one: hour for one, hour in plan.solo.items() if one not in outside[1]},
    )


def _without_hour_at(instance: Instance, plan: Plan, slot: int) -> Plan:
    length = instance.week.hour
    for name, table in (("family", plan.family), ("solo", plan.solo)):
        there = [one for one, (_, at) in table.items() if at <= slot < at + length]
        if there:
            rest = {one: hour for one, hour in table.items() if one != max(there)}
            return replace(plan, family=rest) if name == "family" else replace(plan, solo=rest)
    return plan


def _without_part(instance: Instance, plan: Plan, broken: Violation) -> Plan:
    """Only the hour or the group in question, the rest of the person's week stays."""
    patient, at = broken.what
    solo, family = plan.solo.get(patient), plan.family.get(patient)
    here = broken.rule == "obligation"
    if solo and (solo[1] == at if here else broken.rule == "counselor does not fit"):
        return replace(plan, solo={one: hour for one, hour in plan.solo.items() if one != patient})
    if family and (family[1] == at if here else broken.rule == "family counselor does not fit"):
        return replace(plan, family={one: hour for one, hour in plan.family.items() if one != patient})
    tracks = {each.id: each for each in instance.tracks}
    topics = {
        topic: track
        for topic, track in plan.special.get(patient, {}).items()
        if all(start != at for start, _ in tracks[track].meetings)
    }
    if topics != plan.special.get(patient, {}):
        return replace(plan, special={**plan.special, patient: topics})
    return replace(plan, core={one: seat for one, seat in plan.core.items() if one != patient})
