"""All methods in one run on one machine, one table: `./run timetable bench [--quick] [--peers ...]`."""

import sys
from collections.abc import Sequence

from homeground.timetable.highs import solve
from homeground.timetable.solver.design import design
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.program import Limits


def run(
    *, quick: bool, peers: Sequence[str] | None, sizes: Sequence[int] | None, seeds: Sequence[int] | None
) -> None:
    """Print one row for each method and clinic as it becomes known."""
    for size in sizes or ((30,) if quick else (30, 60, 120)):
        for seed in seeds or ((1,) if quick else (1, 2, 3)):
            clinic = generate(size, seed)
            thumb = judge(clinic, poll(clinic))
            found = design(clinic, solve, Limits(60))
            ours = judge(clinic, found.plan)
            sys.stdout.write(
                f"{clinic.name}: poll {thumb.cost.total:.0f} {thumb.served:.3f}; "
                f"ours {found.cost:.0f} (bound {found.bound:.0f}) {ours.served:.3f} {found.cpu_seconds} CPU s\n"
            )
