"""What was measured, as JSON lines: a long bench that was stopped goes on where it was."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


class Ledger:
    """Measurements by key. The load of the machine stands beside each."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self.path = path
        self.known: dict[str, dict[str, Any]] = {}
        if fresh:
            path.unlink(missing_ok=True)
        elif path.exists():
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.known[json.dumps(entry["key"])] = entry["row"]

    def of(self, key: Sequence[str | int | float], measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What was measured under this key, now or before."""
        name = json.dumps(list(key))
        if name not in self.known:
            self.known[name] = measure()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            entry = {"key": list(key), "load": round(os.getloadavg()[0], 1), "row": self.known[name]}
            with self.path.open("a") as file:
                file.write(json.dumps(entry) + "\n")
        return self.known[name]
