"""What the engine is worth: `python benchmarks/served.py [clinics] [gap]`, a line of JSON each, and the mean.

Made-up clinics of 24 to 60 people, every second one short of staff; served is the share of prescribed
minutes. Each is designed to the gap and compared with the rule of thumb of a careful scheduler (`poll`);
"most" is what no plan at all serves more than, at whatever price: the pooled program for minutes alone.
"""

import json
import resource
import sys
from array import array
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from homeground.timetable.highs import Session
from homeground.timetable.solver import Instance, Limits, design, generate, judge, poll
from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.model import FAMILY_MINUTES, SOLO_MINUTES, TOPIC_MINUTES
from homeground.timetable.solver.program import Solve


def spent() -> float:
    """Processor seconds of this process and its children that ended."""
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def most(clinic: Instance, solve: Solve) -> float:
    """A share of the prescribed minutes that no plan serves more than."""
    form = Formulation(clinic, Frame())
    core = {each.id: each.core_minutes for each in clinic.patients}
    prices = array("d", bytes(8 * len(form.program.costs)))
    for (one, _), at in form.cores.items():
        prices[at] = -core[one]
    for columns, minutes in (
        (form.topics, TOPIC_MINUTES),
        (form.solos, SOLO_MINUTES),
        (form.families, FAMILY_MINUTES),
    ):
        for at in columns.values():
            prices[at] = -minutes
    due = sum(
        each.core_minutes
        + TOPIC_MINUTES * len(each.topics)
        + SOLO_MINUTES
        + FAMILY_MINUTES * bool(each.family)
        for each in clinic.patients
    )
    return -solve(replace(form.program, costs=prices, offset=0.0).relaxed(), Limits(60)).bound / due


def main(clinics: int = 20, gap: float = 0.01) -> None:
    """Print the figures."""
    ratios, shares = [], []
    for seed in range(1, clinics + 1):
        clinic = generate((24, 30, 36, 48, 60)[seed % 5], seed, 1.25 if seed % 2 else 1.0)
        with Session() as solve:
            found = design(clinic, solve, Limits(240, gap=gap))
            ceiling = most(clinic, solve)
        ours, theirs = judge(clinic, found.plan), judge(clinic, poll(clinic))
        ratios.append(ours.served / theirs.served)
        shares.append((ours.served, theirs.served, ceiling))
        figures = {"clinic": clinic.name, "cost": found.cost, "gap": round(found.gap, 4)}
        figures |= {
            "served": round(ours.served, 4),
            "poll": round(theirs.served, 4),
            "most": round(ceiling, 4),
        }
        print(
            json.dumps(figures | {"ratio": round(ratios[-1], 3), "cpu": round(found.cpu_seconds, 1)}),
            flush=True,
        )
    mean = [round(sum(column) / clinics, 4) for column in zip(*shares, strict=True)]
    summary = {"clinics": clinics, "served": mean[0], "poll": mean[1], "most": mean[2]}
    summary |= {"ratio": round(mean[0] / mean[1], 3), "most_ratio": round(mean[2] / mean[1], 3)}
    summary["mean_ratio"] = round(sum(ratios) / clinics, 3)
    summary["most_mean_ratio"] = round(sum(each[2] / each[1] for each in shares) / clinics, 3)
    print(json.dumps(summary | {"cpu": round(spent(), 1)}))


if __name__ == "__main__":
    main(*(kind(each) for kind, each in zip((int, float), sys.argv[1:], strict=False)))
