"""All methods in one run on one machine: `./run timetable bench [--quick] [--peers ...]`.

Methods: first-fit (one after the other, the first seat that fits), poll (the rule of thumb of a careful
scheduler), one exact model in HiGHS, CP-SAT and SCIP, and ours. "first" and "to 1 %" are wall seconds until
the first plan and until one within 1 % of the best bound any method proved; CPU seconds are those of all
processes of a method. Peers are given LONGER times our wall time, at least LEAST seconds. Everything measured
is kept in a file of JSON lines, so that a long bench can be stopped and goes on later.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import mean

from benchmarks import methods, peer
from benchmarks.ledger import Ledger
from benchmarks.methods import GAP, Row
from homeground.timetable.highs import Session
from homeground.timetable.solver.design import LARGE, design
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.model import Instance, Plan, load_plan, save_plan
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits
from homeground.timetable.solver.replan import held
from homeground.timetable.solver.whatif import Change, changed

LONGER, LEAST = 3.0, 30.0
OURS_SECONDS = 240.0
NAMED = ("highs", "cp-sat", "scip", "timefold")
HEAD = ("clinic", "method", "first", "to 1 %", "cost", "x bound", "served", "CPU s", "x ours", "MB")


def run(
    *,
    quick: bool,
    peers: Sequence[str] | None,
    sizes: Sequence[int] | None,
    seeds: Sequence[int] | None,
    kept: Path,
    fresh: bool = False,
) -> None:
    """Print the tables, clinic by clinic, as they become known."""
    peer.install()
    ledger = Ledger(kept, fresh=fresh)
    wanted = NAMED if peers is None else tuple(peers)
    say("", "**Design to a proven 1 %**", "")
    head(HEAD)
    for size in sizes or ((30,) if quick else (30, 60, 120, 500)):
        for seed in seeds or ((1,) if quick else (1, 2, 3)):
            for cells in designed(ledger, generate(size, seed), wanted):
                line(cells)
    replans(ledger, (60,) if quick else (60, 120), wanted)
    minutes(ledger, 4 if quick else 20)
    staff_rich(ledger, (40,) if quick else (40, 70))


def designed(ledger: Ledger, clinic: Instance, peers: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All methods on one clinic."""
    key = ("design", clinic.name, digest(clinic))

    def known(method: str, measure: Callable[[], Row]) -> Row:
        return ledger.of((*key, method), measure)

    rows = {
        "first-fit": known("first-fit", lambda: methods.by_rule(clinic, methods.first_fit)),
        "poll": known("poll", lambda: methods.by_rule(clinic, poll)),
        "ours": known("ours", lambda: methods.ours(clinic, OURS_SECONDS)),
    }
    seconds = max(LEAST, LONGER * rows["ours"]["wall"])
    there = {"highs", *peer.present()} if len(clinic.patients) <= LARGE else set()
    for name in peers:
        if name in there:
            rows[name] = known(name, partial(methods.one_model, name, clinic, seconds))
    bound = best_bound(rows)
    for name, found in rows.items():
        yield cells(clinic.name, name, found, bound, rows["ours"]["cpu"])
    for name in peers:
        if name not in there:
            why = "absent" if len(clinic.patients) <= LARGE or name == "timefold" else "not asked"
            yield (clinic.name, name, why, *("" for _ in HEAD[3:]))


def best_bound(rows: Mapping[str, Row]) -> float:
    """The best bound any method proved. A bound above somebody's plan is a fault, and ends the bench."""
    cheapest = min(each["cost"] for each in rows.values())
    for name, each in rows.items():
        if each["bound"] > cheapest * (1 + 1e-6):
            raise AssertionError(f"{name} claims a bound of {each['bound']} above a plan of {cheapest}")
    return max(each["bound"] for each in rows.values())


def cells(clinic: str, method: str, found: Row, bound: float, ours_cpu: float) -> tuple[str, ...]:
    """A row in words. A plan that serves nobody is none."""
    trace = [each for each in found["trace"] if each[1] is not None]
    near = [each[0] for each in trace if each[1] <= bound * (1 + GAP)]
    cost = f"{found['cost']:,.0f}" if found["served"] > 0 else "no plan"
    return (
        clinic,
        method,
        f"{trace[0][0]:.1f}" if trace else "-",
        f"{near[0]:.1f}" if near else "-",
        cost,
        f"{found['cost'] / bound:.3f}" if bound > 0 else "-",
        f"{found['served']:.3f}",
        f"{found['cpu']:.1f}",
        f"{found['cpu'] / ours_cpu:.2f}",
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
    running, after = repair(clinic, plan_for(ledger, clinic))

    def known(name: str, seconds: float) -> Row:
        key = ("replan", clinic.name, digest(clinic), name)
        return ledger.of(key, lambda: methods.repaired(after, running, name, seconds))

    rows = {"ours": known("ours", OURS_SECONDS)}
    seconds = max(LEAST, LONGER * rows["ours"]["wall"])
    rows |= {name: known(name, seconds) for name in peers if name in peer.present()}
    bound = best_bound(rows)
    for name, found in rows.items():
        yield cells(clinic.name, name, found, bound, rows["ours"]["cpu"])


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


def minutes(ledger: Ledger, count: int) -> None:
    """Served minutes of the engine against the rule of thumb, over many clinics."""
    say("", "**Served minutes, ours / poll**", "")
    head(("clinic", "poll", "ours", "ratio", "gap", "CPU s"))
    ratios = []
    for seed in range(1, count + 1):
        clinic = generate(24 + 96 * (seed - 1) // 19, 100 + seed)
        key = ("served", clinic.name, digest(clinic))
        simple = ledger.of((*key, "poll"), partial(methods.by_rule, clinic, poll))
        mine = ledger.of((*key, "ours"), partial(methods.ours, clinic, 60.0))
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
    say("", f"Mean ratio over {count} clinics: {mean(ratios):.3f}")


def staff_rich(ledger: Ledger, sizes: Sequence[int]) -> None:
    """Plenty of counselors: what is lost between the pooled program and the exact plan."""
    say("", "**Plenty of staff**: gap between the plan and the pooled bound", "")
    head(("clinic", "counselors", "cost", "bound", "gap", "CPU s"))
    for size in sizes:
        for seed in (1, 2):
            clinic = generate(size, seed, 0.75)
            key = ("staff", clinic.name, digest(clinic))
            mine = ledger.of((*key, "ours"), partial(methods.ours, clinic, 120.0))
            gap = 1 - mine["bound"] / mine["cost"]
            numbers = (f"{mine['cost']:,.0f}", f"{mine['bound']:,.0f}", f"{gap:.4f}", f"{mine['cpu']:.1f}")
            line((clinic.name, str(len(clinic.therapists)), *numbers))


def digest(clinic: Instance) -> str:
    """A clinic in few letters: what was measured on another one of the same name does not count."""
    return sha256(json.dumps(asdict(clinic), default=str, sort_keys=True).encode()).hexdigest()[:10]


def head(names: Sequence[str]) -> None:
    """The head of a table."""
    line(names)
    say("|" + "---|" * len(names))


def line(cells: Sequence[str]) -> None:
    """One line of a table."""
    say("| " + " | ".join(cells) + " |")


def say(*lines: str) -> None:
    """Print at once: a long bench is watched."""
    for each in lines:
        sys.stdout.write(each + "\n")
    sys.stdout.flush()
