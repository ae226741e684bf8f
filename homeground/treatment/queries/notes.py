"""Notes apart from their session's page: one note, a person's notes, what waits for a signature."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from homeground.ground.statement import Statement, one_of
from homeground.program import queries as program
from homeground.timetable.queries.expected import group_names
from homeground.treatment.models import CoSignature, Note, Session
from homeground.treatment.queries.ageing import Answers, ages, who_answers
from homeground.treatment.queries.cards import NoteNow, notes_now
from homeground.treatment.rules.signing import NoteKind
from homeground.treatment.rules.vocabulary import AWAY

BACK = timedelta(days=28)


class NoteNotHere(Exception):
    """No such note in the organization in scope."""


def note_now(note_id: UUID) -> NoteNow:
    """One note with its signatures and addenda. Raises NoteNotHere. One statement."""
    found = notes_now(Note.objects.filter(pk=note_id).select_related("patient__person", "session"))
    if not found:
        raise NoteNotHere
    return found[0]


def locked_note(note_id: UUID) -> NoteNow:
    """One note with everything under it, its row locked. Raises NoteNotHere. Two statements."""
    if not Note.objects.select_for_update().filter(pk=note_id).values_list("pk").first():
        raise NoteNotHere
    return note_now(note_id)


def notes_of(patient_id: UUID, *, limit: int = 50) -> list[NoteNow]:
    """A person's signed notes, the latest first. One statement."""
    rows = Note.objects.filter(patient_id=patient_id, signed_at__isnull=False)
    return notes_now(rows.order_by("-starts_at", "-id")[:limit])


@dataclass(frozen=True, slots=True)
class SessionToSign:
    """A session held whose notes are not all signed: `missing` of `people`. `age` counts from its end.

    `due_at` is the last moment a signature is in time. `escalated` says that it has passed, and then the
    work is also with `answers`; `blocks` that it holds back a claim. `own` is true for who writes the notes.
    """

    appointment_id: UUID
    group: str
    starts_at: datetime
    ends_at: datetime
    people: int
    missing: int
    age: timedelta
    due_at: datetime
    escalated: bool
    blocks: bool
    answers: Answers
    own: bool = True


def sessions_to_sign(at: datetime, staff_person_id: UUID | None = None) -> tuple[SessionToSign, ...]:
    """Sessions of the last four weeks with notes missing, the oldest first.

    Of one member, if given: what they lead or took over, and what others let pass and they answer for. Five
    statements at most, eight where a rule pack counts working days.
    """
    if staff_person_id is None:
        rows = _TO_SIGN.rows(since=at - BACK, until=at)
    else:
        rows = _TO_SIGN_OF.rows(since=at - BACK, until=at, person_id=staff_person_id)
    if not rows:
        return ()
    leads = dict(_LEADERS.rows(session_ids=[row["id"] for row in rows]))
    answers = who_answers(set(leads.values()), at.date())
    found = []
    for row, age in zip(
        rows, ages([(row["pack"], row["ends_at"], row["zone"]) for row in rows]), strict=True
    ):
        who = answers.get(leads[row["id"]], NOBODY) if row["id"] in leads else NOBODY
        if row["own"] or (age.overdue(at) and who.person_id == staff_person_id):
            found.append((row, age, who))
    groups = group_names({row["appointment_id"] for row, _age, _who in found}) if found else {}
    return tuple(
        SessionToSign(
            appointment_id=row["appointment_id"],
            group=groups.get(row["appointment_id"], ""),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            people=row["people"],
            missing=row["missing"],
            age=at - row["ends_at"],
            due_at=age.due_at,
            escalated=age.overdue(at),
            blocks=age.blocks(at),
            answers=who,
            own=row["own"],
        )
        for row, age, who in found
    )


NOBODY = Answers(None, "")


_LEADERS = Statement(
    # One leader of each session.
    lambda session_ids: Session.objects.filter(
        one_of("id", session_ids),
        appointment__bookings__staff__isnull=False,
        appointment__bookings__released_at=None,
    ).values_list("pk", "appointment__bookings__staff_id")
)


def _writes(person_id: Any) -> QuerySet[Session]:
    """Whether this person led the session or took it over."""
    led = Q(appointment__bookings__staff=person_id, appointment__bookings__released_at=None)
    return Session.objects.filter(Q(pk=OuterRef("pk")) & (led | Q(appointment__takeovers__person=person_id)))


def _to_sign(since: Any, until: Any, own: Any) -> QuerySet[Any, Any]:
    """Sessions that ended in a span and lack notes of people who were there."""
    there = Q(attendances__isnull=False) & ~Q(attendances__state__in=sorted(AWAY))
    signed = Note.objects.filter(
        session=OuterRef("pk"), patient=OuterRef("attendances__patient"), signed_at__isnull=False
    )
    return (
        Session.objects.filter(ends_at__gt=since, ends_at__lte=until)
        .annotate(
            people=Count("attendances", filter=there),
            missing=Count("attendances", filter=there & ~Q(Exists(signed))),
            pack=Coalesce(
                "appointment__slot__group__program__rule_pack",
                "appointment__counselor_seat__episode__program__rule_pack",
            ),
            zone=program.zone_of_row(),
            own=own,
        )
        .filter(missing__gt=0)
        .order_by("ends_at", "id")
        .values("id", "appointment_id", "starts_at", "ends_at", "people", "missing", "pack", "zone", "own")
    )


_TO_SIGN = Statement(lambda since, until: _to_sign(since, until, Value(True)))
_TO_SIGN_OF = Statement(lambda since, until, person_id: _to_sign(since, until, Exists(_writes(person_id))))


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
    """Notes that wait for a co-signature, the oldest first; what waits for its author is left out.

    One statement.
    """
    return _read(_TO_COSIGN.rows()[:limit])


def returned_to(person_id: UUID, *, limit: int = 100) -> tuple[ToCosign, ...]:
    """Notes of one author that a supervisor sent back and nobody answered. One statement."""
    asked = Q(last_asked__isnull=False) & (Q(last_added=None) | Q(last_added__lte=F("last_asked")))
    return _read(_waiting(asked & Q(author=person_id))[:limit])


def _waiting(which: Q) -> QuerySet[Any, Any]:
    return (
        Note.objects.filter(cosign_owed=True, signed_at__isnull=False)
        .filter(~Exists(CoSignature.objects.filter(note=OuterRef("pk"))))
        .annotate(last_asked=Max("sent_back__sent_at"), last_added=Max("addenda__written_at"))
        .filter(which)
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
        )
    )


_TO_COSIGN = Statement(lambda: _waiting(Q(last_asked=None) | Q(last_added__gt=F("last_asked"))))


def _read(rows: Iterable[dict[str, Any]]) -> tuple[ToCosign, ...]:
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
