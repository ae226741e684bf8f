"""Public course timetabling files through the neutral program: ITC-2007 track 3 (.ctt), ITC-2019 (.xml)."""

from pathlib import Path
from typing import Any

from homeground.timetable.solver.program import Limits
from homeground.timetable.solver.reader import BadInstance


def solve_file(file: Path, limits: Limits, out: Path | None) -> dict[str, Any]:
    """Solve one file; cost, bound, gap, trace. BadInstance for a file of another kind."""
    raise BadInstance("file", f"{file.suffix or 'no suffix'} is neither .ctt nor .xml")
