"""Weeks that open when one other person takes an equally good place: ejection, one deep.

The smallest changes say which single full group or single counselor's hour stands in the way. For each,
somebody who holds a place there and has another that costs them no more (journeys, part of the day, soft
obligations) is moved for a try; everything else they have stays. Only people who may see both see the offer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from homeground.timetable.solver.explain import Reasons
from homeground.timetable.solver.model import Instance, Patient, Plan
from homeground.timetable.solver.occupancy import Occupancy
from homeground.timetable.solver.options import Option, Person, admits, choices, is_full_week
from homeground.timetable.solver.week import Week, members

TRIED = 6  # single changes looked at, smallest first


@dataclass(frozen=True, slots=True)
class Shift:
    """One other person's change: `kind` core or solo, from one place to another."""

    patient: int
    kind: str
    before: tuple[int, tuple[int, ...]] | tuple[int, int]
    after: tuple[int, tuple[int, ...]] | tuple[int, int]


def shifts(occupancy: Occupancy, patient: Patient, reasons: Reasons) -> Iterator[tuple[Shift, Plan]]:
    """One shift for each single obstacle that one can clear, with the plan after it."""
    people = {each.id: each for each in occupancy.instance.patients}
    for change in reasons.changes(TRIED):
        if len(change) != 1:
            continue
        (blocker,) = change
        if blocker.kind == "full":
            yield from _first(_leave_group(occupancy, people, int(blocker.what[0]), patient))
        if blocker.kind == "counselor":
            yield from _first(_leave_hour(occupancy, people, int(blocker.what[0]), patient))


def _first(found: Iterator[tuple[Shift, Plan]]) -> Iterator[tuple[Shift, Plan]]:
    for each in found:
        yield each
        return


@dataclass(frozen=True, slots=True)
class _Life:
    """What somebody has in the plan: everything they keep, and what it costs them."""

    person: Person
    instance: Instance
    kept: int  # slots of what stays
    days: int  # days on site of what stays

    def price(self, slots: int, days: int, onsite: bool, daypart: int) -> float:
        """The burden of one place beside what stays."""
        weights = self.instance.weights
        new = (days & ~self.days).bit_count() if onsite else 0
        price = weights.trip * 2 * self.person.patient.travel * new + weights.daypart * daypart
        return price + weights.soft * self.person.soft_minutes(slots, onsite)

    def option(self, option: Option) -> float:
        """The burden of one way to take part in a core group."""
        other = len(option.meetings) if option.daypart != self.person.patient.daypart else 0
        return self.price(option.slots, option.days, option.onsite, other)

    def hour(self, start: int) -> float:
        """The burden of one hour."""
        slots = self.person.week.hour_at(start)
        return self.price(slots, self.person.week.days_of(slots), not self.person.patient.remote, 0)


def _life(occupancy: Occupancy, patient: Patient, without: str) -> _Life:
    """Somebody's week without one kind of thing."""
    week, plan = occupancy.week, occupancy.plan
    kept = days = 0
    groups: list[tuple[int, tuple[int, ...] | None]] = [
        (track, None) for track in plan.special.get(patient.id, {}).values()
    ]
    if without != "core" and patient.id in plan.core:
        groups.append(plan.core[patient.id])
    for track, chosen in groups:
        found = occupancy.tracks[track]
        slots = week.spans(span for at, span in enumerate(found.meetings) if chosen is None or at in chosen)
        kept |= slots
        days |= week.days_of(slots) if found.onsite else 0
    hours: list[Mapping[int, tuple[int, int]]] = [plan.family]
    hours += [] if without == "solo" else [plan.solo]
    for table in hours:
        if patient.id in table:
            slots = week.hour_at(table[patient.id][1])
            kept |= slots
            days |= 0 if patient.remote else week.days_of(slots)
    return _Life(Person.of(patient, week), occupancy.instance, kept, days)


def _leave_group(
    occupancy: Occupancy, people: Mapping[int, Patient], full: int, newcomer: Patient
) -> Iterator[tuple[Shift, Plan]]:
    """Members of a full core group with an open seat elsewhere that is as good for them."""
    for one in sorted(occupancy.people[full] - {newcomer.id}):
        if occupancy.plan.core.get(one, (None,))[0] != full or one not in people:
            continue
        life = _life(occupancy, people[one], "core")
        held = occupancy.plan.core[one]
        now = next(
            each for each in choices(occupancy.tracks[full], occupancy.week) if each.meetings == held[1]
        )
        best = min(
            (
                (life.option(option), option.track, option.meetings)
                for option in _open_options(occupancy, life, full)
                if life.option(option) <= life.option(now)
            ),
            default=None,
        )
        if best is not None:
            seat = (best[1], best[2])
            plan = replace(occupancy.plan, core={**occupancy.plan.core, one: seat})
            yield Shift(one, "core", held, seat), plan


def _open_options(occupancy: Occupancy, life: _Life, full: int) -> Iterator[Option]:
    patient = life.person.patient
    for at, options in occupancy.choices.items():
        track = occupancy.tracks[at]
        if at == full or track.kind != "core" or not admits(track, patient):
            continue
        if not (track.onsite or patient.remote) or occupancy.refused_company(at, patient.id):
            continue
        for option in options:
            if option.slots & life.kept or any(occupancy.seats[at][each] < 1 for each in option.meetings):
                continue
            free = not life.person.kept(option.slots, option.onsite) & life.person.busy
            if free and is_full_week(option, patient, occupancy.week):
                yield option


def _leave_hour(
    occupancy: Occupancy, people: Mapping[int, Patient], start: int, newcomer: Patient
) -> Iterator[tuple[Shift, Plan]]:
    """People whose one-to-one hour begins then, and another free hour of the same counselor as good."""
    week = occupancy.week
    for one, (who, at) in sorted(occupancy.plan.solo.items()):
        if at != start or one == newcomer.id or who not in newcomer.counselors or one not in people:
            continue
        if occupancy.caseload[who] < 1:
            continue
        life = _life(occupancy, people[one], "solo")
        free = occupancy.solo_starts[who] & occupancy.solo_office & _clear(week, life)
        now = life.hour(start)
        best = min(((life.hour(to), to) for to in members(free) if life.hour(to) <= now), default=None)
        if best is not None:
            plan = replace(occupancy.plan, solo={**occupancy.plan.solo, one: (who, best[1])})
            yield Shift(one, "solo", (who, start), (who, best[1])), plan


def _clear(week: Week, life: _Life) -> int:
    margin = 0 if life.person.patient.remote else life.person.margin
    return ~week.reach_back(week.widen(life.person.busy, margin) | life.kept, week.hour)
