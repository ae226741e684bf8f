"""Why a week does not work, and the smallest changes that would make it work.

For each complete week o a person could be given by gate and prescription, B(o) is the set of facts against
it. The inclusion-minimal B(o) are the smallest changes: take those facts away and the week is possible. A
minimal set of facts that meets every B(o) is a conflict: together they leave nothing. Exact, and no solver.

A set of facts is one int: the low bits are the slots of the person's obligations, the high bits other facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeground.timetable.solver.model import FAMILY_MINUTES, SOLO_MINUTES, Patient
from homeground.timetable.solver.occupancy import Occupancy
from homeground.timetable.solver.options import Option, Person, admits, choices, is_full_week
from homeground.timetable.solver.sieve import (
    HourWay,
    Ranked,
    Way,
    antichain,
    covered,
    ranked,
    still_open,
    thin,
)
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
class Ways:
    """Everything a week can be put together from."""

    groups: list[Way]
    solos: list[HourWay]
    families: list[HourWay]


@dataclass(slots=True)
class Reasons:
    """The blocker sets of one person against a running plan."""

    occupancy: Occupancy
    patient: Patient
    person: Person = field(init=False)
    runs: list[int] = field(init=False)
    cores: list[Way] = field(init=False)
    topics: list[list[Way]] = field(init=False)
    solos: list[HourWay] = field(init=False)
    families: list[HourWay] = field(init=False)
    named: dict[tuple[int | str, ...], int] = field(default_factory=dict)
    names: dict[int, Blocker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.person = Person.of(self.patient, self.occupancy.week)
        self.runs = [self.occupancy.week.span(run) for run in runs(self.person.busy)]
        self.cores = self._cores()
        self.topics = [self._topic(topic) for topic in sorted(self.patient.topics)]
        self.solos = self._solos()
        self.families = self._families()

    def changes(self, limit: int) -> tuple[tuple[Blocker, ...], ...]:
        """The smallest changes, fewest facts first, then the shortest; each a set of facts to take away."""
        ways = Ways(self._groups(self.cores, self.topics), self.solos, self.families)
        return tuple(self._blockers(facts) for facts in self._smallest(ways, limit))

    def conflict(self) -> tuple[Blocker, ...]:
        """Facts that together leave nothing, none of which could be missed. Obligations are named whole."""
        cores = thin(Way(self._coarse(way.facts), way.slots) for way in self.cores)
        topics = [thin(Way(self._coarse(way.facts), way.slots) for way in ways) for ways in self.topics]
        ways = Ways(
            self._groups(cores, topics),
            self._coarse_hours(self._solos()),
            self._coarse_hours(self._families()),
        )
        sets = self._smallest(ways, None)
        if not sets:
            return (Blocker("gate", (self._nothing(),)),)
        if 0 in sets:
            return ()
        kept = 0
        for facts in sets:
            kept |= facts
        for fact in self._units(kept):
            if all(facts & kept & ~fact for facts in sets):
                kept &= ~fact
        return self._blockers(kept)

    def _nothing(self) -> str:
        """Which part of the prescription has no way at all."""
        if not self.cores:
            return "core"
        for topic, ways in zip(sorted(self.patient.topics), self.topics, strict=True):
            if not ways:
                return f"topic:{topic}"
        if not self.solos:
            return "solo"
        return "family" if self.patient.family and not self.families else "clash"

    def _units(self, facts: int) -> list[int]:
        """Facts one by one, obligations last, so that a conflict prefers what the person knows best."""
        slots = facts & self.occupancy.week.everything
        return [1 << at for at in members(facts ^ slots)] + [mask for mask in self.runs if slots & mask]

    def _coarse(self, facts: int) -> int:
        """The same facts named whole: an obligation from end to end, "no counselor", "no office"."""
        slots = facts & self.occupancy.week.everything
        coarse = 0
        for at in members(facts ^ slots):
            kind = self.names[at].kind
            coarse |= self._fact(kind) if kind in ("counselor", "office") else 1 << at
        if slots:
            for mask in self.runs:
                coarse |= mask if slots & mask else 0
        return coarse

    def _fact(self, *fact: int | str) -> int:
        at = self.named.get(fact)
        if at is None:
            at = self.named[fact] = self.occupancy.week.slots + len(self.named)
            kind, *what = fact
            self.names[at] = Blocker(str(kind), tuple(what))
        return 1 << at

    def _blockers(self, facts: int) -> tuple[Blocker, ...]:
        high = facts & ~self.occupancy.week.everything
        spans = [Blocker("busy", span) for span in self._spans(facts)]
        return (*spans, *sorted(self.names[at] for at in members(high)))

    def _spans(self, facts: int) -> tuple[Span, ...]:
        """The obligations among the facts, one span a stretch, cut at midnight."""
        week = self.occupancy.week
        return tuple(run for day in week.days if facts & day for run in runs(facts & day))

    def _size(self, facts: int) -> tuple[int, int, int]:
        slots = facts & self.occupancy.week.everything
        others = (facts ^ slots).bit_count()
        return len(self._spans(facts)) + others, slots.bit_count(), facts

    def _least(self, facts: int) -> int:
        """No set around these facts has fewer: stretches may join, days and other facts may not."""
        slots = facts & self.occupancy.week.everything
        return (facts ^ slots).bit_count() + self.occupancy.week.days_of(slots).bit_count()

    def _groups(self, cores: list[Way], topics: list[list[Way]]) -> list[Way]:
        """Every way to combine a core group with one group for each topic."""
        groups = cores
        for ways in topics:
            groups = thin(
                Way(one.facts | other.facts, one.slots | other.slots)
                for one in groups
                for other in ways
                if not one.slots & other.slots
            )
        return groups

    def _smallest(self, ways: Ways, limit: int | None) -> list[int]:
        """The inclusion-minimal blocker sets, smallest first: all of them, or the first `limit`."""
        week = self.occupancy.week
        found: dict[int, tuple[int, int, int]] = {}
        rests: dict[int, list[int]] = {}
        solos, families = ranked(ways.solos), ranked(ways.families)
        most = None  # the size that still matters
        for least, group in sorted(
            ((self._least(way.facts), way) for way in ways.groups), key=lambda each: (each[0], each[1].facts)
        ):
            if most is not None and least > most:
                break
            if covered(found, group.facts):
                continue
            blocked = week.reach_back(group.slots, week.hour) & week.hour_starts
            if blocked not in rests:
                rests[blocked] = self._rest(solos, families, blocked)
            for facts in (group.facts | rest for rest in rests[blocked]):
                if most is not None and self._least(facts) > most:
                    continue
                if covered(found, facts):
                    continue
                for known in [known for known in found if facts & ~known == 0]:
                    del found[known]
                found[facts] = self._size(facts)
            if limit is not None and len(found) >= limit:
                most = sorted(found.values())[limit - 1][0]
        ordered = sorted(found, key=found.__getitem__)
        return ordered if limit is None else ordered[:limit]

    def _rest(self, solos: Ranked, families: Ranked, blocked: int) -> list[int]:
        """Minimal facts against a one-to-one and a family hour that avoid the starts in `blocked`."""
        ones = still_open(solos, blocked)
        if not self.patient.family:
            return antichain(way.facts for way in ones)
        found = []
        others = still_open(families, blocked)
        for one in ones:
            for other in others:
                if one.starts == other.starts and one.starts.bit_count() == 1:
                    continue
                short = one.giver is not None and one.giver == other.giver
                extra = self._fact("minutes", one.giver) if short and one.giver is not None else 0
                found.append(one.facts | other.facts | extra)
        return antichain(found)

    def _cores(self) -> list[Way]:
        found = []
        for at, options in self.occupancy.choices.items():
            track = self.occupancy.tracks[at]
            if track.kind != "core" or not admits(track, self.patient):
                continue
            full = [option for option in options if is_full_week(option, self.patient, self.occupancy.week)]
            found += self._group_ways(at, full)
        return thin(found)

    def _topic(self, topic: str) -> list[Way]:
        found = []
        for at in self.occupancy.choices:
            track = self.occupancy.tracks[at]
            if track.kind == "special" and track.topic == topic and admits(track, self.patient):
                found += self._group_ways(at, list(choices(track, self.occupancy.week)))
        return thin(found)

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
        if not givers:
            return []
        easy = starts & offices & self._clear() & self._given(givers, free, minutes)
        found: dict[tuple[int, int | None], int] = {(0, None): easy} if easy else {}
        for start in members(starts & ~easy):
            span = (start, start + self.occupancy.week.hour)
            office = 0 if offices >> start & 1 else self._fact("office", *span)
            for mine in self._own_ways(start):
                for theirs, giver in self._staff_ways(givers, span, free, minutes):
                    key = (mine | theirs | office, giver)
                    found[key] = found.get(key, 0) | 1 << start
        return [HourWay(facts, at, giver) for (facts, giver), at in found.items()]

    def _clear(self) -> int:
        """The starts of hours without an obligation in the way."""
        week = self.occupancy.week
        margin = 0 if self.patient.remote else self.person.margin
        return week.everything & ~week.reach_back(week.widen(self.person.busy, margin), week.hour)

    def _given(self, givers: Sequence[int], free: Mapping[int, int], minutes: int) -> int:
        """The starts of hours that somebody can give without any fact against it."""
        occupancy, found = self.occupancy, 0
        needed = SOLO_MINUTES + FAMILY_MINUTES if self.patient.family else minutes
        for who in givers:
            if occupancy.minutes[who] >= needed and (minutes != SOLO_MINUTES or occupancy.caseload[who] > 0):
                found |= free[who]
        return found

    def _coarse_hours(self, ways: list[HourWay]) -> list[HourWay]:
        found: dict[tuple[int, int | None], int] = {}
        for way in ways:
            key = (self._coarse(way.facts), way.giver)
            found[key] = found.get(key, 0) | way.starts
        return [HourWay(facts, starts, giver) for (facts, giver), starts in found.items()]

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
