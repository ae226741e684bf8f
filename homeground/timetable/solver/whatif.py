"""What if: the clinic with a group, a room or a counselor more or less, and two plans side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from homeground.timetable.solver.checks import check
from homeground.timetable.solver.judge import judge
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
from homeground.timetable.solver.options import daypart
from homeground.timetable.solver.week import Span, runs


@dataclass(frozen=True, slots=True)
class Change:
    """What a scenario changes. Ids of what is added must be new; rooms and offices are differences."""

    add_groups: tuple[Track, ...] = ()
    drop_groups: frozenset[int] = frozenset()
    add_counselors: tuple[Therapist, ...] = ()
    drop_counselors: frozenset[int] = frozenset()
    away: Mapping[int, tuple[Span, ...]] | None = None  # counselor -> slots they are not there
    group_rooms: int = 0
    offices: int = 0


def changed(instance: Instance, change: Change) -> Instance:
    """The instance after a change. Whoever asks a counselor who leaves asks the others. BadInstance when the
    change contradicts the instance (an id twice, fewer rooms than none)."""
    gone = change.drop_counselors
    new_staff = tuple(each.id for each in change.add_counselors)
    away = change.away or {}

    def without(each: Therapist) -> Therapist:
        if each.id not in away:
            return each
        week = instance.week
        left = week.spans(each.free) & ~week.spans(away[each.id])
        return replace(each, free=runs(left))

    def asking(each: Patient) -> Patient:
        fitting = tuple(who for who in new_staff if _may_see(change, who, each))
        families = tuple(who for who in fitting if _sees_families(change, who)) if each.family else ()
        held = each.incumbent
        if held.therapist in gone:
            held = replace(held, therapist=None)
        if held.core in change.drop_groups:
            held = replace(held, core=None)
        return replace(
            each,
            counselors=(*(who for who in each.counselors if who not in gone), *fitting),
            family_counselors=(*(who for who in each.family_counselors if who not in gone), *families),
            incumbent=held,
        )

    found = replace(
        instance,
        therapists=(
            *(without(each) for each in instance.therapists if each.id not in gone),
            *change.add_counselors,
        ),
        tracks=(
            *(each for each in instance.tracks if each.id not in change.drop_groups),
            *change.add_groups,
        ),
        patients=tuple(asking(each) for each in instance.patients),
        group_rooms=instance.group_rooms + change.group_rooms,
        offices=instance.offices + change.offices,
    )
    check(found)
    return found


def _may_see(change: Change, who: int, patient: Patient) -> bool:
    """A new counselor sees whom they share a language with; adolescents and dual diagnosis need the skill."""
    therapist = next(each for each in change.add_counselors if each.id == who)
    skilled = (not patient.youth or "youth" in therapist.skills) and (
        not patient.dual or "dual" in therapist.skills
    )
    return skilled and bool(set(therapist.langs) & set(patient.langs))


def _sees_families(change: Change, who: int) -> bool:
    return any(each.id == who and "family" in each.skills for each in change.add_counselors)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What one person does not get: "core", "topic:<name>", "solo", "family"."""

    patient: int
    missing: tuple[str, ...]
    minutes: int  # prescribed and unmet, a week


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan in the figures a director compares."""

    people: int
    in_core: int
    fully_served: int  # people who get all that is prescribed
    served: float  # share of prescribed minutes
    minutes: int  # served, a week
    evenings: int  # people in a core group that meets after 17:00
    groups: int  # copies that run
    staff_minutes: int  # leading groups and giving hours, a week
    cost: float
    left_out: tuple[LeftOut, ...]  # most unmet minutes first


def summary(instance: Instance, plan: Plan) -> Summary:
    """Add up a plan."""
    tracks = {each.id: each for each in instance.tracks}
    left = tuple(each for each in (_left_out(one, plan) for one in instance.patients) if each.missing)
    due = sum(_due(each) for each in instance.patients)
    unmet = sum(each.minutes for each in left)
    leading = sum(
        len(who) * instance.week.minutes(instance.week.spans(tracks[at].meetings))
        for at, who in plan.facilitators.items()
    )
    evenings = sum(
        daypart(instance.week, min(tracks[track].meetings[at][0] for at in chosen)) == "eve"
        for track, chosen in plan.core.values()
    )
    return Summary(
        people=len(instance.patients),
        in_core=len(plan.core),
        fully_served=len(instance.patients) - len(left),
        served=(due - unmet) / due if due else 1.0,
        minutes=due - unmet,
        evenings=evenings,
        groups=sum(plan.copies.values()),
        staff_minutes=leading + SOLO_MINUTES * len(plan.solo) + FAMILY_MINUTES * len(plan.family),
        cost=judge(instance, plan).cost.total,
        left_out=tuple(sorted(left, key=lambda each: (-each.minutes, each.patient))),
    )


def _due(patient: Patient) -> int:
    family = FAMILY_MINUTES if patient.family else 0
    return patient.core_minutes + TOPIC_MINUTES * len(patient.topics) + SOLO_MINUTES + family


def _left_out(patient: Patient, plan: Plan) -> LeftOut:
    special = plan.special.get(patient.id, {})
    topics = [topic for topic in patient.topics if topic not in special]
    missing = [("core", patient.core_minutes)] if patient.id not in plan.core else []
    missing += [(f"topic:{topic}", TOPIC_MINUTES) for topic in topics]
    missing += [("solo", SOLO_MINUTES)] if patient.id not in plan.solo else []
    missing += [("family", FAMILY_MINUTES)] if patient.family and patient.id not in plan.family else []
    return LeftOut(patient.id, tuple(name for name, _ in missing), sum(minutes for _, minutes in missing))
