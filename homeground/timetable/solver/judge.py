"""An independent check of a plan: every hard rule and the cost, straight from the written rules.

Written to be read beside docs/timetable.md, slot by slot, without the bitset shortcuts of the engine; it
imports `model` and `week` only. Nothing is published that this module does not pass.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from homeground.timetable.solver.model import (
    FAMILY_MINUTES,
    SOLO_MINUTES,
    TOPIC_MINUTES,
    Instance,
    Patient,
    Plan,
    Therapist,
    Track,
)
from homeground.timetable.solver.week import FIRST_HOUR, LAST_HOUR, Span, Week


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule that a plan breaks, and the ids it concerns (patient, track, therapist or slot)."""

    rule: str
    what: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """The price of a plan in minute-equivalents, by level."""

    unmet: float = 0
    moves: float = 0
    burden: float = 0  # journeys, part of the day, soft obligations
    staff: float = 0

    @property
    def total(self) -> float:
        """The weighted sum of the benchmark format."""
        return self.unmet + self.moves + self.burden + self.staff


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says: `served` is a share of minutes, `in_core` a number of people."""

    cost: Cost
    violations: tuple[Violation, ...]
    served: float
    in_core: int


@dataclass(frozen=True, slots=True)
class Held:
    """Something a patient attends: its span and whether they travel for it."""

    span: Span
    onsite: bool


def judge(instance: Instance, plan: Plan) -> Verdict:
    """Check every hard rule of a plan and price it."""
    book = _Book(instance, plan)
    violations = tuple(
        chain(
            book.seats(),
            book.hours(),
            book.groups(),
            book.apart(),
            book.staff(),
            book.rooms(),
        )
    )
    served, prescribed = 0, 0
    for patient in instance.patients:
        missing, due = book.minutes(patient)
        prescribed += due
        served += due - missing
    return Verdict(
        cost=book.cost(),
        violations=violations,
        served=served / prescribed if prescribed else 1.0,
        in_core=len(plan.core),
    )


class _Book:
    """A plan with its instance, looked up by id."""

    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.instance = instance
        self.plan = plan
        self.week: Week = instance.week
        self.tracks: Mapping[int, Track] = {each.id: each for each in instance.tracks}
        self.therapists: Mapping[int, Therapist] = {each.id: each for each in instance.therapists}
        self.patients: Mapping[int, Patient] = {each.id: each for each in instance.patients}

    def held(self, patient: Patient) -> list[Held]:
        """Everything a patient attends."""
        found = []
        if patient.id in self.plan.core:
            track, chosen = self.plan.core[patient.id]
            found += [Held(self.tracks[track].meetings[at], self.tracks[track].onsite) for at in chosen]
        for track in self.plan.special.get(patient.id, {}).values():
            found += [Held(span, self.tracks[track].onsite) for span in self.tracks[track].meetings]
        for table in (self.plan.solo, self.plan.family):
            if patient.id in table:
                start = table[patient.id][1]
                found.append(Held((start, start + self.week.hour), not patient.remote))
        return found

    def seats(self) -> Iterator[Violation]:
        """Gates, doses, and nobody in two places."""
        for patient in self.instance.patients:
            if patient.id in self.plan.core:
                yield from self._core(patient, *self.plan.core[patient.id])
            for topic, track in self.plan.special.get(patient.id, {}).items():
                found = self.tracks[track]
                if topic not in patient.topics or found.kind != "special" or found.topic != topic:
                    yield Violation("topic not prescribed", (patient.id, track))
                yield from self._gates(patient, found)
            yield from self._places(patient)

    def _core(self, patient: Patient, track: int, chosen: tuple[int, ...]) -> Iterator[Violation]:
        found = self.tracks[track]
        if found.kind != "core":
            yield Violation("not a core group", (patient.id, track))
        if len(set(chosen)) != len(chosen) or len(chosen) != (found.attend or len(found.meetings)):
            yield Violation("wrong number of meetings", (patient.id, track))
        yield from self._gates(patient, found)
        days: Counter[int] = Counter()
        for at in set(chosen):
            start, end = found.meetings[at]
            days[self.week.day(start)] += (end - start) * self.week.grid
        if days.total() < patient.core_minutes:
            yield Violation("core minutes", (patient.id, track))
        if not patient.min_days <= len(days) <= patient.max_days:
            yield Violation("days", (patient.id, track))
        if any(minutes < patient.min_day_minutes for minutes in days.values()):
            yield Violation("minutes on a day", (patient.id, track))

    def _gates(self, patient: Patient, track: Track) -> Iterator[Violation]:
        gates = {
            "gender": track.gender in ("", patient.gender),
            "age": track.youth == patient.youth
            or (track.kind == "special" and patient.youth and not track.adults),
            "dual diagnosis": patient.dual or not track.dual,
            "language": track.lang in patient.langs,
            "telehealth": track.onsite or patient.remote,
            "group does not run": self.plan.copies.get(track.id, 0) > 0,
        }
        for rule, kept in gates.items():
            if not kept:
                yield Violation(rule, (patient.id, track.id))

    def _places(self, patient: Patient) -> Iterator[Violation]:
        held = self.held(patient)
        used = Counter(slot for each in held for slot in range(*each.span))
        if any(count > 1 for count in used.values()):
            yield Violation("in two places", (patient.id,))
        busy = {slot for span in patient.busy for slot in range(*span)}
        for each in held:
            if not busy.isdisjoint(self._needed(patient, each)):
                yield Violation("obligation", (patient.id, each.span[0]))

    def _needed(self, patient: Patient, held: Held) -> range:
        """The slots something keeps clear: its own, and the way when on site, inside its day."""
        start, end = held.span
        if not held.onsite:
            return range(start, end)
        way = -(-patient.travel // self.week.grid)
        midnight = self.week.day(start) * self.week.per_day
        return range(max(start - way, midnight), min(end + way, midnight + self.week.per_day))

    def hours(self) -> Iterator[Violation]:
        """One-to-one and family hours: who gives them and when they begin."""
        for patient, (who, start) in self.plan.solo.items():
            if who not in self.patients[patient].counselors:
                yield Violation("counselor does not fit", (patient, who))
            if not self._on_the_hour(start):
                yield Violation("start of an hour", (patient, start))
        for patient, (who, start) in self.plan.family.items():
            if who not in self.patients[patient].family_counselors:
                yield Violation("family counselor does not fit", (patient, who))
            if not self._on_the_hour(start):
                yield Violation("start of an hour", (patient, start))
            windows = {slot for span in self.patients[patient].family for slot in range(*span)}
            if not windows.issuperset(range(start, start + self.week.hour)):
                yield Violation("family window", (patient, start))

    def _on_the_hour(self, start: int) -> bool:
        clock, rest = divmod(self.week.minute_of_day(start), 60)
        return not rest and FIRST_HOUR <= clock <= LAST_HOUR

    def _members(self) -> tuple[Counter[tuple[int, int]], dict[int, set[int]]]:
        present: Counter[tuple[int, int]] = Counter()
        people: defaultdict[int, set[int]] = defaultdict(set)
        for patient, (track, chosen) in self.plan.core.items():
            people[track].add(patient)
            present.update((track, at) for at in set(chosen))
        for patient, topics in self.plan.special.items():
            for track in topics.values():
                people[track].add(patient)
                present.update((track, at) for at in range(len(self.tracks[track].meetings)))
        return present, people

    def groups(self) -> Iterator[Violation]:
        """Sizes, copies and leaders of each group that runs."""
        present, people = self._members()
        for at in sorted({*self.plan.copies, *self.plan.facilitators}):
            track, copies = self.tracks[at], self.plan.copies.get(at, 0)
            if not 0 <= copies <= track.copies:
                yield Violation("copies", (at,))
            if len(people.get(at, ())) < track.lo * copies:
                yield Violation("group too small", (at,))
            if any(present[at, meeting] > track.hi * copies for meeting in range(len(track.meetings))):
                yield Violation("group too large", (at,))
            leaders = self.plan.facilitators.get(at, ())
            if len(leaders) != track.facilitators * copies or len(set(leaders)) != len(leaders):
                yield Violation("number of leaders", (at,))
        for at, leaders in self.plan.facilitators.items():
            for who in leaders:
                leader = self.therapists[who]
                if self.tracks[at].skill not in leader.skills or self.tracks[at].lang not in leader.langs:
                    yield Violation("leader does not fit", (at, who))

    def apart(self) -> Iterator[Violation]:
        """No-contact pairs are never in one group; several copies may part them."""
        _, people = self._members()
        for at, inside in people.items():
            pairs = [pair for pair in self.instance.exclusions if set(pair) <= inside]
            copies = self.plan.copies.get(at, 0)
            if pairs and not _can_part(pairs, copies, self.tracks[at].hi):
                yield Violation("kept apart", (at,))

    def staff(self) -> Iterator[Violation]:
        """Each therapist in one place, inside working time, within minutes and caseload."""
        for who, therapist in self.therapists.items():
            whole: Counter[int] = Counter()  # counted in halves: a fortnightly hour takes half a slot
            minutes = 0
            for at, leaders in self.plan.facilitators.items():
                for span in self.tracks[at].meetings if who in leaders else ():
                    whole.update(dict.fromkeys(range(*span), 2))
                    minutes += (span[1] - span[0]) * self.week.grid
            solos = [start for giver, start in self.plan.solo.values() if giver == who]
            families = [start for giver, start in self.plan.family.values() if giver == who]
            for starts, share in ((solos, 2), (families, 1)):
                for start in starts:
                    whole.update(dict.fromkeys(range(start, start + self.week.hour), share))
            minutes += SOLO_MINUTES * len(solos) + FAMILY_MINUTES * len(families)
            free = {slot for span in therapist.free for slot in range(*span)}
            if not free.issuperset(whole):
                yield Violation("outside working time", (who,))
            if any(share > 2 for share in whole.values()):
                yield Violation("therapist in two places", (who,))
            if minutes > therapist.max_minutes:
                yield Violation("therapist minutes", (who,))
            if len(solos) > therapist.caseload:
                yield Violation("caseload", (who,))

    def rooms(self) -> Iterator[Violation]:
        """Group rooms for meetings on site, offices for hours (a fortnightly hour half of one)."""
        rooms: Counter[int] = Counter()
        offices: Counter[int] = Counter()
        for at, copies in self.plan.copies.items():
            for span in self.tracks[at].meetings if self.tracks[at].onsite else ():
                rooms.update(dict.fromkeys(range(*span), copies))
        for table, share in ((self.plan.solo, 2), (self.plan.family, 1)):
            for _, start in table.values():
                offices.update(dict.fromkeys(range(start, start + self.week.hour), share))
        yield from (Violation("group rooms", (slot,)) for slot in _above(rooms, self.instance.group_rooms))
        yield from (Violation("offices", (slot,)) for slot in _above(offices, 2 * self.instance.offices))

    def minutes(self, patient: Patient) -> tuple[int, int]:
        """Prescribed minutes a patient does not get, and all that are prescribed, a week."""
        special = self.plan.special.get(patient.id, {})
        unmet = 0 if patient.id in self.plan.core else patient.core_minutes
        unmet += TOPIC_MINUTES * sum(1 for topic in patient.topics if topic not in special)
        unmet += 0 if patient.id in self.plan.solo else SOLO_MINUTES
        unmet += FAMILY_MINUTES if patient.family and patient.id not in self.plan.family else 0
        due = patient.core_minutes + TOPIC_MINUTES * len(patient.topics) + SOLO_MINUTES
        return unmet, due + (FAMILY_MINUTES if patient.family else 0)

    def cost(self) -> Cost:
        """The price of the plan."""
        weights = self.instance.weights
        unmet = moves = burden = 0.0
        for patient in self.instance.patients:
            unmet += weights.unmet * patient.priority * self.minutes(patient)[0]
            moves += self._moves(patient)
            burden += self._burden(patient)
        minutes = 0
        for at, copies in self.plan.copies.items():
            track = self.tracks[at]
            long = sum(end - start for start, end in track.meetings) * self.week.grid
            minutes += copies * track.facilitators * long
        return Cost(unmet, moves, burden, weights.staff_pct * minutes / 100)

    def _burden(self, patient: Patient) -> float:
        weights, held = self.instance.weights, self.held(patient)
        days = {self.week.day(each.span[0]) for each in held if each.onsite}
        price = weights.trip * 2 * patient.travel * len(days)
        if patient.id in self.plan.core:
            track, chosen = self.plan.core[patient.id]
            first = min(self.tracks[track].meetings[at][0] for at in chosen)
            hour = self.week.minute_of_day(first) / 60
            if patient.daypart != ("am" if hour < 12 else "pm" if hour < 17 else "eve"):
                price += weights.daypart * len(chosen)
        soft = {slot for span in patient.soft for slot in range(*span)}
        taken = sum(len(soft.intersection(self._needed(patient, each))) for each in held)
        return price + weights.soft * taken * self.week.grid

    def _moves(self, patient: Patient) -> float:
        weights, was = self.instance.weights, patient.incumbent
        price = 0.0
        if was.core is not None and patient.id in self.plan.core:
            price += weights.move_track * (self.plan.core[patient.id][0] != was.core)
        if patient.id in self.plan.solo:
            who, start = self.plan.solo[patient.id]
            price += weights.move_therapist * (was.therapist not in (None, who))
            price += weights.move_start * (was.start not in (None, start))
        return price


def _above(used: Mapping[int, int], most: int) -> list[int]:
    return sorted(slot for slot, count in used.items() if count > most)


def _can_part(pairs: Iterable[tuple[int, int]], copies: int, hi: int) -> bool:
    """Whether `copies` groups of `hi` can hold everybody named with no pair together."""
    people = sorted({one for pair in pairs for one in pair})
    apart = [set(pair) for pair in pairs]

    def fits(at: int, groups: list[set[int]]) -> bool:
        if at == len(people):
            return True
        for index, group in enumerate(groups):
            joined = group | {people[at]}
            allowed = len(joined) <= hi and not any(pair <= joined for pair in apart)
            if allowed and fits(at + 1, [*groups[:index], joined, *groups[index + 1 :]]):
                return True
            if not group:
                return False  # the remaining groups are as empty as this one
        return False

    return fits(0, [set() for _ in range(copies)])
