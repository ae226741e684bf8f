"""Timefold (Java, Apache-2.0) on a clinic: its jars come with the wheel `timefold`, our model of a clinic for
it is in benchmarks/java.

It is a local search, so it has no bound. What a person can take at all (gates, dose, obligations, working
time) is worked out by the same code as for the one-model peers; sizes, rooms, staff, clashes and prices are
rules of its own, and the judge prices what it found. Needs a JDK; `why_not` says in words what is missing.
"""

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from benchmarks import peer
from homeground.timetable.solver.formulate import Formulation
from homeground.timetable.solver.frame import Frame
from homeground.timetable.solver.levels import Level
from homeground.timetable.solver.model import FAMILY_MINUTES, SOLO_MINUTES, TOPIC_MINUTES, Instance, Plan
from homeground.timetable.solver.program import Point

SOURCES = Path(__file__).parent / "java"
UNIT = 100  # prices are whole hundredths there
LEAST_JAVA = 17
MEMORY_MB = 2000
WHOLE, HALF = 2, 1  # of a slot, in halves
GRACE = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """What Timefold found. `cost` and `broken` are its own count, to be compared with the judge's."""

    plan: Plan
    cost: float
    broken: int
    trace: tuple[Point, ...]
    peak_mb: float
    cpu_seconds: float
    speed: int  # moves tried in a second


@cache
def why_not() -> str:
    """Why Timefold cannot be asked here, in words; empty when it can."""
    if shutil.which("javac") is None or shutil.which("java") is None:
        return "absent: no JDK"
    said = subprocess.run(["javac", "-version"], capture_output=True, text=True, check=False)
    version = re.search(r"\d+", said.stdout + said.stderr)
    if version is None or int(version[0]) < LEAST_JAVA:
        return f"absent: the JDK is older than {LEAST_JAVA}"
    return "" if jars() else "absent: the wheel timefold is not installed"


def jars() -> Path | None:
    """The folder of Timefold's jars in the peers' environment."""
    found = sorted(peer.OWN.parent.parent.glob("lib/python*/site-packages/timefold/solver/jars"))
    return found[0] if found else None


def classes() -> str:
    """The class path, with our model compiled once for each version of it."""
    folder, sources = jars(), sorted(SOURCES.glob("*.java"))
    version = sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:12]
    compiled = peer.OWN.parent.parent / "timefold" / version
    path = f"{compiled}:{folder}/*"
    if not (compiled / "Peer.class").exists():
        compiled.mkdir(parents=True, exist_ok=True)
        words = ["javac", "-nowarn", "-d", str(compiled), "-cp", path, *map(str, sources)]
        subprocess.run(words, check=True, capture_output=True)
    return path


def solve(
    clinic: Instance, cpu_seconds: float, seconds: float, seed: int = 0, options: Sequence[str] = ()
) -> Found:
    """The best plan Timefold finds within processor seconds and wall seconds; the trace is in the former."""
    words = [f"-Xmx{MEMORY_MB}m", "-XX:+UseSerialGC", *options, "-cp", classes(), "Peer"]
    done = subprocess.run(
        ["java", *words, str(cpu_seconds), str(seconds), str(seed)],
        input="\n".join(lines(clinic)),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + GRACE,
    )
    return read(clinic, done.stdout)


def lines(clinic: Instance) -> Iterator[str]:
    """The clinic as Clinic.java reads it."""
    form, week, weights = Formulation(clinic, Frame(exact=True)), clinic.week, clinic.weights
    prices: defaultdict[int, float] = defaultdict(float)
    for level in (Level.BURDEN, Level.MOVES):
        for at, price in form.shares[level].items():
            prices[at] += price

    def said(kind: str, *words: object) -> str:
        return " ".join(str(each) for each in (kind, *words))

    yield said("house", clinic.group_rooms, clinic.offices, week.hour, week.per_day)
    for one in clinic.patients:
        yield said("person", one.id, _units(weights.trip * 2 * one.travel), int(one.remote))
    for giver in clinic.therapists:
        yield said("therapist", giver.id, giver.max_minutes, giver.caseload)
    for pair in clinic.exclusions:
        yield said("apart", *pair)
    able: defaultdict[int, list[int]] = defaultdict(list)
    for who, track in form.leads:
        able[track].append(who)
    for track in form.copies:
        each = form.tracks[track]
        minutes = week.minutes(week.spans(each.meetings))
        spans = [slot for span in each.meetings for slot in span]
        yield said(
            *("group", track, minutes, each.facilitators, each.copies, each.lo, each.hi),
            *(_units(weights.staff_pct * minutes / 100), int(each.onsite), int(each.attend > 0)),
            *(len(each.meetings), *spans, len(able[track]), *able[track]),
        )
    seats: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for (patient, option), at in form.cores.items():
        words = (_units(prices[at]), len(option.meetings), *option.meetings)
        seats[patient, "-"].append(said(str(option.track), *words))
    for (patient, topic, track), at in form.topics.items():
        meetings = range(len(form.tracks[track].meetings))
        seats[patient, topic].append(said(str(track), _units(prices[at]), len(meetings), *meetings))
    hours: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for share, columns in ((WHOLE, form.solos), (HALF, form.families)):
        for (patient, who, start), at in columns.items():
            hours[patient, share].append(said(str(who), start, _units(prices[at])))
    for one in clinic.patients:
        due = weights.unmet * one.priority
        for topic in ("-", *one.topics):
            offered = seats[one.id, topic]
            unmet = _units(due * (one.core_minutes if topic == "-" else TOPIC_MINUTES))
            yield said("seat", one.id, topic, unmet, len(offered), *offered)
        for share, minutes in ((WHOLE, SOLO_MINUTES), *(((HALF, FAMILY_MINUTES),) if one.family else ())):
            offered = hours[one.id, share]
            yield said("hour", one.id, share, _units(due * minutes), len(offered), *offered)


def read(clinic: Instance, text: str) -> Found:
    """What Peer.java says."""
    leaders: defaultdict[int, list[int]] = defaultdict(list)
    core: dict[int, tuple[int, tuple[int, ...]]] = {}
    special: defaultdict[int, dict[str, int]] = defaultdict(dict)
    hours: dict[int, dict[int, tuple[int, int]]] = {WHOLE: {}, HALF: {}}
    trace, figures = [], {"hard": 0, "soft": 0, "speed": 0, "peak": 0, "cpu": 0}
    for kind, *words in (line.split() for line in text.splitlines()):
        if kind == "step":
            trace.append(Point(round(int(words[0]) / 1000, 2), int(words[1]) / UNIT, 0.0))
        elif kind == "figure":
            figures[words[0]] = int(words[1])
        elif kind == "lead":
            leaders[int(words[0])].append(int(words[1]))
        elif kind == "seat" and words[1] == "-":
            core[int(words[0])] = (int(words[2]), tuple(map(int, words[3:])))
        elif kind == "seat":
            special[int(words[0])][words[1]] = int(words[2])
        elif kind == "hour":
            hours[int(words[1])][int(words[0])] = (int(words[2]), int(words[3]))
    facilitators = {each.id: each.facilitators for each in clinic.tracks}
    plan = Plan(
        copies={at: len(who) // facilitators[at] for at, who in leaders.items()},
        facilitators={at: tuple(sorted(who)) for at, who in leaders.items()},
        core=core,
        special=dict(special),
        solo=hours[WHOLE],
        family=hours[HALF],
    )
    return Found(
        plan=plan,
        cost=figures["soft"] / UNIT,
        broken=-figures["hard"],
        trace=tuple(trace),
        peak_mb=figures["peak"] / 1024,
        cpu_seconds=figures["cpu"] / 1000,
        speed=figures["speed"],
    )


def _units(price: float) -> int:
    return round(UNIT * price)
