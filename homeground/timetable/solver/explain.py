"""Why a week does not work, and the smallest changes that would make it work.

For each complete week o a person could be given by gate and prescription, B(o) is the set of facts against
it. The inclusion-minimal B(o) are the smallest changes: take those facts away and the week is possible. A
minimal set of facts that meets every B(o) is a conflict: together they leave nothing. Exact, and no solver.

A set of facts is one int: the low bits are the slots of the person's obligations, the high bits other facts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from homeground.timetable.solver.model import FAMILY_MINUTES, SOLO_MINUTES, Patient
from homeground.timetable.solver.occupancy import Occupancy
from homeground.timetable.solver.options import Option, Person, admits, choices, is_full_week
from homeground.timetable.solver.week import Span, members, runs


@dataclass(frozen=True, slots=True, order=True)
class Blocker:
    """One fact in the way. `kind` says which, `what` is for programs; the caller words it for the reader.

    busy        (start, end): the part of an obligation that is in the way
    full        (track,): no seat left
    apart       (patient id,): somebody this person may not meet; for the caller, who hides it
    telehealth  (): no video
    counselor   (start, end): nobody has this hour free; in a conflict (): nobody has any
    office      (start, end): no office free at this hour; in a conflict (): at no hour
    minutes     (therapist,): no working minutes left
    caseload    (therapist,): takes no more one-to-one patients
    gate        (what,): no group or counselor is meant for this person; never a change
    """

    kind: str
    what: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take part in something: the facts against it and the slots it takes."""

    facts: int
    slots: int


@dataclass(frozen=True, slots=True)
class HourWay:
    """Hours with the same facts against them: starts, and the giver when their minutes are short."""

    facts: int
    starts: int
    giver: int | None


@dataclass(slots=True)
class Reasons:
    """The blocker sets of one person against a running plan."""

    occupancy: Occupancy
    patient: Patient
    person: Person = field(init=False)
    named: dict[Blocker, int] = field(default_factory=dict)
    names: dict[int, Blocker] = field(default_factory=dict)
    sets: list[int] | None = None

    def __post_init__(self) -> None:
        self.person = Person.of(self.patient, self.occupancy.week)

    def changes(self, limit: int) -> tuple[tuple[Blocker, ...], ...]:
        """The smallest changes, fewest first, then the shortest; each is a set of facts to take away."""
        return tuple(self._blockers(facts) for facts in sorted(self._minimal(), key=self._size)[:limit])

    def conflict(self) -> tuple[Blocker, ...]:
        """Facts that together leave nothing, none of which could be missed. Obligations are named whole."""
        sets = self._minimal()
        if not sets:
            return (Blocker("gate", (self._nothing(),)),)
        if 0 in sets:
            return ()
        coarse = [self._coarse(facts) for facts in sets]
        kept = 0
        for facts in coarse:
            kept |= facts
        for fact in self._units(kept):
            if all(facts & kept & ~fact for facts in coarse):
                kept &= ~fact
        return self._blockers(kept)

    def _nothing(self) -> str:
        """Which part of the prescription has no way at all."""
        if not self._cores():
            return "core"
        for topic in sorted(self.patient.topics):
            if not self._topic(topic):
                return f"topic:{topic}"
        return "solo" if not self._solos() else "family" if self._no_family() else "clash"

    def _no_family(self) -> bool:
        return bool(self.patient.family) and not self._families()

    def _units(self, facts: int) -> list[int]:
        """Facts one by one, obligations last, so that a conflict prefers what the person knows best."""
        slots = facts & self.occupancy.week.everything
        masks = (self.occupancy.week.span(run) for run in runs(self.person.busy))
        return [1 << at for at in members(facts ^ slots)] + [mask for mask in masks if slots & mask]

    def _coarse(self, facts: int) -> int:
        """The same facts named whole: an obligation from end to end, "no counselor", "no office"."""
        slots = facts & self.occupancy.week.everything
        coarse = 0
        for at in members(facts ^ slots):
            kind = self.names[at].kind
            coarse |= self._fact(kind) if kind in ("counselor", "office") else 1 << at
        for run in runs(self.person.busy) if slots else ():
            mask = self.occupancy.week.span(run)
            if slots & mask:
                coarse |= mask
        return coarse

    def _fact(self, kind: str, *what: int | str) -> int:
        blocker = Blocker(kind, what)
        if blocker not in self.named:
            at = self.occupancy.week.slots + len(self.named)
            self.named[blocker] = at
            self.names[at] = blocker
        return 1 << self.named[blocker]

    def _blockers(self, facts: int) -> tuple[Blocker, ...]:
        high = facts & ~self.occupancy.week.everything
        spans = [Blocker("busy", span) for span in self._spans(facts)]
        return (*spans, *sorted(self.names[at] for at in members(high)))

    def _spans(self, facts: int) -> tuple[Span, ...]:
        """The obligations among the facts, one span a stretch, cut at midnight."""
        week = self.occupancy.week
        return tuple(run for day in week.days for run in runs(facts & day))

    def _size(self, facts: int) -> tuple[int, int, int]:
        slots = facts & self.occupancy.week.everything
        others = (facts ^ slots).bit_count()
        return len(self._spans(facts)) + others, slots.bit_count(), facts

    def _minimal(self) -> list[int]:
        """Every inclusion-minimal blocker set."""
        if self.sets is None:
            self.sets = self._search()
        return self.sets

    def _search(self) -> list[int]:
        topics = [self._topic(topic) for topic in sorted(self.patient.topics)]
        solos, families = self._solos(), self._families()
        groups = self._cores()
        for ways in topics:
            groups = [
                Way(one.facts | other.facts, one.slots | other.slots)
                for one in groups
                for other in ways
                if not one.slots & other.slots
            ]
            groups = _thin(groups)
        found: list[int] = []
        rests: dict[int, list[int]] = {}
        for group in sorted(groups, key=lambda way: (way.facts.bit_count(), way.facts)):
            if any(known & ~group.facts == 0 for known in found):
                continue
            blocked = self.occupancy.week.reach_back(group.slots, self.occupancy.week.hour)
            if blocked not in rests:
                rests[blocked] = self._rest(solos, families, blocked)
            for facts in rests[blocked]:
                _keep(found, group.facts | facts)
        return found

    def _rest(self, solos: list[HourWay], families: list[HourWay], blocked: int) -> list[int]:
        """Minimal facts against a one-to-one and a family hour that avoid the starts in `blocked`."""
        ones = _open(solos, blocked)
        if not self.patient.family:
            return _antichain(way.facts for way in ones)
        found = []
        for one in ones:
            for other in _open(families, blocked):
                if one.starts == other.starts and one.starts.bit_count() == 1:
                    continue
                short = one.giver is not None and one.giver == other.giver
                extra = self._fact("minutes", one.giver) if short and one.giver is not None else 0
                found.append(one.facts | other.facts | extra)
        return _antichain(found)

    def _cores(self) -> list[Way]:
        found = []
        for at, options in self.occupancy.choices.items():
            track = self.occupancy.tracks[at]
            if track.kind != "core" or not admits(track, self.patient):
                continue
            full = [option for option in options if is_full_week(option, self.patient, self.occupancy.week)]
            found += self._group_ways(at, full)
        return _thin(found)

    def _topic(self, topic: str) -> list[Way]:
        found = []
        for at in self.occupancy.choices:
            track = self.occupancy.tracks[at]
            if track.kind == "special" and track.topic == topic and admits(track, self.patient):
                found += self._group_ways(at, list(choices(track, self.occupancy.week)))
        return _thin(found)

    def _group_ways(self, at: int, options: list[Option]) -> list[Way]:
        track, seats = self.occupancy.tracks[at], self.occupancy.seats[at]
        video = 0 if track.onsite or self.patient.remote else self._fact("telehealth")
        company = [
            sum(self._fact("apart", other) for other in people)
            for people in self.occupancy.refused_company(at, self.patient.id) or (frozenset(),)
        ]
        ways = []
        for option in options:
            facts = video | self.person.kept(option.slots, option.onsite) & self.person.busy
            if any(seats[meeting] < 1 for meeting in option.meetings):
                facts |= self._fact("full", at)
            ways += [Way(facts | apart, option.slots) for apart in company]
        return ways

    def _solos(self) -> list[HourWay]:
        occupancy = self.occupancy
        return self._hour_ways(
            self.patient.counselors,
            self.occupancy.week.hour_starts,
            occupancy.solo_starts,
            occupancy.solo_office,
            SOLO_MINUTES,
        )

    def _families(self) -> list[HourWay]:
        week = self.occupancy.week
        windows = week.spans(self.patient.family)
        inside = week.hour_starts & ~week.reach_back(week.everything & ~windows, week.hour)
        return self._hour_ways(
            self.patient.family_counselors,
            inside,
            self.occupancy.family_starts,
            self.occupancy.family_office,
            FAMILY_MINUTES,
        )

    def _hour_ways(
        self, givers: Sequence[int], starts: int, free: Mapping[int, int], offices: int, minutes: int
    ) -> list[HourWay]:
        """Every hour this person could be given, with the facts against it."""
        found: dict[tuple[int, int | None], int] = {}
        for start in members(starts) if givers else ():
            span = (start, start + self.occupancy.week.hour)
            office = 0 if offices >> start & 1 else self._fact("office", *span)
            for mine in self._own_ways(start):
                for theirs, giver in self._staff_ways(givers, span, free, minutes):
                    key = (mine | theirs | office, giver)
                    found[key] = found.get(key, 0) | 1 << start
        return [HourWay(facts, at, giver) for (facts, giver), at in found.items()]

    def _own_ways(self, start: int) -> list[int]:
        """Obligations against an hour: on site with the way, or by video without it."""
        slots = self.occupancy.week.hour_at(start)
        there = self.person.kept(slots, True) & self.person.busy
        here = slots & self.person.busy
        if self.patient.remote:
            return [here]
        return [there] if here == there else [there, here | self._fact("telehealth")]

    def _staff_ways(
        self, givers: Sequence[int], span: Span, free: Mapping[int, int], minutes: int
    ) -> list[tuple[int, int | None]]:
        """Facts about counselors against an hour, with the giver whose minutes are short for two hours."""
        found: list[tuple[int, int | None]] = []
        for who in givers:
            if not free[who] >> span[0] & 1:
                continue
            left = self.occupancy.minutes[who]
            facts = 0 if left >= minutes else self._fact("minutes", who)
            if minutes == SOLO_MINUTES and self.occupancy.caseload[who] < 1:
                facts |= self._fact("caseload", who)
            short = self.patient.family and minutes <= left < SOLO_MINUTES + FAMILY_MINUTES
            found.append((facts, who if short else None))
            if not facts and not short:
                return [(0, None)]
        return [*found, (self._fact("counselor", *span), None)]


def _open(ways: Sequence[HourWay], blocked: int) -> list[HourWay]:
    """The hours still possible, without those that another can always stand in for."""
    kept: list[HourWay] = []
    left = (HourWay(way.facts, way.starts & ~blocked, way.giver) for way in ways if way.starts & ~blocked)
    for way in sorted(left, key=lambda each: (each.facts.bit_count(), each.giver is not None, each.facts)):
        for one in kept:
            enough = one.starts & (one.starts - 1) or one.starts == way.starts
            if one.facts & ~way.facts == 0 and one.giver in (None, way.giver) and enough:
                break
        else:
            kept.append(way)
    return kept


def _antichain(sets: Iterable[int]) -> list[int]:
    found: list[int] = []
    for facts in sorted(set(sets), key=lambda facts: (facts.bit_count(), facts)):
        if not any(known & ~facts == 0 for known in found):
            found.append(facts)
    return found


def _keep(found: list[int], facts: int) -> None:
    """Add a set unless one inside it is known; drop those around it."""
    if any(known & ~facts == 0 for known in found):
        return
    found[:] = [known for known in found if facts & ~known]
    found.append(facts)


def _thin(ways: list[Way]) -> list[Way]:
    """Leave out ways that another with fewer or the same facts and slots makes needless."""
    kept: list[Way] = []
    for way in sorted(
        set(ways), key=lambda each: (each.facts.bit_count(), each.slots.bit_count(), each.slots)
    ):
        if not any(one.facts & ~way.facts == 0 and one.slots & ~way.slots == 0 for one in kept):
            kept.append(way)
    return kept
