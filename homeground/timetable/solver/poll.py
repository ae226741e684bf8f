"""What a careful scheduler with a spreadsheet does: ask who could come when, open the fullest group, repeat.

Groups are opened one after the other by the unmet minutes they would serve, first core, then topics; then
everybody gets the first one-to-one and family hour that fits. The plan is valid, never proven good: it is the
yardstick for the engine, its first incumbent, and the running plan of the benchmarks.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from homeground.timetable.solver.model import (
    FAMILY_MINUTES,
    SOLO_MINUTES,
    TOPIC_MINUTES,
    Instance,
    Patient,
    Plan,
    Track,
)
from homeground.timetable.solver.occupancy import can_part, free_hours
from homeground.timetable.solver.options import Option, Person, admits, choices, core_options
from homeground.timetable.solver.week import Week, members


def poll(instance: Instance) -> Plan:
    """A valid plan by the scheduler's rule of thumb."""
    sheet = _Sheet(instance)
    sheet.open_groups("core")
    sheet.open_groups("special")
    sheet.give_hours()
    return sheet.plan()


@dataclass(slots=True)
class _Sheet:
    instance: Instance
    week: Week = field(init=False)
    people: dict[int, Person] = field(init=False)
    used: dict[int, int] = field(init=False)  # patient -> slots taken by groups and hours
    idle: dict[int, int] = field(init=False)  # therapist -> free slots left
    minutes: dict[int, int] = field(init=False)
    cases: dict[int, int] = field(init=False)  # therapist -> one-to-one patients still taken
    offices: Counter[int] = field(default_factory=Counter)  # start -> halves of offices in use
    shared: Counter[tuple[int, int]] = field(default_factory=Counter)  # therapist, start -> halves given
    rooms: Counter[int] = field(default_factory=Counter)
    copies: Counter[int] = field(default_factory=Counter)
    leaders: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    core: dict[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    special: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    solo: dict[int, tuple[int, int]] = field(default_factory=dict)
    family: dict[int, tuple[int, int]] = field(default_factory=dict)
    apart: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.week = self.instance.week
        self.people = {each.id: Person.of(each, self.week) for each in self.instance.patients}
        self.used = dict.fromkeys(self.people, 0)
        self.idle = {each.id: self.week.spans(each.free) for each in self.instance.therapists}
        self.minutes = {each.id: each.max_minutes for each in self.instance.therapists}
        self.cases = {each.id: each.caseload for each in self.instance.therapists}
        for one, other in self.instance.exclusions:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def plan(self) -> Plan:
        return Plan(
            copies={at: count for at, count in sorted(self.copies.items()) if count},
            facilitators={at: tuple(who) for at, who in sorted(self.leaders.items()) if who},
            core=self.core,
            special={at: topics for at, topics in sorted(self.special.items()) if topics},
            solo=self.solo,
            family=self.family,
        )

    def open_groups(self, kind: str) -> None:
        """Open the group worth most, as long as one is worth its staff."""
        able = {
            track.id: {each.id: self._options(each, track) for each in self.instance.patients}
            for track in self.instance.tracks
            if track.kind == kind
        }
        while True:
            best: tuple[float, Track, list[tuple[int, Option]]] | None = None
            for track in self.instance.tracks:
                if track.kind != kind or self.copies[track.id] >= max(1, track.copies) or not track.copies:
                    continue
                if track.id not in able or not self._can_open(track):
                    continue
                joining = self._joining(track, able[track.id])
                if len(joining) < track.lo:
                    continue
                worth = self._worth(track, joining)
                if worth > 0 and (best is None or worth > best[0]):
                    best = worth, track, joining
            if best is None:
                return
            self._open(best[1], best[2])

    def _options(self, patient: Patient, track: Track) -> tuple[Option, ...]:
        person = self.people[patient.id]
        if track.kind == "core":
            return core_options(person, track)
        if track.topic not in patient.topics or not admits(track, patient):
            return ()
        if not (track.onsite or patient.remote):
            return ()
        return tuple(
            each
            for each in choices(track, self.week)
            if not person.kept(each.slots, each.onsite) & person.busy
        )

    def _joining(self, track: Track, able: dict[int, tuple[Option, ...]]) -> list[tuple[int, Option]]:
        """Whom the next copy would seat, by priority."""
        found: list[tuple[int, Option]] = []
        seats = [track.hi] * len(track.meetings)
        copies = self.copies[track.id]
        inside = self._inside(track)
        for patient in sorted(self.instance.patients, key=lambda each: (-each.priority, each.id)):
            if self._served(patient, track):
                continue
            for option in able[patient.id]:
                if option.slots & self.used[patient.id] or any(seats[at] < 1 for at in option.meetings):
                    continue
                apart = {one: frozenset(self.apart[one] & {*inside, patient.id}) for one in inside}
                if self.apart[patient.id] & inside and not can_part(apart, copies + 1, track.hi):
                    break
                for at in option.meetings:
                    seats[at] -= 1
                inside.add(patient.id)
                found.append((patient.id, option))
                break
        return found

    def _inside(self, track: Track) -> set[int]:
        inside = {one for one, (at, _) in self.core.items() if at == track.id}
        return inside | {one for one, topics in self.special.items() if track.id in topics.values()}

    def _served(self, patient: Patient, track: Track) -> bool:
        if track.kind == "core":
            return patient.id in self.core
        return track.topic in self.special[patient.id]

    def _worth(self, track: Track, joining: list[tuple[int, Option]]) -> float:
        weights = self.instance.weights
        worth = 0.0
        for one, _ in joining:
            patient = self.people[one].patient
            minutes = patient.core_minutes if track.kind == "core" else TOPIC_MINUTES
            worth += weights.unmet * patient.priority * minutes
        length = self.week.minutes(self.week.spans(track.meetings))
        return worth - weights.staff_pct * track.facilitators * length / 100

    def _free_leaders(self, track: Track) -> list[int]:
        slots = self.week.spans(track.meetings)
        length = self.week.minutes(slots)
        fitting = [
            each
            for each in self.instance.therapists
            if track.skill in each.skills
            and track.lang in each.langs
            and not slots & ~self.idle[each.id]
            and self.minutes[each.id] >= length
            and each.id not in self.leaders[track.id]
        ]
        fitting.sort(key=lambda each: (len(each.skills), len(each.langs), -self.minutes[each.id], each.id))
        return [each.id for each in fitting]

    def _can_open(self, track: Track) -> bool:
        slots = self.week.spans(track.meetings)
        if track.onsite and any(self.rooms[slot] >= self.instance.group_rooms for slot in members(slots)):
            return False
        return len(self._free_leaders(track)) >= track.facilitators

    def _open(self, track: Track, joining: list[tuple[int, Option]]) -> None:
        slots = self.week.spans(track.meetings)
        for who in self._free_leaders(track)[: track.facilitators]:
            self.leaders[track.id].append(who)
            self.idle[who] &= ~slots
            self.minutes[who] -= self.week.minutes(slots)
        self.copies[track.id] += 1
        if track.onsite:
            self.rooms.update(members(slots))
        for one, option in joining:
            self.used[one] |= option.slots
            if track.kind == "core":
                self.core[one] = (track.id, option.meetings)
            else:
                self.special[one][track.topic] = track.id

    def give_hours(self) -> None:
        """The first free one-to-one hour, then family hour, of everybody by priority."""
        patients = sorted(self.instance.patients, key=lambda each: (-each.priority, each.id))
        for patient in patients:
            self._give(patient, patient.counselors, SOLO_MINUTES)
        for patient in patients:
            if patient.family:
                self._give(patient, patient.family_counselors, FAMILY_MINUTES)

    def _give(self, patient: Patient, givers: tuple[int, ...], minutes: int) -> None:
        person, week = self.people[patient.id], self.week
        margin = 0 if patient.remote else person.margin
        clear = ~week.reach_back(week.widen(person.busy, margin) | self.used[patient.id], week.hour)
        family = minutes == FAMILY_MINUTES
        share = 1 if family else 2  # of an office and of an hour, in halves
        if family:
            clear &= ~week.reach_back(week.everything & ~week.spans(patient.family), week.hour)
        for who in sorted(givers, key=lambda one: (-self.cases[one], one)):
            if self.minutes[who] < minutes or (not family and self.cases[who] < 1):
                continue
            for start in members(free_hours(week, self.idle[who]) & clear):
                if (
                    self.offices[start] + share > 2 * self.instance.offices
                    or self.shared[who, start] + share > 2
                ):
                    continue
                (self.family if family else self.solo)[patient.id] = (who, start)
                self.used[patient.id] |= week.hour_at(start)
                self.offices[start] += share
                self.shared[who, start] += share
                self.minutes[who] -= minutes
                self.cases[who] -= not family
                return
