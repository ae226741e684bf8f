"""What happened and must be heard of above: written in the action's transaction, handed on by the worker."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeground.ground.actor import Actor
from homeground.ground.models import Outbox


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: `event` as in the audit trail, and the id of what it happened to."""

    id: UUID
    organization_id: UUID
    event: str
    subject_id: UUID


def tell(*, event: str, subject_id: UUID, by: Actor, at: datetime) -> None:
    """Leave word of what happened, in the transaction of the action it happened in. Ids only."""
    Outbox(organization_id=by.organization_id, event=event, subject_id=subject_id, created_at=at).save(
        force_insert=True
    )


def untold(limit: int = 100) -> tuple[UUID, ...]:
    """What nobody has heard of yet, the oldest first. One statement."""
    rows = Outbox.objects.filter(handled_at=None).order_by("created_at", "id")
    return tuple(rows.values_list("pk", flat=True)[:limit])


def take(told_id: UUID) -> Told | None:
    """One of these, locked until the transaction ends; None when it was heard of before. One statement."""
    row = Outbox.objects.select_for_update().filter(pk=told_id, handled_at=None).first()
    return Told(row.pk, row.organization_id, row.event, row.subject_id) if row else None


def settle(told: Told, *, at: datetime) -> None:
    """Everybody has heard of it."""
    Outbox.objects.filter(pk=told.id).update(handled_at=at)
