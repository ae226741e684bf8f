"""Large clinics: pods of about a hundred people designed by themselves, then everybody together again.

A pod has its share of the staff, rooms and copies. The groups the pods open run for the whole clinic: one
pooled program seats everybody inside them, and counselors are matched as in `design`. The bound is that of
the whole clinic's relaxed program, so it holds whatever the pods did.
"""

from collections import Counter
from dataclasses import replace

from homeground.timetable.solver.design import begin, design, match
from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.model import Instance, Patient, Plan, Therapist
from homeground.timetable.solver.program import Limits, Solve, Watch
from homeground.timetable.solver.run import Designed, Run, plan_found

POD = 100  # people in a pod, about


def design_in_pods(
    instance: Instance, solve: Solve, limits: Limits, *, size: int = POD, watch: Watch | None = None
) -> Designed:
    """The best plan found for a large clinic, with a bound. Half the time is for the pods."""
    run = begin(instance, solve, limits, None, watch)
    parts = split(instance, max(1, round(len(instance.patients) / size)))
    opened = Plan()
    for part in parts:
        share = Limits(limits.seconds * 0.5 / len(parts), 0.01, limits.memory_mb, limits.seed)
        found = design(part, solve, share)
        run.seconds += found.seconds
        run.cpu_seconds += found.cpu_seconds
        run.peak_mb = max(run.peak_mb, found.peak_mb)
        opened = join(opened, found.plan)
    run.keep(opened)
    _together(run, opened)
    if not run.stopped:
        run.relax(Formulation(instance, Frame(coarse=True)))
    return run.result()


def _together(run: Run, opened: Plan) -> None:
    """Seat everybody inside the groups the pods opened."""
    form = Formulation(run.instance, Frame(copies=opened.copies, may_close=True, leaders=opened.facilitators))
    pooled = plan_found(form, run.ask(form, gap=0.002, share=0.5, start=opened))
    if pooled is not None:
        match(run, pooled)


def join(one: Plan, other: Plan) -> Plan:
    """Two plans of different people and staff as one."""
    special = {**one.special, **other.special}
    leaders = {
        track: (*one.facilitators.get(track, ()), *other.facilitators.get(track, ()))
        for track in sorted({*one.facilitators, *other.facilitators})
    }
    return Plan(
        copies=dict(sorted((Counter(one.copies) + Counter(other.copies)).items())),
        facilitators=leaders,
        core={**one.core, **other.core},
        special=special,
        solo={**one.solo, **other.solo},
        family={**one.family, **other.family},
    )


def split(instance: Instance, count: int) -> tuple[Instance, ...]:
    """The clinic cut into `count` smaller ones that share out staff, rooms, copies and people."""
    staff = sorted(instance.therapists, key=lambda each: (each.langs, each.skills, each.free, each.id))
    pods = [tuple(staff[at::count]) for at in range(count)]
    ids = [{each.id for each in pod} for pod in pods]
    people: list[list[Patient]] = [[] for _ in range(count)]
    for patient in sorted(instance.patients, key=lambda each: (len(each.counselors), each.id)):
        at = min(
            range(count),
            key=lambda pod: (not ids[pod] & set(patient.counselors), len(people[pod]), pod),
        )
        people[at].append(patient)
    return tuple(_pod(instance, at, count, pods[at], people[at]) for at in range(count))


def _pod(
    instance: Instance, at: int, count: int, staff: tuple[Therapist, ...], people: list[Patient]
) -> Instance:
    """One pod: its people ask only its own staff."""
    ids = {each.id for each in staff}
    here = {each.id for each in people}

    def share(total: int) -> int:
        return total // count + (at < total % count)

    return replace(
        instance,
        name=f"{instance.name}/{at}",
        therapists=tuple(sorted(staff, key=lambda each: each.id)),
        tracks=tuple(replace(each, copies=share(each.copies)) for each in instance.tracks),
        patients=tuple(
            replace(
                each,
                counselors=tuple(who for who in each.counselors if who in ids),
                family_counselors=tuple(who for who in each.family_counselors if who in ids),
            )
            for each in sorted(people, key=lambda each: each.id)
        ),
        group_rooms=share(instance.group_rooms),
        offices=share(instance.offices),
        exclusions=tuple(pair for pair in instance.exclusions if set(pair) <= here),
    )
