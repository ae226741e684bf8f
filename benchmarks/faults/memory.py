"""What everything `./run` starts needs when nothing happens: `python -m benchmarks.faults.memory [seconds]`.

RSS counts shared pages once for every process, PSS shares them out; the issue's limit is in RSS. The memory
is read after the main pages were opened once, and after the seconds asked for (20). Prints JSON in MB and the
seconds of each start; every reading also goes to the error stream at once, so that a run that is cut short
has told what it found. A first start on a busy machine takes minutes: allow ten.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.faults.house import RunningHouse, fresh_home
from benchmarks.faults.visitor import Visitor

WARM = ("/", "/fit/", "/desk/", "/desk/people/", "/timetable/", "/treatment/sheets/")


def megabytes(pid: int) -> tuple[float, float]:
    """RSS and PSS of a process."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return int(told["Rss"].split()[0]) / 1024, int(told["Pss"].split()[0]) / 1024


def name(pid: int) -> str:
    """What a process is, without numbers that differ from run to run."""
    words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    for part in ("serve.py", "engine.web", "config.worker"):
        if part in words:
            return part
    return "postgres"


def read(house: RunningHouse) -> dict[str, object]:
    """The sums, and each kind of process."""
    kinds: dict[str, list[float]] = {}
    for pid in house.pids():
        rss, pss = megabytes(pid)
        entry = kinds.setdefault(name(pid), [0, 0, 0])
        kinds[name(pid)] = [entry[0] + 1, entry[1] + rss, entry[2] + pss]
    return {
        "rss_mb": round(sum(entry[1] for entry in kinds.values())),
        "pss_mb": round(sum(entry[2] for entry in kinds.values())),
        "processes": {
            kind: {"count": int(count), "rss_mb": round(rss), "pss_mb": round(pss)}
            for kind, (count, rss, pss) in sorted(kinds.items())
        },
    }


def tell(found: dict[str, object]) -> None:
    """The last reading, for whoever waits."""
    label, value = list(found.items())[-1]
    sys.stderr.write(f"{label}: {json.dumps(value)}\n")


def main() -> int:
    """Measure a fresh demo house, and the same house on its second start."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    found: dict[str, object] = {}
    with fresh_home() as house:
        for label in ("first_start", "second_start"):
            found[f"{label}_seconds"] = round(house.start(), 1)
            time.sleep(seconds)
            found[f"{label}_untouched"] = read(house)
            tell(found)
            visitor = Visitor(house.port)
            visitor.sign_in("director")
            for page in WARM:
                status = visitor.get(page)
                if status != 200:
                    raise SystemExit(f"{page} answered {status}: what stands above is all that was measured.")
            time.sleep(seconds)
            found[f"{label}_used"] = read(house)
            tell(found)
            house.stop()
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
