"""What a running plan leaves open: seats, free hours of counselors, offices. Worked out once, asked often."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from homeground.timetable.solver.model import (
    FAMILY_MINUTES,
    SOLO_MINUTES,
    Instance,
    Plan,
    Therapist,
    Track,
)
from homeground.timetable.solver.options import Option, choices
from homeground.timetable.solver.reader import BadInstance
from homeground.timetable.solver.week import Week

MANY_PAIRS = 8  # beyond this many no-contact people in one group of several copies, ask for all to be moved


@dataclass(frozen=True, slots=True)
class Occupancy:
    """A running plan seen from outside. Sets of slots are ints; `*_starts` are starts of a free hour."""

    instance: Instance
    plan: Plan
    week: Week
    tracks: Mapping[int, Track]
    therapists: Mapping[int, Therapist]
    choices: Mapping[int, tuple[Option, ...]]  # of every running group
    seats: Mapping[int, tuple[int, ...]]  # open seats of a running group at each meeting
    people: Mapping[int, frozenset[int]]  # who is in a running group
    solo_starts: Mapping[int, int]  # therapist -> starts of a wholly free working hour
    family_starts: Mapping[int, int]  # therapist -> starts of an hour with half a place for a family
    solo_office: int  # starts of an hour with an office free
    family_office: int  # starts of an hour with half an office free
    minutes: Mapping[int, int]  # therapist -> minutes left this week
    caseload: Mapping[int, int]  # therapist -> one-to-one patients they could still take
    apart: Mapping[int, frozenset[int]]  # person -> those never to be in one group with

    @staticmethod
    def of(instance: Instance, plan: Plan) -> "Occupancy":
        """Work out what a plan leaves open."""
        week = instance.week
        seated = {track for track, _ in plan.core.values()}
        seated.update(track for topics in plan.special.values() for track in topics.values())
        if not all(plan.copies.get(track) for track in seated):
            raise BadInstance("plan.copies", "leaves out a group somebody is seated in")
        tracks = {each.id: each for each in instance.tracks}
        running = sorted(at for at, copies in plan.copies.items() if copies)
        full, halves, spent = _staff_use(week, tracks, plan)
        hours = _hours(instance, week, full, halves)
        people: dict[int, set[int]] = {at: set() for at in running}
        taken: Counter[tuple[int, int]] = Counter()
        for patient, (track, chosen) in plan.core.items():
            people[track].add(patient)
            taken.update((track, at) for at in chosen)
        for patient, topics in plan.special.items():
            for track in topics.values():
                people[track].add(patient)
                taken.update((track, at) for at in range(len(tracks[track].meetings)))
        solo_office, family_office = _offices(instance, week, plan)
        caseload = Counter(who for who, _ in plan.solo.values())
        return Occupancy(
            instance=instance,
            plan=plan,
            week=week,
            tracks=tracks,
            therapists={each.id: each for each in instance.therapists},
            choices={at: choices(tracks[at], week) for at in running},
            seats={
                at: tuple(
                    tracks[at].hi * plan.copies[at] - taken[at, meeting]
                    for meeting in range(len(tracks[at].meetings))
                )
                for at in running
            },
            people={at: frozenset(found) for at, found in people.items()},
            solo_starts={who: starts for who, (starts, _) in hours.items()},
            family_starts={who: starts for who, (_, starts) in hours.items()},
            solo_office=solo_office,
            family_office=family_office,
            minutes={each.id: each.max_minutes - spent[each.id] for each in instance.therapists},
            caseload={each.id: each.caseload - caseload[each.id] for each in instance.therapists},
            apart=_apart(instance.exclusions),
        )

    def refused_company(self, track: int, patient: int) -> tuple[frozenset[int], ...]:
        """Smallest sets of people whose presence keeps this person out of a group; empty when none does."""
        enemies = self.apart.get(patient, frozenset()) & self.people[track]
        if not enemies:
            return ()
        copies = self.plan.copies[track]
        if copies == 1 or len(enemies) > MANY_PAIRS:
            return (enemies,)
        inside = self.people[track] - {patient}
        found: list[frozenset[int]] = []
        for gone in _subsets(sorted(enemies)):
            if any(smaller <= gone for smaller in found):
                continue
            together = {patient: enemies - gone} | {
                one: self.apart.get(one, frozenset()) & inside for one in inside
            }
            if can_part(together, copies, self.tracks[track].hi):
                found.append(gone)
        return tuple(each for each in found if each)


def can_part(apart: Mapping[int, frozenset[int]], copies: int, hi: int) -> bool:
    """Whether the people of a group fit into its copies, `hi` each, with every pair in `apart` separated.

    `apart` maps everybody in the group to those they may not meet; it need be given in one direction only.
    Only people named in a pair matter, the rest fill up.
    """
    pairs: defaultdict[int, set[int]] = defaultdict(set)
    for one, others in apart.items():
        for other in others:
            pairs[one].add(other)
            pairs[other].add(one)
    order = sorted(pairs, key=lambda one: (-len(pairs[one]), one))
    placed: dict[int, int] = {}
    load = [0] * copies

    def put(at: int) -> bool:
        if at == len(order):
            return True
        one = order[at]
        tried_empty = False
        for copy in range(copies):
            if load[copy] >= hi or any(placed.get(other) == copy for other in pairs[one]):
                continue
            if not load[copy] and tried_empty:
                continue  # empty copies are alike
            tried_empty = tried_empty or not load[copy]
            placed[one] = copy
            load[copy] += 1
            if put(at + 1):
                return True
            del placed[one]
            load[copy] -= 1
        return False

    return put(0)


def _subsets(people: list[int]) -> list[frozenset[int]]:
    sets = [
        frozenset(one for at, one in enumerate(people) if pick >> at & 1) for pick in range(1 << len(people))
    ]
    return sorted(sets, key=lambda each: (len(each), sorted(each)))


def _apart(exclusions: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in exclusions:
        found[one].add(other)
        found[other].add(one)
    return {one: frozenset(others) for one, others in found.items()}


def _staff_use(
    week: Week, tracks: Mapping[int, Track], plan: Plan
) -> tuple[dict[int, int], dict[int, Counter[int]], Counter[int]]:
    """Slots each therapist gives whole, slots given by halves, minutes spent."""
    full: defaultdict[int, int] = defaultdict(int)
    halves: defaultdict[int, Counter[int]] = defaultdict(Counter)
    spent: Counter[int] = Counter()
    for track, leaders in plan.facilitators.items():
        slots = week.spans(tracks[track].meetings)
        for who in leaders:
            full[who] |= slots
            spent[who] += week.minutes(slots)
    for who, start in plan.solo.values():
        full[who] |= week.hour_at(start)
        spent[who] += SOLO_MINUTES
    for who, start in plan.family.values():
        halves[who].update(range(start, start + week.hour))
        spent[who] += FAMILY_MINUTES
    return full, halves, spent


def _hours(
    instance: Instance, week: Week, full: Mapping[int, int], halves: Mapping[int, Counter[int]]
) -> dict[int, tuple[int, int]]:
    found = {}
    for each in instance.therapists:
        idle = week.spans(each.free) & ~full.get(each.id, 0)
        shared: Mapping[int, int] = halves.get(each.id, {})
        touched = sum(1 << slot for slot, count in shared.items() if count)
        spent = sum(1 << slot for slot, count in shared.items() if count > 1)
        found[each.id] = (free_hours(week, idle & ~touched), free_hours(week, idle & ~spent))
    return found


def free_hours(week: Week, slots: int) -> int:
    """The hours, by their start, that lie wholly within `slots`."""
    return week.hour_starts & ~week.reach_back(week.everything & ~slots, week.hour)


def _offices(instance: Instance, week: Week, plan: Plan) -> tuple[int, int]:
    used: Counter[int] = Counter()
    for _, start in plan.solo.values():
        used.update(dict.fromkeys(range(start, start + week.hour), 2))
    for _, start in plan.family.values():
        used.update(range(start, start + week.hour))
    for_solo, for_family = 2 * instance.offices - 2, 2 * instance.offices - 1
    solo = sum(1 << slot for slot in range(week.slots) if used[slot] <= for_solo)
    family = sum(1 << slot for slot in range(week.slots) if used[slot] <= for_family)
    return free_hours(week, solo), free_hours(week, family)
