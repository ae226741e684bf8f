"""What people told us they worry about, for the clinicians who look into it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeground.front_door.models import Worry
from homeground.ground import envelope

PAGE_SIZE = 50


class WorryNotHere(Exception):
    """No such worry in the organization in scope, or it was closed before."""


@dataclass(frozen=True, slots=True)
class WorryRow:
    """One worry without its words."""

    id: UUID
    received_at: datetime
    due_at: datetime
    language: str
    owner: str = field(repr=False)
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorryPage:
    """One worry with its words."""

    row: WorryRow
    words: str = field(repr=False)


def worries() -> tuple[WorryRow, ...]:
    """What nobody has closed yet, the one due first on top; at most PAGE_SIZE. One statement."""
    return tuple(_row(row) for row in _rows().filter(closed_at=None).order_by("due_at", "id")[:PAGE_SIZE])


def opened(worry_id: UUID) -> WorryPage:
    """One worry, unsealed. Whoever calls this records that it was read. Raises WorryNotHere."""
    row = _rows().filter(pk=worry_id).first()
    if row is None:
        raise WorryNotHere
    key = envelope.key_of(row.pk)
    words = key.unseal(row.sealed_words, table=Worry._meta.db_table, row=row.pk, column="sealed_words")
    return WorryPage(_row(row), words)


def _rows() -> QuerySet[Worry, Any]:
    return Worry.objects.select_related("owner")


def _row(row: Worry) -> WorryRow:
    owner = f"{row.owner.given_name} {row.owner.family_name}".strip() if row.owner else ""
    return WorryRow(row.pk, row.received_at, row.due_at, row.language, owner, row.closed_at)
