"""Row-level security: the scope in which the database answers.

Every policy compares `organization_id` with `app.organization`, a setting that lives only inside one
transaction. A connection without a scope sees no organization's rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction


class Channel(StrEnum):
    """From where the database is asked: `public` may read the timetable but no chart."""

    INSIDE = "inside"
    PUBLIC = "public"


_SET = (
    "select set_config('app.organization', %s, true), set_config('app.account', %s, true),"
    " set_config('app.channel', %s, true)"
)


_memory: ContextVar[dict[Any, Any] | None] = ContextVar("scope_memory", default=None)


def memory() -> dict[Any, Any]:
    """What was looked up in this scope and need not be again; gone when the scope ends or changes.

    Outside a scope nothing is kept: every call gives a new, empty one.
    """
    kept = _memory.get()
    return {} if kept is None else kept


def _text(value: UUID | None) -> str:
    return "" if value is None else str(value)


@contextmanager
def entered(
    *, organization_id: UUID | None, account_id: UUID | None = None, channel: Channel = Channel.INSIDE
) -> Iterator[None]:
    """Open a transaction in which only this organization's rows exist.

    Settings are local to the transaction, so a pooled connection never carries them to the next
    request. Where an outer transaction stays open (tests, nested scopes) the former scope is put back.
    """
    nested = connection.in_atomic_block
    role = settings.HG_SCOPED_ROLE
    with _remembering(), transaction.atomic(), connection.cursor() as cursor:
        before: tuple[str, ...] = ()
        if nested:
            cursor.execute(
                "select coalesce(current_setting('app.organization', true), ''),"
                " coalesce(current_setting('app.account', true), ''),"
                " coalesce(current_setting('app.channel', true), ''), current_setting('role')"
            )
            before = cursor.fetchone()
        step_down = ", set_config('role', %s, true)" if role else ""
        values = [_text(organization_id), _text(account_id), channel, *([role] if role else [])]
        cursor.execute(_SET + step_down, values)
        yield
        if nested:
            cursor.execute("select set_config('role', %s, true)", [before[3]])
            cursor.execute(_SET, before[:3])


@contextmanager
def _remembering() -> Iterator[None]:
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def narrow(*, organization_id: UUID | None, account_id: UUID | None, channel: Channel) -> None:
    """Change the scope of the transaction that is open, for instance once the organization is known."""
    memory().clear()
    with connection.cursor() as cursor:
        cursor.execute(_SET, [_text(organization_id), _text(account_id), channel])
