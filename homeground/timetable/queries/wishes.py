from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeground.timetable.models import Wish


@dataclass(frozen=True, slots=True)
class WaitingWish:
    """A patient's wish nobody has taken care of yet."""

    id: UUID
    patient_id: UUID
    name: str
    kind: str
    words: str
    made_at: datetime


def waiting_wishes(patient_id: UUID | None = None, limit: int = 50) -> tuple[WaitingWish, ...]:
    """Wishes that wait for an answer, oldest first; of one patient or of all. One statement."""
    rows = Wish.objects.filter(answered_at=None).order_by("made_at")
    if patient_id is not None:
        rows = rows.filter(patient_id=patient_id)
    return tuple(
        WaitingWish(
            id=row["id"],
            patient_id=row["patient_id"],
            name=f"{row['patient__person__called'] or row['patient__person__given_name']}"
            f" {row['patient__person__family_name']}".strip(),
            kind=row["kind"],
            words=row["words"],
            made_at=row["made_at"],
        )
        for row in rows.values(
            "id",
            "patient_id",
            "kind",
            "words",
            "made_at",
            "patient__person__called",
            "patient__person__given_name",
            "patient__person__family_name",
        )[:limit]
    )
