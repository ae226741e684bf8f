"""Records that others sent about a person: what they are, and whether they came under a notice."""

import json
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from homeground.ground import envelope
from homeground.ground.seal import Key
from homeground.interop.models import ReceivedRecord

TABLE = ReceivedRecord._meta.db_table


class ReceivedNotHere(Exception):
    """No such received record in the organization in scope."""


@dataclass(frozen=True, slots=True)
class Received:
    """One record that somebody sent, without its content. `notice` is the sender's, word for word."""

    id: UUID
    received_on: date
    came_by: str
    under_notice: bool
    media: str
    sender: str = field(repr=False)
    what: str = field(repr=False)
    notice: str = field(repr=False)


def received_of(person_id: UUID) -> tuple[Received, ...]:
    """Everything others sent about a person, the newest first. Two statements, one when there is nothing.

    Empty when the person's key was destroyed.
    """
    rows = list(
        ReceivedRecord.objects.filter(person_id=person_id)
        .defer("sealed_content")
        .order_by("-received_on", "-id")
    )
    key = envelope.keys_of([person_id]).get(person_id) if rows else None
    return tuple(one_received(row, key) for row in rows) if key else ()


def received_under_notice(patient_id: UUID) -> bool:
    """Whether anything another program sent about this patient came with its notice. One statement."""
    rows = ReceivedRecord.objects.filter(person__patient=patient_id, under_notice=True)
    return rows.exists()


def one_received(row: ReceivedRecord, key: Key) -> Received:
    """A row, opened as far as a list shows it."""
    about = json.loads(key.unseal(row.sealed_about, table=TABLE, row=row.pk, column="sealed_about"))
    return Received(
        id=row.pk,
        received_on=row.received_on,
        came_by=row.came_by,
        under_notice=row.under_notice,
        media=row.media,
        sender=about["sender"],
        what=about["what"],
        notice=about["notice"],
    )
