"""`./run timetable WORD`: the timetable engine on files, JSON on standard output. No database is needed."""

import json
import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.timetable.highs import Session, SolverFailed
from homeground.timetable.solver.checks import check_patient
from homeground.timetable.solver.design import design
from homeground.timetable.solver.explain import Blocker
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.model import (
    Instance,
    Patient,
    load,
    load_plan,
    read_patient,
    save,
    save_plan,
)
from homeground.timetable.solver.place import Board, Offer
from homeground.timetable.solver.pods import design_in_pods
from homeground.timetable.solver.program import Limits, Point
from homeground.timetable.solver.reader import BadInstance
from homeground.timetable.solver.replan import replan
from homeground.timetable.solver.run import Designed

BAD_INPUT = 2
DESIGN_GAP, REPLAN_GAP = 0.01, 0.001  # proven, that end the work where no gap is asked for
ONE_PIECE = 800  # people above which even the relaxed program of the whole takes too long
OWN_SECONDS = 0.03  # of our own work for each person, kept back from the solver's time


class Command(BaseCommand):
    """Generate, design, replan, place, judge, bench, itc. Exit 2: the input cannot be meant, field named."""

    help = "The timetable engine on files: generate, design, replan, place, judge, bench, itc."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare one sub-command for each word."""
        words = parser.add_subparsers(dest="word", required=True, parser_class=ArgumentParser)

        def word(
            name: str, about: str, *files: str, out: bool = False, timed: bool = False
        ) -> ArgumentParser:
            found: ArgumentParser = words.add_parser(name, help=about)
            for each in files:
                found.add_argument(each, type=Path)
            if out:
                found.add_argument("--out", type=Path, required=True, help="where to write")
            if timed:
                found.add_argument("--seconds", type=_seconds, default=60.0, help="of wall time; 60")
                found.add_argument(
                    "--gap",
                    type=float,
                    default=None,
                    help="relative gap that ends the work",
                )
                found.add_argument("--memory", type=int, default=2000, help="MB the solver may take; 2000")
            return found

        made = word("generate", "a made-up clinic", out=True)
        made.add_argument("people", type=_count)
        made.add_argument("seed", type=int)
        made.add_argument("--tight", type=_tight, default=1.0, help="above 1: fewer staff and rooms; 1")
        word("design", "which groups run, who leads, who joins", "instance", out=True, timed=True)
        again = word("replan", "repair inside the running groups", "instance", out=True, timed=True)
        again.add_argument("--plan", type=Path, required=True, help="the running plan")
        one = word("place", "weeks for one person, or why none", "instance")
        one.add_argument("--plan", type=Path, required=True, help="the running plan")
        one.add_argument("--patient", type=Path, required=True, help="the person, as in an instance")
        one.add_argument("--limit", type=_count, default=5, help="offers and changes at most; 5")
        one.add_argument("--explain", action="store_true", help="changes even where there are offers")
        one.add_argument(
            "--eject", action="store_true", help="weeks that one other's equally good move opens"
        )
        word("judge", "every hard rule and the cost of a plan", "instance", "plan")
        bench = word("bench", "all methods in one run, one table")
        bench.add_argument("--quick", action="store_true", help="small clinics, one seed")
        bench.add_argument(
            "--peers", nargs="*", default=None, help="cp-sat scip highs timefold; all there are"
        )
        bench.add_argument("--sizes", nargs="*", type=_count, default=None)
        bench.add_argument("--seeds", nargs="*", type=int, default=None)
        bench.add_argument(
            "--kept", type=Path, default=Path(".hg/bench.jsonl"), help="what was measured; it is not again"
        )
        bench.add_argument(
            "--minutes", type=float, default=None, help="begin nothing new after; 0: only print"
        )
        bench.add_argument("--fresh", action="store_true", help="measure everything again")
        word("itc", "a public course timetabling file (.ctt, .xml)", "file", timed=True).add_argument(
            "--out", type=Path, default=None, help="where to write the solution"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one word; what it found is one line of JSON."""
        words: dict[str, Callable[..., dict[str, Any] | None]] = {
            "generate": _generate,
            "design": _design,
            "replan": _replan,
            "place": _place,
            "judge": _judge,
            "bench": _bench,
            "itc": _itc,
        }
        try:
            found = words[options["word"]](**options)
        except BadInstance as bad:
            raise CommandError(str(bad), returncode=BAD_INPUT) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=BAD_INPUT) from None
        except SolverFailed as failed:
            raise CommandError(f"The solver failed: {failed}") from None
        if found is not None:
            self.stdout.write(json.dumps(found))


def _generate(people: int, seed: int, tight: float, out: Path, **_: Any) -> dict[str, Any]:
    clinic = generate(people, seed, tight)
    save(clinic, out)
    return {"name": clinic.name, "patients": people, "therapists": len(clinic.therapists)}


def _design(instance: Path, out: Path, **options: Any) -> dict[str, Any]:
    clock = Clock()
    with Session() as solve:
        clinic = load(instance)
        limits = _limits(options, DESIGN_GAP)
        own = min(limits.seconds / 4, OWN_SECONDS * len(clinic.patients))
        method = design if len(clinic.patients) <= ONE_PIECE else design_in_pods
        found = method(clinic, solve, replace(limits, seconds=limits.seconds - own))
    save_plan(found.plan, out)
    return _report(clinic, found, clock)


def _replan(instance: Path, plan: Path, out: Path, **options: Any) -> dict[str, Any]:
    clock = Clock()
    with Session() as solve:
        clinic = load(instance)
        found = replan(clinic, load_plan(plan, clinic, earlier=True), solve, _limits(options, REPLAN_GAP))
    save_plan(found.design.plan, out)
    return _report(clinic, found.design, clock) | {"moves": [asdict(each) for each in found.moves]}


def _place(instance: Path, plan: Path, patient: Path, limit: int, **options: Any) -> dict[str, Any]:
    clinic = load(instance)
    board = Board.of(clinic, load_plan(plan, clinic))
    person = _person(patient, clinic)
    began = time.perf_counter()
    answer = board.place(person, limit, explain=options["explain"], eject=options["eject"])
    took = (time.perf_counter() - began) * 1000
    return {
        "offers": [_offer(each) for each in answer.offers],
        "changes": [[_fact(each) for each in change] for change in answer.changes],
        "conflict": [_fact(each) for each in answer.conflict],
        "ms": round(took, 3),
    }


def _judge(instance: Path, plan: Path, **_: Any) -> dict[str, Any]:
    clinic = load(instance)
    verdict = judge(clinic, load_plan(plan, clinic))
    return {
        "cost": _number(verdict.cost.total),
        "violations": [{"rule": each.rule, "what": list(each.what)} for each in verdict.violations],
        "served": round(verdict.served, 4),
        "in_core": verdict.in_core,
    }


def _bench(**options: Any) -> None:
    from benchmarks import table

    words = ("quick", "peers", "sizes", "seeds", "kept", "fresh", "minutes")
    table.run(**{each: options[each] for each in words})


def _itc(file: Path, out: Path | None, **options: Any) -> dict[str, Any]:
    from benchmarks import itc, peer

    if ".ctt" in file.suffixes:  # CP-SAT proves these sooner; it is put beside the house at the first time
        peer.install()
    clock = Clock()
    found: dict[str, Any] = itc.solve_file(file, _limits(options), out)
    return found | clock.spent()


class Clock:
    """Wall and processor seconds since it was made, and the most memory of this process and its children."""

    def __init__(self) -> None:
        self.wall = time.monotonic()
        self.cpu = _cpu()

    def spent(self) -> dict[str, float]:
        """What was used so far."""
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return {
            "seconds": round(time.monotonic() - self.wall, 2),
            "cpu_seconds": round(_cpu() - self.cpu, 2),
            "peak_mb": round(max(resource.getrusage(each).ru_maxrss for each in kinds) / 1024, 1),
        }


def _cpu() -> float:
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _report(clinic: Instance, found: Designed, clock: Clock) -> dict[str, Any]:
    verdict = judge(clinic, found.plan)
    return {
        "cost": _number(found.cost),
        "bound": _number(found.bound),
        "gap": round(found.gap, 6),
        "served": round(verdict.served, 4),
        "in_core": verdict.in_core,
        "of": len(clinic.patients),
        **clock.spent(),
        "trace": [_step(each) for each in found.trace],
    }


def _step(point: Point) -> list[float | None]:
    cost = None if point.cost is None else _number(point.cost)
    return [point.seconds, cost, _number(point.bound)]


def _number(value: float) -> float | None:
    """A number that JSON can say; whole ones without a decimal point."""
    if value in (float("inf"), float("-inf")):
        return None
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _offer(offer: Offer) -> dict[str, Any]:
    found: dict[str, Any] = {
        "core": [offer.core[0], list(offer.core[1])],
        "solo": list(offer.solo) if offer.solo else None,
        "special": dict(offer.special),
        "family": list(offer.family) if offer.family else None,
        "cost": _number(offer.cost),
    }
    return found | ({"shift": asdict(offer.shift)} if offer.shift else {})


def _fact(blocker: Blocker) -> dict[str, Any]:
    return {"kind": blocker.kind, "what": list(blocker.what)}


def _person(path: Path, clinic: Instance) -> Patient:
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise BadInstance("patient", "is not JSON") from None
    person = read_patient(document)
    check_patient(
        person,
        clinic.week,
        {each.id for each in clinic.therapists},
        {each.id for each in clinic.tracks},
    )
    return person


def _limits(options: dict[str, Any], gap: float = 1e-4) -> Limits:
    if options["gap"] is not None:
        gap = options["gap"]
    return Limits(options["seconds"], gap=gap, memory_mb=options["memory"])


def _seconds(text: str) -> float:
    return _between(float(text), 0, 86_400)


def _tight(text: str) -> float:
    return _between(float(text), 0.1, 10)


def _count(text: str) -> int:
    return int(_between(int(text), 1, 5000))


def _between(value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise ValueError
    return value
