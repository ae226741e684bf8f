"""A demo house for one measurement, in a folder of its own that is removed afterwards."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from journeys.house import ROOM_FOR_HOMES, RunningHouse, free_port  # noqa: E402

__all__ = ["CHECKOUT", "RunningHouse", "free_port", "fresh_home"]


@contextmanager
def fresh_home() -> Iterator[RunningHouse]:
    """A house that was never started."""
    folder = ROOM_FOR_HOMES / os.urandom(4).hex()
    folder.mkdir(parents=True)
    for parent in (folder, ROOM_FOR_HOMES):
        parent.chmod(0o711)
    house = RunningHouse(folder / "demo")
    try:
        yield house
    finally:
        house.stop()
        house.remove()
        shutil.rmtree(folder, ignore_errors=True)
