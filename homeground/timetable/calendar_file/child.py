"""The child process: reads the question and the screened text from standard input, answers as JSON, ends.

It never opens a file for writing, leaves no core dump and has no error stream: whatever a library quotes
from the calendar when it fails stays here.
"""

import json
import resource
import sys
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

# Imported before the limits: the libraries' code may be compiled to disk, the calendar may not.
from homeground.timetable.calendar_file.expand import Window, expand
from homeground.timetable.calendar_file.reading import CalendarRefused, Refusal


def main() -> None:
    """Answer one question. Standard input: a line of JSON (the window and the limits), then the text."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    question, _, text = sys.stdin.buffer.read().decode().partition("\n")
    asked = json.loads(question)
    _limit(cpu_seconds=asked["cpu_seconds"], memory_bytes=asked["memory_bytes"])
    window = Window(
        starts_on=date.fromisoformat(asked["starts_on"]),
        ends_on=date.fromisoformat(asked["ends_on"]),
        zone=ZoneInfo(asked["zone"]),
        all_day=asked["all_day"],
    )
    try:
        answer = _answer(text, window)
    except MemoryError:
        answer = {"refused": Refusal.TOO_MUCH_MEMORY}
    json.dump(answer, sys.stdout)


def _answer(text: str, window: Window) -> dict[str, Any]:
    try:
        found = expand(text, window)
    except CalendarRefused as refused:
        return {"refused": refused.reason_code}
    return {"spans": found.spans, "skipped": found.skipped, "zone_assumed": found.zone_assumed}


def _limit(*, cpu_seconds: int, memory_bytes: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
