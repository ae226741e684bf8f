"""Reading a calendar file at arm's length: screened here, expanded in a child that is killed when late."""

import json
import math
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from homeground.timetable.calendar_file.reading import (
    Busy,
    CalendarRefused,
    Reading,
    Refusal,
    Skipped,
    SkipReason,
)
from homeground.timetable.calendar_file.screen import screen

_ROOT = Path(__file__).resolve().parents[3]
# Isolated mode: neither the working folder nor the environment decides what the child imports.
_CHILD = (
    sys.executable,
    "-I",
    "-X",
    "utf8",
    "-c",
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from homeground.timetable.calendar_file.child import main; main()",
    str(_ROOT),
)
# What the child writes once it stands: without it the installation is at fault, not the file.
_READY = b"ready\n"
# A public page uses this: a crowd of uploads may not take the machine from the clinic.
_AT_ONCE = 2
_PATIENCE_SECONDS = 2.0
_MEMORY_BYTES = 512 * 1024 * 1024
_places = threading.BoundedSemaphore(_AT_ONCE)

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def read_busy(
    content: bytes,
    *,
    starts_on: date,
    ends_on: date,
    zone: str,
    all_day: bool = False,
    timeout_seconds: float = 5.0,
) -> Reading:
    """Read the busy occurrences of a calendar file that touch the days `[starts_on, ends_on)` in `zone`.

    Days and floating times are taken in `zone` (an IANA name); an occurrence that only partly lies in the
    days is given whole. `ends_on` is exclusive. All-day events count only with `all_day`. The child is
    killed after `timeout_seconds` of wall-clock time; two children run at once in a process, a third request
    waits for at most two seconds.

    Raises `CalendarRefused` for a file that is hostile or cannot be read, `ValueError` for a zone nobody
    knows or days out of order. Source of the rules: interop handbook 4.2, RFC 5545; see ADR 0005.
    """
    known = _known_zone(zone)
    if not (starts_on < ends_on and starts_on.year >= _FIRST_YEAR and ends_on.year <= _LAST_YEAR):
        raise ValueError("the days asked for are out of order or out of range")
    question = {
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "zone": zone,
        "all_day": all_day,
        # A child whose parent was killed meets this limit instead.
        "cpu_seconds": math.ceil(timeout_seconds) + 1,
        "memory_bytes": _MEMORY_BYTES,
    }
    answer = _ask(json.dumps(question) + "\n" + screen(content), timeout_seconds)
    if "refused" in answer:
        raise CalendarRefused(Refusal(answer["refused"]))
    return Reading(
        busy=tuple(
            Busy(_local(start, known), _local(end, known), soft) for start, end, soft in answer["spans"]
        ),
        skipped=tuple(Skipped(SkipReason(reason)) for reason in answer["skipped"]),
        zone_assumed=answer["zone_assumed"],
    )


def _ask(message: str, timeout_seconds: float) -> dict[str, Any]:
    if not _places.acquire(timeout=_PATIENCE_SECONDS):
        raise CalendarRefused(Refusal.BUSY_NOW)
    try:
        ended = subprocess.run(
            _CHILD,
            input=message.encode("utf-8", "surrogatepass"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=_ROOT.anchor,
            timeout=timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        # From None: the exception holds what the child had written.
        raise CalendarRefused(Refusal.TOO_SLOW) from None
    finally:
        _places.release()
    if not ended.stdout.startswith(_READY):
        raise RuntimeError("the program that reads calendar files does not start")
    if ended.returncode != 0:
        raise CalendarRefused(Refusal.UNREADABLE)
    answer: dict[str, Any] = json.loads(ended.stdout.removeprefix(_READY))
    return answer


def _known_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        raise ValueError("no such time zone") from None


def _local(seconds: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone)
