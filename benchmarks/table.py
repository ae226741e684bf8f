"""All methods in one run on one machine: `./run timetable bench [--quick] [--peers ...] [--minutes M]`.

Methods: first-fit (one after the other, the first seat that fits), poll (the rule of thumb of a careful
scheduler), one exact model in HiGHS, CP-SAT and SCIP, Timefold, and ours. Seconds are processor seconds, for
the machine may be shared: "CPU s" of all processes of a method; "first" and "to 1 %" until the first plan and
until one within 1 % of the best bound any method proved (for those that say only wall seconds, their share of
the run). A one-model peer gets LONGER times our seconds, Timefold TWENTY times, both at least LEAST; a clock
that shows wall time is stretched by the load. Everything measured is kept in a file of JSON lines, so that a
long bench can be stopped and goes on later; what is not measured yet is said to be so.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean

from benchmarks import methods, peer, timefold
from benchmarks.ledger import Ledger, NotMeasured
from benchmarks.methods import GAP, Row
from benchmarks.paper import digest, head, line, say
from homeground.timetable.highs import Session
from homeground.timetable.solver.design import LARGE, design
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.model import Instance, Plan, load_plan, save_plan
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits
from homeground.timetable.solver.replan import held
from homeground.timetable.solver.whatif import Change, changed

LONGER, TWENTY, LEAST = 3.0, 20.0, 20.0
OURS_SECONDS = 240.0
NAMED = ("highs", "cp-sat", "scip", "timefold")
HEAD = ("clinic", "method", "first", "to 1 %", "cost", "x bound", "served", "CPU s", "x ours", "MB")
NOT_YET = "not measured"


def run(
    *,
    quick: bool,
    peers: Sequence[str] | None,
    sizes: Sequence[int] | None,
    seeds: Sequence[int] | None,
    kept: Path,
    fresh: bool = False,
    minutes: float | None = None,
) -> None:
    """Print the tables, clinic by clinic, as they become known."""
    if minutes != 0:
        peer.install()
    ledger = Ledger(kept, fresh=fresh, minutes=minutes)
    wanted = NAMED if peers is None else tuple(peers)
    say("", "**Design to a proven 1 %**", "")
    head(HEAD)
    means: defaultdict[tuple[int, str], list[tuple[float, ...]]] = defaultdict(list)
    for size in sizes or ((30,) if quick else (30, 60, 120, 500)):
        for seed in seeds or ((1,) if quick else (1, 2, 3)):
            clinic = generate(size, seed)
            rows, missing = measured(ledger, clinic, wanted)
            for cells in designed(clinic, rows, missing):
                line(cells)
            for name, row in rows.items() if "ours" in rows else ():
                shares = (
                    row["cost"] / best_bound(rows),
                    row["served"],
                    row["cpu"],
                    row["cpu"] / rows["ours"]["cpu"],
                )
                means[size, name].append(shares)
    say("", "**Means over the seeds measured**", "")
    head(("people", "method", "clinics", "x bound", "served", "CPU s", "x ours"))
    for (size, name), found in means.items():
        over, served, cpu, ratio = (mean(column) for column in zip(*found, strict=True))
        figures = (f"{over:.3f}", f"{served:.3f}", f"{cpu:.1f}", f"{ratio:.2f}")
        line((str(size), name, str(len(found)), *figures))
    replans(ledger, (60,) if quick else (60, 120), wanted)
    served_minutes(ledger, 4 if quick else 20)
    staff_rich(ledger, (40,) if quick else (40, 70))


def measured(ledger: Ledger, clinic: Instance, peers: Sequence[str]) -> tuple[dict[str, Row], dict[str, str]]:
    """The rows of all methods on one clinic, and why the others are missing."""
    key = ("design", clinic.name, digest(clinic))
    rows: dict[str, Row] = {}
    missing: dict[str, str] = {}
    for name in ("first-fit", "poll", "ours", *peers):
        known = ledger.knows((*key, name))
        why = "" if known else why_not(name, clinic)
        if why:
            missing[name] = why
            continue
        try:
            if name in peers and "ours" not in rows and not known:
                raise NotMeasured  # its time depends on ours
            rows[name] = ledger.of((*key, name), partial(measure, name, clinic, rows.get("ours")))
        except NotMeasured:
            missing[name] = NOT_YET
    return rows, missing


def why_not(name: str, clinic: Instance) -> str:
    """Why a method is not asked at all; empty when it is."""
    if name == "timefold":
        return timefold.why_not()
    if name in peer.MODULES and name not in peer.present():
        return "absent"
    one_model = name in peer.MODULES or name == "highs"
    return "not asked: one model does not fit" if one_model and len(clinic.patients) > LARGE else ""


def measure(name: str, clinic: Instance, mine: Row | None) -> Row:
    """Let one method work on one clinic."""
    if name == "first-fit":
        return methods.by_rule(clinic, methods.first_fit)
    if name == "poll":
        return methods.by_rule(clinic, poll)
    if mine is None:
        return methods.ours(clinic, stretched(OURS_SECONDS))
    if name == "timefold":
        times = TWENTY if len(clinic.patients) <= LARGE else LONGER
        return methods.by_timefold(clinic, max(LEAST, times * mine["cpu"]))
    return methods.one_model(name, clinic, stretched(max(LEAST, LONGER * mine["cpu"])))


def stretched(seconds: float) -> float:
    """Processor seconds as wall seconds while others use the machine too."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def designed(
    clinic: Instance, rows: Mapping[str, Row], missing: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """All methods on one clinic, in words."""
    bound = best_bound(rows)
    for name, found in rows.items():
        yield cells(clinic.name, name, found, bound, rows["ours"]["cpu"] if "ours" in rows else None)
    for name, why in missing.items():
        yield (clinic.name, name, why, *("" for _ in HEAD[3:]))


def best_bound(rows: Mapping[str, Row]) -> float:
    """The best bound any method proved. A bound above somebody's plan is a fault, and ends the bench."""
    cheapest = min((each["cost"] for each in rows.values()), default=0.0)
    for name, each in rows.items():
        if each["bound"] > cheapest * (1 + 1e-6):
            raise AssertionError(f"{name} claims a bound of {each['bound']} above a plan of {cheapest}")
    return max((each["bound"] for each in rows.values()), default=0.0)


def cells(clinic: str, method: str, found: Row, bound: float, ours_cpu: float | None) -> tuple[str, ...]:
    """A row in words. A plan that serves nobody is none."""
    share = 1.0 if found.get("clock") == "cpu" else found["cpu"] / max(found["wall"], 0.01)
    trace = [each for each in found["trace"] if each[1] is not None]
    near = [each[0] for each in trace if each[1] <= bound * (1 + GAP)]
    cost = f"{found['cost']:,.0f}" if found["served"] > 0 else "no plan"
    return (
        clinic,
        method,
        f"{share * trace[0][0]:.1f}" if trace else "-",
        f"{share * near[0]:.1f}" if near else "-",
        cost,
        f"{found['cost'] / bound:.3f}" if bound > 0 else "-",
        f"{found['served']:.3f}",
        f"{found['cpu']:.1f}",
        f"{found['cpu'] / ours_cpu:.2f}" if ours_cpu else "-",
        f"{found['mb']:.0f}" if found["mb"] else "-",
    )


def replans(ledger: Ledger, sizes: Sequence[int], peers: Sequence[str]) -> None:
    """Some leave, as many arrive, four have new jobs, one counselor is away for two days."""
    say("", "**Replan to a proven 0.1 %** (the same exact program for all)", "")
    head(HEAD)
    for size in sizes:
        for cells in repairs(ledger, generate(size, 1), peers):
            line(cells)


def repairs(ledger: Ledger, clinic: Instance, peers: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """One clinic repaired by all."""
    rows: dict[str, Row] = {}
    for name in ("ours", *(name for name in peers if name in peer.MODULES)):
        key = ("replan", clinic.name, digest(clinic), name)
        if name in peer.MODULES and name not in peer.present() and not ledger.knows(key):
            yield (clinic.name, name, "absent", *("" for _ in HEAD[3:]))
            continue
        try:
            rows[name] = ledger.of(key, partial(repaired, ledger, clinic, name, rows.get("ours")))
        except NotMeasured:
            yield (clinic.name, name, NOT_YET, *("" for _ in HEAD[3:]))
    for name, found in rows.items():
        yield cells(
            clinic.name, name, found, best_bound(rows), rows["ours"]["cpu"] if "ours" in rows else None
        )


def repaired(ledger: Ledger, clinic: Instance, name: str, mine: Row | None) -> Row:
    """One clinic repaired by one."""
    running, after = repair(clinic, plan_for(ledger, clinic))
    seconds = max(LEAST, LONGER * mine["cpu"]) if mine else OURS_SECONDS
    return methods.repaired(after, running, name, stretched(seconds))


def plan_for(ledger: Ledger, clinic: Instance) -> Plan:
    """A designed plan to repair, kept beside the ledger."""
    file = ledger.path.with_name(f"bench-{clinic.name}-{digest(clinic)}.json")
    if not file.exists():
        with Session() as solve:
            file.parent.mkdir(parents=True, exist_ok=True)
            save_plan(design(clinic, solve, Limits(OURS_SECONDS, gap=GAP)).plan, file)
    return load_plan(file, clinic)


def repair(clinic: Instance, designed: Plan) -> tuple[Plan, Instance]:
    """What is running, and the clinic after a bad week: a twentieth leave and as many arrive."""
    turn = max(1, len(clinic.patients) // 20)
    last = len(clinic.patients) - turn
    running = designed  # the last ones are those who arrive: they have no place yet
    for each in clinic.patients[last:]:
        running = running.without(each.id)
    staying = held(clinic, running).patients[turn:]
    workday = tuple((day * 48 + 18, day * 48 + 26) for day in (0, 2))  # Monday and Wednesday, 9:00 to 13:00
    people = [
        replace(each, busy=(*each.busy, *workday)) if at < 4 else each for at, each in enumerate(staying)
    ]
    for gone in clinic.patients[:turn]:
        running = running.without(gone.id)
    left = {each.id for each in people}
    pairs = tuple(pair for pair in clinic.exclusions if set(pair) <= left)
    after = replace(clinic, patients=tuple(people), exclusions=pairs)
    away = {clinic.therapists[0].id: ((3 * 48, 5 * 48),)}
    return running, changed(after, Change(away=away))


def served_minutes(ledger: Ledger, count: int) -> None:
    """Served minutes of the engine against the rule of thumb, over many clinics."""
    say("", "**Served minutes, ours / poll**", "")
    head(("clinic", "poll", "ours", "ratio", "gap", "CPU s"))
    ratios = []
    for seed in range(1, count + 1):
        clinic = generate(24 + 96 * (seed - 1) // 19, 100 + seed)
        key = ("served", clinic.name, digest(clinic))
        try:
            simple = ledger.of((*key, "poll"), partial(methods.by_rule, clinic, poll))
            mine = ledger.of((*key, "ours"), partial(methods.ours, clinic, stretched(60.0)))
        except NotMeasured:
            line((clinic.name, NOT_YET, "", "", "", ""))
            continue
        ratios.append(mine["served"] / simple["served"])
        line(
            (
                clinic.name,
                f"{simple['served']:.3f}",
                f"{mine['served']:.3f}",
                f"{ratios[-1]:.3f}",
                f"{1 - mine['bound'] / mine['cost']:.4f}",
                f"{mine['cpu']:.1f}",
            )
        )
    if ratios:
        say("", f"Mean ratio over {len(ratios)} of {count} clinics: {mean(ratios):.3f}")


def staff_rich(ledger: Ledger, sizes: Sequence[int]) -> None:
    """Plenty of counselors: what is lost between the pooled program and the exact plan."""
    say("", "**Plenty of staff**: gap between the plan and the pooled bound", "")
    head(("clinic", "counselors", "cost", "bound", "gap", "CPU s"))
    for size in sizes:
        for seed in (1, 2):
            clinic = generate(size, seed, 0.75)
            key = ("staff", clinic.name, digest(clinic))
            try:
                mine = ledger.of((*key, "ours"), partial(methods.ours, clinic, stretched(120.0)))
            except NotMeasured:
                line((clinic.name, str(len(clinic.therapists)), NOT_YET, "", "", ""))
                continue
            gap = 1 - mine["bound"] / mine["cost"]
            numbers = (f"{mine['cost']:,.0f}", f"{mine['bound']:,.0f}", f"{gap:.4f}", f"{mine['cpu']:.1f}")
            line((clinic.name, str(len(clinic.therapists)), *numbers))
