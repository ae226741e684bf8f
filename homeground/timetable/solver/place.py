"""Offers for one person inside the running groups: the cheapest complete weeks, or why there is none.

No solver: a group option, the topic groups, a one-to-one hour and a family hour are bitsets, and the search
walks the group options from the cheapest, leaving off when the rest cannot be among the best.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from homeground.timetable.solver.eject import Shift, shifts
from homeground.timetable.solver.explain import Blocker, Reasons
from homeground.timetable.solver.model import (
    FAMILY_MINUTES,
    SOLO_MINUTES,
    TOPIC_MINUTES,
    Instance,
    Patient,
    Plan,
)
from homeground.timetable.solver.occupancy import Occupancy
from homeground.timetable.solver.options import Option, Person, admits, is_full_week
from homeground.timetable.solver.week import members

Hour = tuple[int, int]  # therapist, first slot


@dataclass(frozen=True, slots=True)
class Offer:
    """A week for one person. `cost` in minute-equivalents; `missing` names what stays unserved."""

    core: tuple[int, tuple[int, ...]]
    special: Mapping[str, int]
    solo: Hour | None
    family: Hour | None
    cost: float
    missing: tuple[str, ...] = ()
    shift: Shift | None = None  # somebody else who would move to an equally good place


@dataclass(frozen=True, slots=True)
class Answer:
    """Offers, cheapest first, one for each group option; or the smallest changes and a minimal conflict."""

    offers: tuple[Offer, ...]
    changes: tuple[tuple[Blocker, ...], ...] = ()
    conflict: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """Free hours of one price: their starts as a set, and who could give each."""

    price: float
    starts: int
    givers: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Board:
    """A running plan, prepared once to answer for many people."""

    occupancy: Occupancy

    @staticmethod
    def of(instance: Instance, plan: Plan) -> "Board":
        """Prepare the board. BadInstance when the plan seats someone in a group that does not run."""
        return Board(Occupancy.of(instance, plan))

    def place(
        self,
        patient: Patient,
        limit: int = 5,
        *,
        partial: bool = False,
        explain: bool = False,
        eject: bool = False,
    ) -> Answer:
        """The best weeks for one person; somebody already in the plan finds their own seat free.

        `partial` also admits weeks that leave a topic group, the one-to-one hour or the family hour unserved,
        at the price of unmet time. With no offer, or when `explain` asks, the answer carries the smallest
        changes (at most `limit`) and a minimal conflict. `eject` then adds weeks that open when one other
        person takes an equally good place; such an offer carries that person's `shift`.
        """
        occupancy = self.occupancy
        plan = occupancy.plan
        if any(patient.id in table for table in (plan.core, plan.special, plan.solo, plan.family)):
            occupancy = Occupancy.of(occupancy.instance, plan.without(patient.id))
        offers = Search(occupancy, patient, partial).best(limit)
        if offers and not explain:
            return Answer(offers)
        reasons = Reasons(occupancy, patient)
        answer = Answer(offers, reasons.changes(limit), () if offers else reasons.conflict())
        if offers or not eject:
            return answer
        return replace(answer, offers=_ejected(occupancy, patient, reasons, limit))


def place(instance: Instance, plan: Plan, patient: Patient, limit: int = 5) -> Answer:
    """`Board.place` for a single question."""
    return Board.of(instance, plan).place(patient, limit)


def _ejected(occupancy: Occupancy, patient: Patient, reasons: Reasons, limit: int) -> tuple[Offer, ...]:
    """The weeks that one shift of somebody else opens, cheapest first, one for each group option."""
    best: dict[tuple[int, tuple[int, ...]], Offer] = {}
    for shift, plan in shifts(occupancy, patient, reasons):
        for offer in Search(Occupancy.of(occupancy.instance, plan), patient, False).best(limit):
            if offer.core not in best or offer.cost < best[offer.core].cost:
                best[offer.core] = replace(offer, shift=shift)
    return tuple(sorted(best.values(), key=lambda each: (each.cost, each.core))[:limit])


@dataclass(slots=True)
class Search:
    """The search for one person's best weeks."""

    occupancy: Occupancy
    patient: Patient
    partial: bool
    person: Person = field(init=False)
    trip: float = field(init=False)
    unmet: float = field(init=False)
    solos: list[Hours] = field(init=False)
    families: list[Hours] = field(init=False)

    def __post_init__(self) -> None:
        weights = self.occupancy.instance.weights
        self.person = Person.of(self.patient, self.occupancy.week)
        self.trip = weights.trip * 2 * self.patient.travel
        self.unmet = weights.unmet * self.patient.priority
        self.solos = self._solos()
        self.families = self._families()

    def best(self, limit: int) -> tuple[Offer, ...]:
        """The cheapest week of each group option, cheapest first."""
        if not self.partial and not (self.solos and (self.families or not self.patient.family)):
            return ()
        found: list[Offer] = []
        topics = [self._topic(topic) for topic in sorted(self.patient.topics)]
        if any(not options for options in topics):
            return ()
        for price, option in sorted(
            self._cores(), key=lambda each: (each[0], each[1].track, each[1].meetings)
        ):
            worst = found[limit - 1].cost if len(found) >= limit else None
            if worst is not None and price >= worst:
                break
            offer = self._week(option, price, topics, worst)
            if offer:
                found.append(offer)
                found.sort(key=lambda each: (each.cost, each.core))
        return tuple(found[:limit])

    def _days(self, days: int) -> float:
        return self.trip * days.bit_count()

    def _cores(self) -> Iterator[tuple[float, Option]]:
        instance, patient, person = self.occupancy.instance, self.patient, self.person
        weights = instance.weights
        for at, options in self.occupancy.choices.items():
            track = self.occupancy.tracks[at]
            if track.kind != "core" or not admits(track, patient) or not (track.onsite or patient.remote):
                continue
            if self.occupancy.refused_company(at, patient.id):
                continue
            seats = self.occupancy.seats[at]
            for option in options:
                if any(seats[meeting] < 1 for meeting in option.meetings):
                    continue
                if person.kept(option.slots, option.onsite) & person.busy:
                    continue
                if not is_full_week(option, patient, self.occupancy.week):
                    continue
                price = weights.soft * person.soft_minutes(option.slots, option.onsite)
                price += self._days(option.days) if option.onsite else 0
                if option.daypart != patient.daypart:
                    price += weights.daypart * len(option.meetings)
                if patient.incumbent.core not in (None, at):
                    price += weights.move_track
                yield price, option

    def _topic(self, topic: str) -> list[tuple[float, Option | None, str]]:
        """The open groups of a topic with what each costs besides the journey, cheapest first."""
        person, patient = self.person, self.patient
        found: list[tuple[float, Option | None, str]] = []
        for at, options in self.occupancy.choices.items():
            track = self.occupancy.tracks[at]
            if track.kind != "special" or track.topic != topic or not admits(track, patient):
                continue
            if not (track.onsite or patient.remote) or min(self.occupancy.seats[at]) < 1:
                continue
            if self.occupancy.refused_company(at, patient.id):
                continue
            found += [
                (
                    self.occupancy.instance.weights.soft * person.soft_minutes(each.slots, each.onsite),
                    each,
                    topic,
                )
                for each in options
                if not person.kept(each.slots, each.onsite) & person.busy
            ]
        found.sort(key=lambda each: each[0])
        if self.partial:
            found.append((self.unmet * TOPIC_MINUTES, None, topic))
        return found

    def _solos(self) -> list[Hours]:
        weights, held = self.occupancy.instance.weights, self.patient.incumbent
        offered: defaultdict[float, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for who in sorted(self.patient.counselors, key=lambda who: (-self.occupancy.caseload[who], who)):
            if self.occupancy.caseload[who] < 1 or self.occupancy.minutes[who] < SOLO_MINUTES:
                continue
            moved = weights.move_therapist if held.therapist not in (None, who) else 0
            for start in members(
                self.occupancy.solo_starts[who] & self.occupancy.solo_office & self._clear()
            ):
                late = weights.move_start if held.start not in (None, start) else 0
                offered[moved + late + self._soft(start)][start].append(who)
        return _by_price(offered)

    def _families(self) -> list[Hours]:
        if not self.patient.family:
            return []
        week = self.occupancy.week
        windows = week.spans(self.patient.family)
        clear = self._clear() & ~week.reach_back(week.everything & ~windows, week.hour)
        offered: defaultdict[float, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for who in sorted(self.patient.family_counselors):
            if self.occupancy.minutes[who] < FAMILY_MINUTES:
                continue
            for start in members(self.occupancy.family_starts[who] & self.occupancy.family_office & clear):
                offered[self._soft(start)][start].append(who)
        return _by_price(offered)

    def _clear(self) -> int:
        """The starts of an hour that this person's obligations leave free."""
        week, person = self.occupancy.week, self.person
        margin = 0 if self.patient.remote else person.margin
        return week.hour_starts & ~week.reach_back(week.widen(person.busy, margin), week.hour)

    def _soft(self, start: int) -> float:
        if not self.person.soft:
            return 0
        minutes = self.person.soft_minutes(self.occupancy.week.hour_at(start), not self.patient.remote)
        return self.occupancy.instance.weights.soft * minutes

    def _week(
        self,
        core: Option,
        price: float,
        topics: list[list[tuple[float, Option | None, str]]],
        worst: float | None,
    ) -> Offer | None:
        """The cheapest week around one group option that costs less than `worst`."""
        best: Offer | None = None
        bound = worst
        chosen: list[tuple[str, int]] = []

        def go(at: int, price: float, slots: int, days: int) -> None:
            nonlocal best, bound
            if bound is not None and price >= bound:
                return
            if at < len(topics):
                for extra, option, topic in topics[at]:
                    if option is None:
                        go(at + 1, price + extra, slots, days)
                    elif not option.slots & slots:
                        new = option.days & ~days if option.onsite else 0
                        chosen.append((topic, option.track))
                        go(at + 1, price + extra + self._days(new), slots | option.slots, days | new)
                        chosen.pop()
                return
            for extra, solo, family in self._pairs(slots, days):
                if bound is not None and price + extra >= bound:
                    continue
                bound = price + extra
                best = Offer(
                    (core.track, core.meetings),
                    dict(chosen),
                    solo,
                    family,
                    bound,
                    self._missing(dict(chosen), solo, family),
                )

        go(0, price, core.slots, core.days if core.onsite else 0)
        return best

    def _missing(self, special: Mapping[str, int], solo: Hour | None, family: Hour | None) -> tuple[str, ...]:
        missing = [f"topic:{topic}" for topic in sorted(self.patient.topics) if topic not in special]
        missing += [] if solo else ["solo"]
        missing += ["family"] if self.patient.family and not family else []
        return tuple(missing)

    def _pairs(self, slots: int, days: int) -> Iterator[tuple[float, Hour | None, Hour | None]]:
        """The first one-to-one and family hour of each price that go with the groups, with their price."""
        blocked = self.occupancy.week.reach_back(slots, self.occupancy.week.hour)
        solos = list(self._priced(self.solos, blocked, days))
        families = list(self._priced(self.families, blocked, days)) if self.patient.family else []
        for first in solos:
            if not self.patient.family:
                at = first.starts & -first.starts
                start = at.bit_length() - 1
                yield first.price, (first.givers[start][0], start), None
            for second in families:
                yield from self._both(first, second, days)
        if self.partial:
            yield from self._lone(solos, families)

    def _lone(
        self, solos: list[Hours], families: list[Hours]
    ) -> Iterator[tuple[float, Hour | None, Hour | None]]:
        no_solo = self.unmet * SOLO_MINUTES
        no_family = self.unmet * FAMILY_MINUTES if self.patient.family else 0
        yield no_solo + no_family, None, None
        for table, rest, is_solo in ((solos, no_family, True), (families, no_solo, False)):
            for each in table:
                start = (each.starts & -each.starts).bit_length() - 1
                hour = (each.givers[start][0], start)
                yield each.price + rest, hour if is_solo else None, None if is_solo else hour

    def _priced(self, table: list[Hours], blocked: int, days: int) -> Iterator[Hours]:
        """Hours that do not meet the groups, split by day so that each has one price, journey included."""
        for each in table:
            free = each.starts & ~blocked
            if not free:
                continue
            for at, day in enumerate(self.occupancy.week.days):
                if free & day:
                    new = 0 if self.patient.remote or days >> at & 1 else 1
                    yield Hours(each.price + self.trip * new, free & day, each.givers)

    def _both(self, first: Hours, second: Hours, days: int) -> Iterator[tuple[float, Hour, Hour]]:
        """The earliest pair of a one-to-one and a family hour that can both be given."""
        week, minutes = self.occupancy.week, self.occupancy.minutes
        price = first.price + second.price
        day = week.day((first.starts & -first.starts).bit_length() - 1)
        shared = day == week.day((second.starts & -second.starts).bit_length() - 1)
        if shared and not self.patient.remote and not days >> day & 1:
            price -= self.trip
        for solo in members(first.starts):
            for family in members(second.starts):
                if solo == family:
                    continue
                for one in first.givers[solo]:
                    for other in second.givers[family]:
                        if one != other or minutes[one] >= SOLO_MINUTES + FAMILY_MINUTES:
                            yield price, (one, solo), (other, family)
                            return


def _by_price(offered: Mapping[float, Mapping[int, list[int]]]) -> list[Hours]:
    return [
        Hours(price, sum(1 << start for start in table), {at: tuple(who) for at, who in table.items()})
        for price, table in sorted(offered.items())
    ]
