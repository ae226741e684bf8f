"""Brute force for tiny clinics: slow, plain, and written apart from the engine, which is compared with it.

`offers` tries every complete week of one person and asks the judge; `changes` lists the facts against every
week one by one. Both take seconds beyond a handful of groups and people.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import (
    FAMILY_MINUTES,
    SOLO_MINUTES,
    Instance,
    Patient,
    Plan,
    Track,
)

Fact = tuple[str | int, ...]
Core = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Weekly:
    """One week that might be given to a person."""

    core: Core | None
    special: tuple[tuple[str, int], ...]
    solo: tuple[int, int] | None
    family: tuple[int, int] | None


def offers(instance: Instance, plan: Plan, patient: Patient, partial: bool = False) -> dict[Core, float]:
    """The lowest price of each group option the person can have, by asking the judge about every week."""
    others = tuple(each for each in instance.patients if each.id != patient.id)
    instance = replace(instance, patients=(*others, patient))
    plan = plan.without(patient.id)
    before = judge(instance, plan)
    unmet = instance.weights.unmet * patient.priority * patient.core_minutes
    unmet += instance.weights.unmet * patient.priority * (60 * len(patient.topics) + SOLO_MINUTES)
    unmet += instance.weights.unmet * patient.priority * (FAMILY_MINUTES if patient.family else 0)
    best: dict[Core, float] = {}
    for week in weeks(instance, plan, patient, partial):
        after = judge(instance, give(plan, patient.id, week))
        if set(after.violations) - set(before.violations):
            continue
        price = after.cost.total - before.cost.total + unmet
        assert week.core is not None
        best[week.core] = min(price, best.get(week.core, price))
    return best


def give(plan: Plan, patient: int, week: Weekly) -> Plan:
    """The plan with this week for a person."""
    return replace(
        plan,
        core={**plan.core, **({patient: week.core} if week.core else {})},
        special={**plan.special, patient: dict(week.special)},
        solo={**plan.solo, **({patient: week.solo} if week.solo else {})},
        family={**plan.family, **({patient: week.family} if week.family else {})},
    )


def _running(instance: Instance, plan: Plan, kind: str) -> list[Track]:
    return [each for each in instance.tracks if each.kind == kind and plan.copies.get(each.id, 0)]


def _cores(instance: Instance, plan: Plan, patient: Patient) -> Iterator[Core]:
    for track in _running(instance, plan, "core"):
        for chosen in combinations(range(len(track.meetings)), track.attend or len(track.meetings)):
            days: Counter[int] = Counter()
            for at in chosen:
                start, end = track.meetings[at]
                days[start * instance.grid // 1440] += (end - start) * instance.grid
            enough = days.total() >= patient.core_minutes and min(days.values()) >= patient.min_day_minutes
            if enough and patient.min_days <= len(days) <= patient.max_days and _meant(track, patient):
                yield track.id, chosen


def _meant(track: Track, patient: Patient) -> bool:
    if track.gender and track.gender != patient.gender:
        return False
    if track.kind == "core" and track.youth != patient.youth:
        return False
    if (track.youth and not patient.youth) or (track.adults and patient.youth):
        return False
    if track.dual and not patient.dual:
        return False
    return track.lang in patient.langs


def _hour_starts(instance: Instance) -> list[int]:
    hour = 60 // instance.grid
    return [(day * 24 + clock) * hour for day in range(7) for clock in range(8, 21)]


def _topics(instance: Instance, plan: Plan, patient: Patient) -> list[list[tuple[str, int] | None]]:
    return [
        [
            (topic, each.id)
            for each in _running(instance, plan, "special")
            if each.topic == topic and _meant(each, patient)
        ]
        for topic in patient.topics
    ]


def weeks(
    instance: Instance, plan: Plan, patient: Patient, partial: bool, *, coreless: bool = False
) -> Iterator[Weekly]:
    """Every week a person might have beside the running groups; `coreless`: also without a core group."""
    starts = _hour_starts(instance)
    nothing = [None] if partial else []
    topics = [[*ways, *nothing] for ways in _topics(instance, plan, patient)]
    free = {each.id: {s for span in each.free for s in range(*span)} for each in instance.therapists}
    solos = [*nothing, *((who, at) for who in patient.counselors for at in starts if at in free[who])]
    families: list[tuple[int, int] | None] = [None]
    if patient.family:
        windows = {slot for span in patient.family for slot in range(*span)}
        families = [
            *nothing,
            *(
                (who, at)
                for who in patient.family_counselors
                for at in starts
                if at in free[who] and at in windows
            ),
        ]
    for core in (*((None,) if coreless else ()), *_cores(instance, plan, patient)):
        for chosen in product(*topics):
            for solo, family in product(solos, families):
                yield Weekly(core, tuple(each for each in chosen if each), solo, family)


def changes(instance: Instance, plan: Plan, patient: Patient) -> set[frozenset[Fact]]:
    """The inclusion-minimal sets of facts against a complete week, obligations slot by slot."""
    plan = plan.without(patient.id)
    return _minimal(_fact_sets(instance, plan, patient))


def _minimal(sets: Iterator[frozenset[Fact]]) -> set[frozenset[Fact]]:
    distinct = sorted(set(sets), key=len)
    kept: list[frozenset[Fact]] = []
    for each in distinct:
        if not any(smaller <= each for smaller in kept):
            kept.append(each)
    return set(kept)


def _fact_sets(instance: Instance, plan: Plan, patient: Patient) -> Iterator[frozenset[Fact]]:
    tracks = {each.id: each for each in instance.tracks}
    hour = 60 // instance.grid
    solos = list(_hours(instance, plan, patient, family=False))
    families = list(_hours(instance, plan, patient, family=True)) if patient.family else [None]
    for core in _cores(instance, plan, patient):
        for chosen in product(*_topics(instance, plan, patient)):
            groups = [core] + [
                (at, tuple(range(len(tracks[at].meetings)))) for _, at in (each for each in chosen if each)
            ]
            slots = [
                slot for at, meetings in groups for i in meetings for slot in range(*tracks[at].meetings[i])
            ]
            if len(set(slots)) < len(slots):
                continue
            facts = [_group_facts(instance, plan, patient, tracks[at], meetings) for at, meetings in groups]
            for solo, family in product(solos, families):
                taken = [*slots, *range(solo[0], solo[0] + hour)]
                taken += range(family[0], family[0] + hour) if family else ()
                if len(set(taken)) < len(taken):
                    continue
                both = solo[2] | (family[2] if family else frozenset())
                if family and solo[1] is not None and solo[1] == family[1]:
                    both |= _minutes(instance, plan, solo[1], SOLO_MINUTES + FAMILY_MINUTES)
                for each in product(*facts):
                    yield both.union(*each)


def _group_facts(
    instance: Instance, plan: Plan, patient: Patient, track: Track, meetings: tuple[int, ...]
) -> list[frozenset[Fact]]:
    """The facts against a seat; several sets when either of several no-contact people might leave."""
    facts: set[Fact] = set()
    for at in meetings:
        facts |= _busy(instance, patient, track.meetings[at], track.onsite)
        inside = sum(
            1 for at_track, chosen in plan.core.values() if at_track == track.id and at in chosen
        ) + sum(1 for topics in plan.special.values() if track.id in topics.values())
        if inside >= track.hi * plan.copies[track.id]:
            facts.add(("full", track.id))
    if not track.onsite and not patient.remote:
        facts.add(("telehealth",))
    people = {one for one, (at, _) in plan.core.items() if at == track.id}
    people |= {one for one, topics in plan.special.items() if track.id in topics.values()}
    enemies = sorted(
        one
        for one in people
        if (one, patient.id) in instance.exclusions or (patient.id, one) in instance.exclusions
    )
    ways = []
    for count in range(len(enemies) + 1):
        for gone in combinations(enemies, count):
            stay = [*people, patient.id]
            pairs = [
                pair
                for pair in instance.exclusions
                if set(pair) <= set(stay) and not (patient.id in pair and set(pair) & set(gone))
            ]
            if _can_part(stay, pairs, plan.copies[track.id], track.hi):
                ways.append(frozenset(facts) | {("apart", one) for one in gone})
    return sorted(_minimal(iter(ways)), key=sorted)


def _can_part(people: list[int], pairs: list[tuple[int, int]], copies: int, hi: int) -> bool:
    named = sorted({one for pair in pairs for one in pair})
    for where in product(range(copies), repeat=len(named)):
        at = dict(zip(named, where, strict=True))
        if all(at[one] != at[other] for one, other in pairs) and all(
            count <= hi for count in Counter(where).values()
        ):
            return True
    return False


def _busy(instance: Instance, patient: Patient, span: tuple[int, int], onsite: bool) -> set[Fact]:
    per_day = 1440 // instance.grid
    midnight = span[0] // per_day * per_day
    way = -(-patient.travel // instance.grid) if onsite else 0
    needed = range(max(midnight, span[0] - way), min(midnight + per_day, span[1] + way))
    busy = {slot for each in patient.busy for slot in range(*each)}
    return {("busy", slot) for slot in needed if slot in busy}


def _minutes(instance: Instance, plan: Plan, who: int, needed: int) -> frozenset[Fact]:
    tracks = {each.id: each for each in instance.tracks}
    spent = sum(
        (end - start) * instance.grid
        for at, leaders in plan.facilitators.items()
        if who in leaders
        for start, end in tracks[at].meetings
    )
    spent += SOLO_MINUTES * sum(1 for giver, _ in plan.solo.values() if giver == who)
    spent += FAMILY_MINUTES * sum(1 for giver, _ in plan.family.values() if giver == who)
    most = next(each.max_minutes for each in instance.therapists if each.id == who)
    return frozenset() if spent + needed <= most else frozenset({("minutes", who)})


def _hours(
    instance: Instance, plan: Plan, patient: Patient, family: bool
) -> Iterator[tuple[int, int | None, frozenset[Fact]]]:
    """Every hour with its giver (None: anybody new) and the facts against it."""
    hour = 60 // instance.grid
    windows = {slot for span in patient.family for slot in range(*span)}
    givers = patient.family_counselors if family else patient.counselors
    need = FAMILY_MINUTES if family else SOLO_MINUTES
    for start in _hour_starts(instance):
        slots = range(start, start + hour)
        if not givers or (family and not windows.issuperset(slots)):
            continue
        here: set[Fact] = set()
        load = Counter[int]()
        for table, share in ((plan.solo, 2), (plan.family, 1)):
            for _, at in table.values():
                load.update(dict.fromkeys(range(at, at + hour), share))
        if any(load[slot] + (1 if family else 2) > 2 * instance.offices for slot in slots):
            here.add(("office", start, start + hour))
        own = [_busy(instance, patient, (start, start + hour), not patient.remote)]
        if not patient.remote:
            own.append(_busy(instance, patient, (start, start + hour), False) | {("telehealth",)})
        for mine in own:
            yield start, None, frozenset(mine | here | {("counselor", start, start + hour)})
            for who in givers:
                if not _is_free(instance, plan, who, slots, family):
                    continue
                facts = mine | here | _minutes(instance, plan, who, need)
                taken = sum(1 for giver, _ in plan.solo.values() if giver == who)
                most = next(each.caseload for each in instance.therapists if each.id == who)
                if not family and taken >= most:
                    facts |= {("caseload", who)}
                yield start, who, frozenset(facts)


def _is_free(instance: Instance, plan: Plan, who: int, slots: range, family: bool) -> bool:
    tracks = {each.id: each for each in instance.tracks}
    therapist = next(each for each in instance.therapists if each.id == who)
    used: Counter[int] = Counter()
    for at, leaders in plan.facilitators.items():
        for span in tracks[at].meetings if who in leaders else ():
            used.update(dict.fromkeys(range(*span), 2))
    hour = 60 // instance.grid
    for table, share in ((plan.solo, 2), (plan.family, 1)):
        for giver, at in table.values():
            if giver == who:
                used.update(dict.fromkeys(range(at, at + hour), share))
    free = {slot for span in therapist.free for slot in range(*span)}
    return all(slot in free and used[slot] + (1 if family else 2) <= 2 for slot in slots)
