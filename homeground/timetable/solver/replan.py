"""Repair inside the running groups: somebody is away, comes, leaves or has a new job; the groups stay.

One exact program. What people have now is in the objective, so nobody is moved without gain. A group keeps
its leaders where they still can; otherwise anybody fit may step in, and a group that cannot run is closed.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.model import Incumbent, Instance, Patient, Plan
from homeground.timetable.solver.program import Limits, Solve, Watch
from homeground.timetable.solver.run import Designed, Run, plan_found
from homeground.timetable.solver.trim import trim
from homeground.timetable.solver.wishes import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True)
class Move:
    """One change for one person. `kind`: core, topic, solo, family. None: had nothing, or has nothing.

    `why`: "group" (it no longer runs), "counselor" (away then, or no longer theirs), "obligation" (their own
    week changed), "room" (to make room, or for a better week), "new" (they had nothing).
    """

    patient: int
    kind: str
    before: object
    after: object
    why: str


@dataclass(frozen=True, slots=True)
class Replanned:
    """The repaired plan with its proof, and everybody who moves."""

    design: Designed
    moves: tuple[Move, ...]


def held(instance: Instance, running: Plan) -> Instance:
    """The instance with everybody's incumbent taken from the running plan."""

    def incumbent(patient: Patient) -> Incumbent:
        core = running.core.get(patient.id)
        solo = running.solo.get(patient.id)
        return Incumbent(core[0] if core else None, solo[0] if solo else None, solo[1] if solo else None)

    return replace(
        instance, patients=tuple(replace(each, incumbent=incumbent(each)) for each in instance.patients)
    )


def replan(
    instance: Instance,
    running: Plan,
    solve: Solve,
    limits: Limits,
    *,
    wishes: Wishes = NO_WISHES,
    levels: bool = False,
    watch: Watch | None = None,
) -> Replanned:
    """The best plan within the running groups. Incumbents are those of the instance (see `held`).

    People in `running` who are not in the instance have left. Always returns a plan the judge passes.
    `wishes` and `levels` as in `design`: pin somebody's seat, forbid one, name who stands in for a leader.
    """
    run = Run(instance, solve, limits, watch, trim(instance, running), levels, wishes)
    frame = Frame(
        copies=running.copies,
        may_close=True,
        leaders=_leaders(instance, running),
        exact=True,
        kept=running,
        wishes=wishes,
    )
    form = Formulation(instance, frame)
    if not levels:
        form.program.first = array("i", [*form.copies.values(), *form.leads.values()])
        form.program.rare = array("i", _rare(form))
        form.program.near = limits.gap
    found = plan_found(form, run.ask(form, start=run.plan, bounds=True))
    if found is not None:
        run.keep(found)
    here = {each.id for each in instance.patients}
    for gone in sorted({*running.core, *running.special, *running.solo, *running.family} - here):
        running = running.without(gone)
    return Replanned(run.result(), moves(instance, running, run.plan))


def _rare(form: Formulation) -> Iterator[int]:
    """One-to-one hours with another counselor and at another time, for whoever has one."""
    held = {each.id: each.incumbent for each in form.instance.patients}
    for (patient, giver, start), at in form.solos.items():
        if held[patient].therapist not in (None, giver) and held[patient].start not in (None, start):
            yield at


def _leaders(instance: Instance, running: Plan) -> Mapping[int, tuple[int, ...]]:
    week = instance.week
    able: dict[int, tuple[int, ...]] = {}
    for track in instance.tracks:
        slots = week.spans(track.meetings)
        fit = tuple(
            each.id
            for each in instance.therapists
            if track.skill in each.skills
            and track.lang in each.langs
            and not slots & ~week.spans(each.free)
            and week.minutes(slots) <= each.max_minutes
        )
        leading = running.facilitators.get(track.id, ())
        able[track.id] = leading if leading and set(leading) <= set(fit) else fit
    return able


def moves(instance: Instance, before: Plan, after: Plan) -> tuple[Move, ...]:
    """What changes for whom between two plans, and why."""
    found = []
    for patient in instance.patients:
        rows: list[tuple[str, object, object]] = [
            ("core", before.core.get(patient.id), after.core.get(patient.id)),
            ("solo", before.solo.get(patient.id), after.solo.get(patient.id)),
            ("family", before.family.get(patient.id), after.family.get(patient.id)),
        ]
        old, new = before.special.get(patient.id, {}), after.special.get(patient.id, {})
        rows += [("topic", old.get(topic), new.get(topic)) for topic in patient.topics]
        found += [
            Move(patient.id, kind, was, now, _why(instance, patient, kind, was, after))
            for kind, was, now in rows
            if was != now
        ]
    return tuple(found)


def _why(instance: Instance, patient: Patient, kind: str, was: object, after: Plan) -> str:
    if was is None:
        return "new"
    week = instance.week
    if kind in ("core", "topic"):
        number = was[0] if isinstance(was, tuple) else was
        track = next(each for each in instance.tracks if each.id == number)
        if not after.copies.get(track.id):
            return "group"
        spans, onsite = week.spans(track.meetings), track.onsite
    else:
        assert isinstance(was, tuple)
        who, start = was
        spans, onsite = week.hour_at(start), not patient.remote
        allowed = patient.family_counselors if kind == "family" else patient.counselors
        free = next((week.spans(each.free) for each in instance.therapists if each.id == who), 0)
        if who not in allowed or spans & ~free:
            return "counselor"
    kept = week.widen(spans, week.margin(patient.travel)) if onsite else spans
    return "obligation" if kept & week.spans(patient.busy) else "room"
