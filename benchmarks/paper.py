"""How the bench prints, and how it knows a clinic again."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256

from homeground.timetable.solver.model import Instance


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
