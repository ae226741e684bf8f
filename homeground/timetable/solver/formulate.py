"""From a clinic to an integer program and back.

Three forms share everything but the hours. *Exact* names the giver and the start of each one-to-one and
family hour. *Pooled* forgets the giver (see `pooling`), *coarse* the start as well (see `coarse`): they are
relaxations, so their bounds hold for exact plans.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from homeground.timetable.solver.coarse import Alike, Parts, exclude, kinds_of_starts, pool_days
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.levels import Level
from homeground.timetable.solver.model import (
    FAMILY_MINUTES,
    SOLO_MINUTES,
    TOPIC_MINUTES,
    Instance,
    Patient,
    Track,
)
from homeground.timetable.solver.options import Option, Person, admits, choices, core_options
from homeground.timetable.solver.pooling import pool_hours
from homeground.timetable.solver.presence import be_in_one_place
from homeground.timetable.solver.program import Program
from homeground.timetable.solver.rows import Row, clashes, cliques, largest
from homeground.timetable.solver.translate import ANYBODY
from homeground.timetable.solver.week import Week, members
from homeground.timetable.solver.wishes import WishesClash

Hours = dict[bool, list[tuple[int, int]]]
Kinds = dict[bool, tuple[tuple[Alike, int], ...]]
TIE = 0.001  # taken off what stays as it is: a lower bound remains one, and the judge's price is unchanged


@dataclass(slots=True)
class Formulation:
    """A program with the meaning of its columns."""

    instance: Instance
    frame: Frame
    program: Program = field(default_factory=Program)
    copies: dict[int, int] = field(default_factory=dict)  # track -> column
    leads: dict[tuple[int, int], int] = field(default_factory=dict)  # therapist, track
    cores: dict[tuple[int, Option], int] = field(default_factory=dict)
    topics: dict[tuple[int, str, int], int] = field(default_factory=dict)
    solos: dict[tuple[int, int, int], int] = field(default_factory=dict)  # patient, giver, start
    families: dict[tuple[int, int, int], int] = field(default_factory=dict)
    gives: dict[int, int] = field(default_factory=dict)  # therapist -> hours given, in the pooled form
    gives_family: dict[int, int] = field(default_factory=dict)
    alike: dict[int, int] = field(default_factory=dict)  # in the coarse form: column -> its starts
    shares: dict[Level, Row] = field(default_factory=lambda: {each: {} for each in Level})
    week: Week = field(init=False)
    tracks: dict[int, Track] = field(init=False)
    inside: defaultdict[int, dict[int, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    taken: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    hours: defaultdict[int, Hours] = field(
        default_factory=lambda: defaultdict(lambda: {False: [], True: []})
    )  # one-to-one, family
    kinds: defaultdict[int, Kinds] = field(default_factory=lambda: defaultdict(dict))
    busy: defaultdict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.week = self.instance.week
        self.tracks = {each.id: each for each in self.instance.tracks}
        self._groups()
        for patient in self.instance.patients:
            self._patient(patient)
        self._seats()
        self._staff()
        if not self.frame.coarse:
            self._offices()

    def _column(self, **parts: float) -> int:
        """A column whose price is the sum of its parts by level; `tie` belongs to none."""
        at = self.program.column(sum(parts.values()))
        for level in Level:
            if parts.get(level):
                self.shares[level][at] = parts[level]
        return at

    def _groups(self) -> None:
        """Columns of the groups: copies, leaders, their cost, rooms."""
        fixed, wishes = self.frame.copies, self.frame.wishes
        rooms: defaultdict[int, Row] = defaultdict(dict)
        for track in self.instance.tracks:
            most = track.copies if fixed is None else fixed.get(track.id, 0)
            slots = self.week.spans(track.meetings)
            fitting = self._fitting(track, slots)
            most = min(most, len(fitting) // track.facilitators if track.facilitators else most)
            if not most or track.id in wishes.drop:
                if track.id in wishes.run:
                    raise WishesClash("run")
                continue
            minutes = self.week.minutes(slots)
            cost = self.instance.weights.staff_pct * track.facilitators * minutes / 100
            at = self.copies[track.id] = self.program.column(cost, most)
            self.shares[Level.STAFF][at] = cost
            if track.id in wishes.run:
                self.program.row({at: 1}, lower=1)
            if fixed is not None and not self.frame.may_close:
                self.program.row({at: 1}, lower=most)
            for slot in members(slots) if track.onsite else ():
                rooms[slot][at] = 1
            row: Row = {}
            for who in fitting:
                lead = self.leads[who, track.id] = self.program.column()
                self.busy[who].append((lead, slots))
                row[lead] = 1
            if row:
                self.program.row({**row, at: -track.facilitators}, 0, 0)
        for row in largest(rooms.values()):
            if sum(self.program.uppers[at] for at in row) > self.instance.group_rooms:
                self.program.row(row, upper=self.instance.group_rooms)

    def _fitting(self, track: Track, slots: int) -> list[int]:
        able = self._able(track, slots)
        only = self.frame.wishes.leaders.get(track.id)
        return able if only is None else [who for who in able if who in only]

    def _able(self, track: Track, slots: int) -> list[int]:
        if self.frame.leaders is not None:
            return list(self.frame.leaders.get(track.id, ()))
        return [
            each.id
            for each in self.instance.therapists
            if track.skill in each.skills
            and track.lang in each.langs
            and not slots & ~self.week.spans(each.free)
            and self.week.minutes(slots) <= each.max_minutes
        ]

    def _patient(self, patient: Patient) -> None:
        """Columns and rows of one person."""
        person = Person.of(patient, self.week)
        price = self.instance.weights.unmet * patient.priority
        trips: defaultdict[int, list[Row]] = defaultdict(list)
        self._cores(person, price, trips)
        for topic in patient.topics:
            self._topic(person, topic, price, trips)
        self._hours(person, price, trips, family=False)
        if patient.family:
            self._hours(person, price, trips, family=True)
        be_in_one_place(self, patient, trips)

    def _cores(self, person: Person, price: float, trips: defaultdict[int, list[Row]]) -> None:
        patient, weights = person.patient, self.instance.weights
        gain = price * patient.core_minutes
        self.program.offset += gain
        kept = self.frame.seats.core.get(patient.id) if self.frame.seats else None
        choice: Row = {}
        by_day: defaultdict[int, Row] = defaultdict(dict)
        pinned = self.frame.wishes.seats.get(patient.id)
        for track in self.copies:
            if (patient.id, track) in self.frame.wishes.never or pinned not in (None, track):
                continue
            row: list[int] = []
            for option in core_options(person, self.tracks[track]):
                if self.frame.seats and (option.track, option.meetings) != kept:
                    continue
                burden = weights.soft * person.soft_minutes(option.slots, option.onsite)
                burden += weights.daypart * len(option.meetings) * (option.daypart != patient.daypart)
                moves = weights.move_track * (patient.incumbent.core not in (None, track))
                at = self._column(unmet=-gain, burden=burden, moves=moves)
                self.cores[patient.id, option] = at
                choice[at] = 1
                row.append(at)
                self.taken[patient.id].append((at, option.slots))
                for day in members(option.days) if option.onsite else ():
                    by_day[day][at] = 1
            if row:
                self.inside[track][patient.id] = row
        if pinned is not None and not choice:
            raise WishesClash("seats")
        if len(choice) > 1 or pinned is not None:
            self.program.row(choice, upper=1, lower=0 if pinned is None else 1)
        for day, row_of_day in by_day.items():
            trips[day].append(row_of_day)

    def _topic(self, person: Person, topic: str, price: float, trips: defaultdict[int, list[Row]]) -> None:
        patient, weights = person.patient, self.instance.weights
        self.program.offset += price * TOPIC_MINUTES
        kept = self.frame.seats.special.get(patient.id, {}).get(topic) if self.frame.seats else None
        choice: Row = {}
        by_day: defaultdict[int, Row] = defaultdict(dict)
        for at_track in self.copies:
            track = self.tracks[at_track]
            if track.kind != "special" or track.topic != topic or not admits(track, patient):
                continue
            (option,) = choices(track, self.week)
            if person.kept(option.slots, option.onsite) & person.busy or not (track.onsite or patient.remote):
                continue
            if self.frame.seats and track.id != kept:
                continue
            if (patient.id, track.id) in self.frame.wishes.never:
                continue
            stays = self.frame.kept and self.frame.kept.special.get(patient.id, {}).get(topic) == track.id
            at = self.topics[patient.id, topic, track.id] = self._column(
                unmet=-price * TOPIC_MINUTES,
                burden=weights.soft * person.soft_minutes(option.slots, option.onsite),
                tie=-TIE if stays else 0,
            )
            choice[at] = 1
            self.inside[track.id][patient.id] = [at]
            self.taken[patient.id].append((at, option.slots))
            for day in members(option.days) if option.onsite else ():
                by_day[day][at] = 1
        if len(choice) > 1:
            self.program.row(choice, upper=1)
        for day, row in by_day.items():
            trips[day].append(row)

    def _hours(
        self, person: Person, price: float, trips: defaultdict[int, list[Row]], *, family: bool
    ) -> None:
        patient, weights, week = person.patient, self.instance.weights, self.week
        minutes = FAMILY_MINUTES if family else SOLO_MINUTES
        self.program.offset += price * minutes
        onsite = not patient.remote
        blocked = week.reach_back(week.widen(person.busy, person.margin if onsite else 0), week.hour)
        if family:
            blocked |= week.reach_back(week.everything & ~week.spans(patient.family), week.hour)
        offered: list[tuple[int, int, Parts]] = []
        kept_family = self.frame.kept.family if self.frame.kept else {}
        for giver, free in self._givers(patient, family):
            for start in members(free & ~blocked):
                moves = 0.0
                stays = family and kept_family.get(patient.id) == (giver, start)
                if not family:
                    moves += weights.move_start * (patient.incumbent.start not in (None, start))
                    if giver != ANYBODY:
                        moves += weights.move_therapist * (patient.incumbent.therapist not in (None, giver))
                burden = weights.soft * person.soft_minutes(week.hour_at(start), onsite)
                parts = (("burden", burden), ("moves", moves), ("tie", -TIE if stays else 0))
                offered.append((giver, start, (("unmet", -price * minutes), *parts)))
        self._choose_hour(person, offered, trips, family=family)

    def _choose_hour(
        self,
        person: Person,
        offered: list[tuple[int, int, Parts]],
        trips: defaultdict[int, list[Row]],
        *,
        family: bool,
    ) -> None:
        """Columns of the hours a person could have, at most one of them."""
        patient, week = person.patient, self.week
        columns = self.families if family else self.solos
        choice: Row = {}
        by_day: defaultdict[int, Row] = defaultdict(dict)
        alike = []
        if self.frame.coarse:
            alike = list(kinds_of_starts(self, patient.id, ((start, parts) for _, start, parts in offered)))
            offered = [(ANYBODY, _first(starts), kind.parts) for kind, starts in alike]
        for giver, start, parts in offered:
            at = columns[patient.id, giver, start] = self._column(**dict(parts))
            choice[at] = 1
            if not self.frame.coarse:
                self.hours[patient.id][family].append((at, week.hour_at(start)))
            if not patient.remote:
                by_day[week.day(start)][at] = 1
        if self.frame.coarse:
            self.alike.update(zip(choice, (starts for _, starts in alike), strict=True))
            kinds = tuple(zip((kind for kind, _ in alike), choice, strict=True))
            self.kinds[patient.id][family] = kinds
            exclude(self, kinds)
        if len(choice) > 1:
            self.program.row(choice, upper=1)
        for day, row in by_day.items():
            trips[day].append(row)

    def _givers(self, patient: Patient, family: bool) -> Iterable[tuple[int, int]]:
        """Who may give an hour at which starts."""
        allowed = patient.family_counselors if family else patient.counselors
        held = self.frame.starts and patient.id not in self.frame.loose
        kept = -1
        if held and self.frame.starts:
            table = self.frame.starts.family if family else self.frame.starts.solo
            kept = table.get(patient.id, 0)
        free = {who: self.free_starts(who) & kept for who in allowed}
        if self.frame.exact:
            return sorted(free.items())
        union = 0
        for starts in free.values():
            union |= starts
        return [(ANYBODY, union)]

    def free_starts(self, who: int) -> int:
        """The starts of a therapist's whole working hours."""
        therapist = next(each for each in self.instance.therapists if each.id == who)
        idle = self.week.spans(therapist.free)
        return self.week.hour_starts & ~self.week.reach_back(self.week.everything & ~idle, self.week.hour)

    def _seats(self) -> None:
        """Sizes of groups, links to their opening, pairs kept apart."""
        apart = self.instance.exclusions
        for track_id, inside in self.inside.items():
            track, copies = self.tracks[track_id], self.copies[track_id]
            everybody: Row = {at: 1 for row in inside.values() for at in row}
            self.program.row({**everybody, copies: -track.lo}, lower=0)
            for row in self._meetings(track, inside):
                self.program.row({**row, copies: -track.hi}, upper=0)
            for row_of_one in inside.values():
                self.program.row({**dict.fromkeys(row_of_one, 1.0), copies: -1}, upper=0)
            for one, other in apart:
                if one in inside and other in inside:
                    both = dict.fromkeys([*inside[one], *inside[other]], 1.0)
                    self.program.row({**both, copies: -1}, upper=0)
        for track_id, copies in self.copies.items():
            if track_id not in self.inside and self.tracks[track_id].lo:
                self.program.row({copies: 1}, upper=0)

    def _meetings(self, track: Track, inside: Mapping[int, list[int]]) -> list[Row]:
        if track.kind != "core" or not track.attend:
            return [{at: 1 for row in inside.values() for at in row}]
        rows: defaultdict[int, Row] = defaultdict(dict)
        for (patient, option), at in self.cores.items():
            if option.track == track.id and patient in inside:
                for meeting in option.meetings:
                    rows[meeting][at] = 1
        return list(rows.values())

    def _staff(self) -> None:
        """Therapists: one place at a time, minutes, caseload; pooled by the sets people ask for."""
        if self.frame.exact:
            for key, at in self.solos.items():
                self.busy[key[1]].append((at, self.week.hour_at(key[2])))
        for therapist in self.instance.therapists:
            who = therapist.id
            minutes: Row = {at: self.week.minutes(slots) for at, slots in self.busy[who]}
            halves = defaultdict[int, Row](dict)
            if self.frame.exact:
                for (_, giver, start), at in self.families.items():
                    if giver == who:
                        minutes[at] = FAMILY_MINUTES
                        halves[start][at] = 0.5
                caseload: Row = {at: 1 for (_, giver, _), at in self.solos.items() if giver == who}
                if len(caseload) > therapist.caseload:
                    self.program.row(caseload, upper=therapist.caseload)
            else:
                self.gives[who] = self.program.column(0, therapist.caseload)
                self.gives_family[who] = self.program.column(0, therapist.max_minutes // FAMILY_MINUTES)
                minutes[self.gives[who]] = SOLO_MINUTES
                minutes[self.gives_family[who]] = FAMILY_MINUTES
            self._at_once(who, halves)
            if sum(minutes.values()) > therapist.max_minutes or not self.frame.exact:
                self.program.row(minutes, upper=therapist.max_minutes)
        if self.frame.coarse:
            pool_days(self)
        elif not self.frame.exact:
            pool_hours(self)

    def _at_once(self, who: int, halves: Mapping[int, Row]) -> None:
        """A therapist is in one place at a time; two fortnightly hours may share a slot."""
        hours: defaultdict[int, Row] = defaultdict(dict)
        for start, row in halves.items():
            for slot in range(start, start + self.week.hour):
                hours[slot].update(row)
        rows = clashes(self.busy[who], hours)
        leads = {at for (each, _), at in self.leads.items() if each == who}
        rows += cliques(each for each in self.busy[who] if each[0] in leads)
        for row in largest(rows):
            self.program.row(row, upper=1)

    def _offices(self) -> None:
        rows: defaultdict[int, Row] = defaultdict(dict)
        for (_, _, start), at in self.solos.items():
            rows[start][at] = 1
        for (_, _, start), at in self.families.items():
            rows[start][at] = 0.5
        for row in rows.values():
            if sum(row.values()) > self.instance.offices:
                self.program.row(row, upper=self.instance.offices)


def _first(starts: int) -> int:
    return (starts & -starts).bit_length() - 1
