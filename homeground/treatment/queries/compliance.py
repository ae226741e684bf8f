"""What a reviewer of notes would stop at: likeness, late entries, unsigned work, no objective named."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from homeground.ground.envelope import keys_of
from homeground.ground.sealed_text import opened
from homeground.treatment.models import Note
from homeground.treatment.queries.limits import note_limits
from homeground.treatment.queries.notes import SessionToSign, sessions_to_sign
from homeground.treatment.queries.person_notes import DraftOwed, drafts_owed
from homeground.treatment.rules.outlines import SERVES_AN_OBJECTIVE
from homeground.treatment.rules.signing import NoteKind

SHOWN = 50


class Finding(StrEnum):
    """Why a signed note is on the list."""

    ALIKE = "alike"
    NO_OBJECTIVE = "no_objective"
    LATE = "late"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Listed:
    """A signed note on the list. `percent` and `like_id` for a likeness, `why` for a waived question."""

    note_id: UUID
    patient_id: UUID
    patient: str = field(repr=False)
    author: str = field(repr=False)
    kind: NoteKind
    starts_at: datetime
    ends_at: datetime
    signed_at: datetime
    percent: int
    like_id: UUID | None
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """Signed notes of one finding, the latest first; `total` counts also those not shown."""

    finding: Finding
    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Compliance:
    """The whole list since a moment. `signed` counts the notes signed in that time."""

    since: datetime
    signed: int
    found: tuple[Found, ...]
    sessions: tuple[SessionToSign, ...]
    drafts: tuple[DraftOwed, ...]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.sessions and not self.drafts and not any(each.total for each in self.found)


def compliance(at: datetime, *, days: int = 30) -> Compliance:
    """What to look at in notes signed in these days, and unsigned work past its time.

    At most 22 statements, whatever the number of notes.
    """
    since = at - timedelta(days=days)
    limit = note_limits("us-default", at.date()).thresholds.listed
    signed = Note.objects.filter(signed_at__gte=since, signed_at__lte=at)
    linked = sorted(kind.value for kind in SERVES_AN_OBJECTIVE)
    asked: dict[Finding, Q] = {
        Finding.ALIKE: Q(likeness__gte=limit),
        Finding.NO_OBJECTIVE: Q(objectives=[], kind__in=linked),
        Finding.LATE: Q(late=True),
        Finding.WAIVED: ~Q(waived=b""),
    }
    return Compliance(
        since,
        signed.count(),
        tuple(_found(finding, signed.filter(which)) for finding, which in asked.items()),
        tuple(each for each in sessions_to_sign(at) if each.escalated),
        tuple(each for each in drafts_owed(at) if each.escalated),
    )


def _found(finding: Finding, rows: QuerySet[Note]) -> Found:
    values = list(_values(rows)[:SHOWN])
    keys_of({row["patient_id"] for row in values if row["waived"]})
    shown = tuple(_listed(row) for row in values)
    total = len(shown) if len(shown) < SHOWN else rows.count()
    return Found(finding, shown, total)


def _values(rows: QuerySet[Note]) -> Any:
    return rows.order_by("-signed_at", "-id").values(
        "id",
        "patient_id",
        "kind",
        "starts_at",
        "ends_at",
        "signed_at",
        "likeness",
        "like_id",
        "waived",
        given=F("patient__person__given_name"),
        family=F("patient__person__family_name"),
        called=F("patient__person__called"),
        author_given=F("author__given_name"),
        author_family=F("author__family_name"),
    )


def _listed(row: dict[str, Any]) -> Listed:
    return Listed(
        note_id=row["id"],
        patient_id=row["patient_id"],
        patient=f"{row['called'] or row['given']} {row['family']}".strip(),
        author=f"{row['author_given']} {row['author_family']}".strip(),
        kind=NoteKind(row["kind"]),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        signed_at=row["signed_at"],
        percent=row["likeness"] or 0,
        like_id=row["like_id"],
        why=opened(Note, "waived", row["waived"], row=row["id"]),
    )
