"""The one place that reads the clock. Views, commands and the worker ask here and pass `at` on."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
