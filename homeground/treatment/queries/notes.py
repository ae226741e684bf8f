"""Notes apart from their session's page: one note, a person's notes, what waits for a signature."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from homeground.timetable.queries.expected import group_names
from homeground.treatment.models import CoSignature, Note, Session
from homeground.treatment.queries.cards import NoteNow, notes_now
from homeground.treatment.rules.signing import NoteKind
from homeground.treatment.rules.vocabulary import AWAY

BACK = timedelta(days=28)
ESCALATES = timedelta(hours=24)
BLOCKS = timedelta(hours=72)


class NoteNotHere(Exception):
    """No such note in the organization in scope."""


def note_now(note_id: UUID) -> NoteNow:
    """One note with its signatures and addenda. Raises NoteNotHere. One statement."""
    found = notes_now(Note.objects.filter(pk=note_id).select_related("patient__person", "session"))
    if not found:
        raise NoteNotHere
    return found[0]


def notes_of(patient_id: UUID, *, limit: int = 50) -> list[NoteNow]:
    """A person's signed notes, the latest first. One statement."""
    rows = Note.objects.filter(patient_id=patient_id, signed_at__isnull=False)
    return notes_now(rows.order_by("-starts_at", "-id")[:limit])


@dataclass(frozen=True, slots=True)
class SessionToSign:
    """A session held whose notes are not all signed: `missing` of `people`. `age` counts from its end."""

    appointment_id: UUID
    group: str
    starts_at: datetime
    ends_at: datetime
    people: int
    missing: int
    age: timedelta

    @property
    def escalated(self) -> bool:
        """Past the target of the rule pack's default: the director sees it too."""
        return self.age > ESCALATES

    @property
    def blocks(self) -> bool:
        """So old that it holds back a claim."""
        return self.age > BLOCKS


def sessions_to_sign(at: datetime, staff_person_id: UUID | None = None) -> tuple[SessionToSign, ...]:
    """Sessions of the last four weeks with notes missing, the oldest first; of one leader if given.

    Two statements.
    """
    there = Q(attendances__isnull=False) & ~Q(attendances__state__in=sorted(AWAY))
    signed = Note.objects.filter(
        session=OuterRef("pk"), patient=OuterRef("attendances__patient"), signed_at__isnull=False
    )
    rows = Session.objects.filter(ends_at__gt=at - BACK, ends_at__lte=at)
    if staff_person_id is not None:
        rows = rows.filter(Exists(_writes(staff_person_id)))
    found = list(
        rows.annotate(
            people=Count("attendances", filter=there),
            missing=Count("attendances", filter=there & ~Q(Exists(signed))),
        )
        .filter(missing__gt=0)
        .order_by("ends_at", "id")
    )
    groups = group_names({row.appointment_id for row in found}) if found else {}
    return tuple(
        SessionToSign(
            row.appointment_id,
            groups.get(row.appointment_id, ""),
            row.starts_at,
            row.ends_at,
            row.people,
            row.missing,
            at - row.ends_at,
        )
        for row in found
    )


def _writes(person_id: UUID) -> QuerySet[Session]:
    """Whether this person led the session or took it over."""
    led = Q(appointment__bookings__staff=person_id, appointment__bookings__released_at=None)
    return Session.objects.filter(Q(pk=OuterRef("pk")) & (led | Q(appointment__takeovers__person=person_id)))


@dataclass(frozen=True, slots=True)
class ToCosign:
    """A signed note that waits for a supervisor."""

    note_id: UUID
    kind: NoteKind
    patient: str = field(repr=False)
    signer: str = field(repr=False)
    starts_at: datetime
    signed_at: datetime


def to_cosign(*, limit: int = 100) -> tuple[ToCosign, ...]:
    """Notes that wait for a co-signature, the oldest first. One statement."""
    rows = (
        Note.objects.filter(cosign_owed=True, signed_at__isnull=False)
        .filter(~Exists(CoSignature.objects.filter(note=OuterRef("pk"))))
        .order_by("signed_at", "id")
        .values(
            "id",
            "kind",
            "starts_at",
            "signed_at",
            given=F("patient__person__given_name"),
            family=F("patient__person__family_name"),
            called=F("patient__person__called"),
            signer_given=F("author__given_name"),
            signer_family=F("author__family_name"),
        )[:limit]
    )
    return tuple(
        ToCosign(
            row["id"],
            NoteKind(row["kind"]),
            f"{row['called'] or row['given']} {row['family']}".strip(),
            f"{row['signer_given']} {row['signer_family']}".strip(),
            row["starts_at"],
            signed_at,
        )
        for row in rows
        if (signed_at := row["signed_at"]) is not None
    )
