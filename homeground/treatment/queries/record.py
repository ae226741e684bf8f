"""What a packet of the record takes from sessions held: days attended, and notes that were signed.

Counseling and psychotherapy notes are another table, sealed for their author; no query here reads it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.treatment.models import Addendum, Attendance, Note
from homeground.treatment.rules.vocabulary import AWAY


def attended(patient_id: UUID) -> tuple[tuple[datetime, int], ...]:
    """When a session began and the minutes that counted, of every session attended, the oldest first.

    Also of stays that have ended. Neither absences nor what is planned (check D25). One statement.
    """
    rows = Attendance.objects.filter(patient_id=patient_id, minutes__gt=0).exclude(state__in=sorted(AWAY))
    return tuple(rows.order_by("session__starts_at").values_list("session__starts_at", "minutes"))


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A signed note of the ordinary record, its addenda joined to the text in order."""

    starts_at: datetime
    kind: str
    text: str = field(repr=False)
    signed_by: str = field(repr=False)


def signed_notes(patient_id: UUID) -> tuple[SignedNote, ...]:
    """A patient's signed notes with their addenda, the oldest first. Three statements."""
    rows = (
        Note.objects.filter(patient_id=patient_id, signed_at__isnull=False)
        .prefetch_related("addenda", "signatures")
        .order_by("starts_at", "id")
    )
    return tuple(
        SignedNote(
            starts_at=row.starts_at,
            kind=row.kind,
            text="\n".join(
                text for text in (row.shared, row.text, *(each.text for each in _in_order(row))) if text
            ),
            signed_by=", ".join(f"{each.name}, {each.credential}" for each in row.signatures.all()),
        )
        for row in rows
    )


def _in_order(note: Note) -> list[Addendum]:
    return sorted(note.addenda.all(), key=lambda each: each.number)
