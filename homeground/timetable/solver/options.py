"""Which meetings of a group would make a full week for a person: gates, floors, clashes.

A gate (gender, youth, dual diagnosis, language) says for whom a group is; it is never offered as a change.
Telehealth without video is not a gate here: a person may come to have video, so `place` names it as a fact.
"""

from dataclasses import dataclass
from itertools import combinations

from homeground.timetable.solver.model import Patient, Track
from homeground.timetable.solver.week import Week, runs

NOON, EVENING = 12 * 60, 17 * 60


@dataclass(frozen=True, slots=True)
class Option:
    """One way to take part in a group: which meetings, the slots they take, the set of days."""

    track: int
    meetings: tuple[int, ...]
    slots: int
    days: int
    onsite: bool
    daypart: str


@dataclass(frozen=True, slots=True)
class Person:
    """A patient's week as bitsets, worked out once for many questions."""

    patient: Patient
    week: Week
    busy: int  # hard obligations
    soft: int  # soft obligations
    margin: int  # slots to keep clear around anything on site

    @staticmethod
    def of(patient: Patient, week: Week) -> "Person":
        """Work out the bitsets of one patient."""
        busy = week.spans(patient.busy)
        return Person(patient, week, busy, week.spans(patient.soft), week.margin(patient.travel))

    def kept(self, slots: int, onsite: bool) -> int:
        """What a meeting takes from this person's week: its slots and, on site, the way there and back."""
        return self.week.widen(slots, self.margin) if onsite else slots

    def soft_minutes(self, slots: int, onsite: bool) -> int:
        """Minutes of soft obligations that a meeting, with its way, would take."""
        return self.week.minutes(self.soft & self.kept(slots, onsite)) if self.soft else 0


def admits(track: Track, patient: Patient) -> bool:
    """Whether a group is meant for this person."""
    return (
        track.gender in ("", patient.gender)
        and of_age(track, patient)
        and (patient.dual or not track.dual)
        and track.lang in patient.langs
    )


def of_age(track: Track, patient: Patient) -> bool:
    """Core groups never mix minors and adults; a topic group says for itself whether it does."""
    if track.kind == "special" and not track.youth:
        return not (track.adults and patient.youth)
    return track.youth == patient.youth


def daypart(week: Week, start: int) -> str:
    """am before 12:00, pm before 17:00, eve after."""
    minute = week.minute_of_day(start)
    return "am" if minute < NOON else "pm" if minute < EVENING else "eve"


def choices(track: Track, week: Week) -> tuple[Option, ...]:
    """Every way to take part in a group, before looking at anybody's week."""
    count = track.attend if track.kind == "core" and track.attend else len(track.meetings)
    found = []
    for chosen in combinations(range(len(track.meetings)), count):
        slots = week.spans(track.meetings[at] for at in chosen)
        part = daypart(week, min(track.meetings[at][0] for at in chosen))
        found.append(Option(track.id, chosen, slots, week.days_of(slots), track.onsite, part))
    return tuple(found)


def is_full_week(option: Option, patient: Patient, week: Week) -> bool:
    """Whether an option reaches the person's core minutes, days and minutes on each day."""
    if week.minutes(option.slots) < patient.core_minutes:
        return False
    if not patient.min_days <= option.days.bit_count() <= patient.max_days:
        return False
    return all(
        week.minutes(option.slots & day) >= patient.min_day_minutes for day in week.days if option.slots & day
    )


def core_options(person: Person, track: Track) -> tuple[Option, ...]:
    """The core weeks of one group that are open to a person by gate, telehealth, floor and obligations."""
    patient, week = person.patient, person.week
    if track.kind != "core" or not admits(track, patient) or not (track.onsite or patient.remote):
        return ()
    return tuple(
        option
        for option in choices(track, week)
        if is_full_week(option, patient, week) and not person.kept(option.slots, option.onsite) & person.busy
    )


def clashes(person: Person, slots: int, onsite: bool) -> tuple[tuple[int, int], ...]:
    """The exact parts of a person's obligations that stand in the way of a meeting, as spans."""
    return runs(person.kept(slots, onsite) & person.busy)
