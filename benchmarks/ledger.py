"""What was measured, as JSON lines: a long bench that was stopped goes on where it was."""

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


class NotMeasured(Exception):
    """The time for measuring is over, and this is not known from before."""


class Ledger:
    """Measurements by key. The load of the machine stands beside each.

    `minutes`: of wall time, after which nothing new is begun; 0 only tells what is known.
    """

    def __init__(self, path: Path, *, fresh: bool = False, minutes: float | None = None) -> None:
        self.path = path
        self.end = None if minutes is None else time.monotonic() + 60 * minutes
        self.known: dict[str, dict[str, Any]] = {}
        if fresh:
            path.unlink(missing_ok=True)
        elif path.exists():
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.known[json.dumps(entry["key"])] = entry["row"]

    def knows(self, key: Sequence[str | int | float]) -> bool:
        """Whether it was measured."""
        return json.dumps(list(key)) in self.known

    def of(self, key: Sequence[str | int | float], measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What was measured under this key, now or before. NotMeasured: neither."""
        name = json.dumps(list(key))
        if name not in self.known:
            if self.end is not None and time.monotonic() >= self.end:
                raise NotMeasured
            self.known[name] = measure()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            entry = {"key": list(key), "load": round(os.getloadavg()[0], 1), "row": self.known[name]}
            with self.path.open("a") as file:
                file.write(json.dumps(entry) + "\n")
        return self.known[name]
