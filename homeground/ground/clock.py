"""The one place that reads the clock. Views, commands and the worker ask here and pass `at` on.

A demo may be told another moment (HG_CLOCK), so that what depends on the weekday and the hour can be
shown and tried at any time. Sessions, second factors and cookies ask `real`.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache


class ClockSetWrong(ValueError):
    """HG_CLOCK must be a moment with its zone, like 2026-11-18T17:00:00Z, and only a demo may have one."""


def ahead(environ: Mapping[str, str], real: datetime) -> timedelta:
    """How far the clock that HG_CLOCK asks for goes ahead of the `real` one; nothing when it is not set.

    "MOMENT" is now, "MOMENT@SECONDS" was that many seconds after 1970 and has gone on since: so do several
    processes share one clock. Raises ClockSetWrong for anything else, and outside the demo.
    """
    told = environ.get("HG_CLOCK", "")
    if not told:
        return timedelta()
    if environ.get("HG_DEMO", "1") == "0":
        raise ClockSetWrong(ClockSetWrong.__doc__)
    moment, _, since = told.partition("@")
    try:
        began = datetime.fromtimestamp(float(since), UTC) if since else real
        return datetime.fromisoformat(moment) - began
    except (ValueError, TypeError, OverflowError, OSError):
        raise ClockSetWrong(ClockSetWrong.__doc__) from None


def shared(environ: Mapping[str, str]) -> dict[str, str]:
    """The HG_CLOCK to hand to child processes so that they all go by one clock; empty when it is not set."""
    told = environ.get("HG_CLOCK", "")
    if not told:
        return {}
    at = real()
    ahead(environ, at)
    return {"HG_CLOCK": told if "@" in told else f"{told}@{at.timestamp():.3f}"}


def real() -> datetime:
    """The machine's own time, aware, in UTC."""
    return datetime.now(UTC)


_STARTED = real()


@cache
def _ahead() -> timedelta:
    return ahead(os.environ, _STARTED)


def now() -> datetime:
    """The present moment where the clinic works, aware, in UTC; in a demo as HG_CLOCK says."""
    return real() + _ahead()
