"""One solver process for all tests of a run: starting one costs about a second."""

from collections.abc import Iterator

import pytest

from homeground.timetable.highs import Session
from homeground.timetable.solver.program import Solve


@pytest.fixture(scope="session")
def solve() -> Iterator[Solve]:
    with Session() as session:
        yield session
