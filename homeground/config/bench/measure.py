"""Measuring: CPU time of this process and of its PostgreSQL backend, page and floor in turns."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext

ROUNDS = 20
WARM = 4
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")

type Ask = Callable[[], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs. CPU times in milliseconds, application and PostgreSQL together."""

    page: str
    sql: int
    cpu_ms: float
    floor_cpu_ms: float

    @property
    def ratio(self) -> float:
        """How many floor pages the page costs."""
        return round(self.cpu_ms / self.floor_cpu_ms, 2)


class PageFailed(Exception):
    """A page of the bench did not answer as it should; its figure would mean nothing."""


def cost(page: str, ask: Ask, floor: Ask) -> Cost:
    """Median CPU time of a page and of the floor, measured alternately. Raises PageFailed.

    The garbage collector rests meanwhile: when it runs is chance, and a run of it costs as much as a page.
    """
    connection.settings_dict["CONN_MAX_AGE"] = None  # as the pool of the web does: connecting is not measured
    backend = _backend()
    for _ in range(WARM):
        _ready(ask)
        _answered(page, ask)
        _answered("floor", floor)
    sql = _statements(page, ask)
    times: tuple[list[float], list[float]] = ([], [])
    with _uncollected():
        for _ in range(ROUNDS):
            times[0].append(_spent(page, ask, backend))
            times[1].append(_spent("floor", floor, backend))
    mine, floors = (round(statistics.median(values), 3) for values in times)
    return Cost(page=page, sql=sql, cpu_ms=mine, floor_cpu_ms=floors)


def _statements(page: str, ask: Ask) -> int:
    """How many statements one request runs, those that only frame transactions left out."""
    _ready(ask)
    with CaptureQueriesContext(connection) as captured:
        _answered(page, ask)
    # Counted at once: the next request empties the connection's log.
    return sum(not each["sql"].startswith(FRAME) for each in captured.captured_queries)


@contextmanager
def _uncollected() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _answered(page: str, ask: Ask) -> None:
    status = ask().status_code
    if status not in (200, 302, 303):
        raise PageFailed(f"{page} answered {status}")


def _backend() -> Path:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def _backend_ms(backend: Path) -> float:
    return int(backend.read_text().split()[0]) / 1e6


def _ready(ask: Ask) -> None:
    """A write reads its page first; that is not measured."""
    before = getattr(ask, "before", None)
    if before is not None:
        before()


def _spent(page: str, ask: Ask, backend: Path) -> float:
    _ready(ask)
    own, other = time.process_time(), _backend_ms(backend)
    _answered(page, ask)
    return (time.process_time() - own) * 1000 + _backend_ms(backend) - other
