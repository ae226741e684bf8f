from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeground.ground.envelope import keys_of
from homeground.ground.sealed_text import opened
from homeground.ground.statement import Statement
from homeground.timetable.models import Wish

SHOWN = 50


@dataclass(frozen=True, slots=True)
class WaitingWish:
    """A patient's wish nobody has taken care of yet."""

    id: UUID
    patient_id: UUID
    name: str
    kind: str
    words: str
    made_at: datetime


def waiting_wishes(patient_id: UUID | None = None) -> tuple[WaitingWish, ...]:
    """The first wishes that wait for an answer, oldest first; of one patient or of all. Two statements."""
    rows = _WAITING.rows() if patient_id is None else _WAITING_OF.rows(patient_id=patient_id)
    keys_of({row["patient_id"] for row in rows if row["words"]})
    return tuple(
        WaitingWish(
            id=row["id"],
            patient_id=row["patient_id"],
            name=f"{row['patient__person__called'] or row['patient__person__given_name']}"
            f" {row['patient__person__family_name']}".strip(),
            kind=row["kind"],
            words=opened(Wish, "words", row["words"], row=row["id"]),
            made_at=row["made_at"],
        )
        for row in rows
    )


def _waiting() -> QuerySet[Wish, Any]:
    rows = Wish.objects.filter(answered_at=None).order_by("made_at")
    return rows.values(
        "id",
        "patient_id",
        "kind",
        "words",
        "made_at",
        "patient__person__called",
        "patient__person__given_name",
        "patient__person__family_name",
    )


_WAITING = Statement(lambda: _waiting()[:SHOWN])
_WAITING_OF = Statement(lambda patient_id: _waiting().filter(patient_id=patient_id)[:SHOWN])
