"""The notes about one person, and drafts of no group session that wait for their authors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from homeground.chart import queries as chart
from homeground.ground.actor import Actor
from homeground.program import queries as program
from homeground.treatment.models import Note
from homeground.treatment.queries.ageing import Answers, ages, who_answers
from homeground.treatment.queries.cards import NoteNow, notes_now
from homeground.treatment.queries.single import DEFAULT_PACK, may_write_about
from homeground.treatment.queries.workspace import SEES_EVERY_NOTE
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.outlines import OUTLINES
from homeground.treatment.rules.signing import NoteKind

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A signed note as a list shows it: no word of it."""

    id: UUID
    kind: NoteKind
    starts_at: datetime
    signed_by: str = field(repr=False)
    waits: bool
    sent_back: bool
    amended: bool
    late: bool


@dataclass(frozen=True, slots=True)
class DraftOwed:
    """A draft of no group session that nobody signed; `escalated` and `answers` as for a session."""

    id: UUID
    kind: NoteKind
    patient: str = field(repr=False)
    author_id: UUID
    author: str = field(repr=False)
    starts_at: datetime
    due_at: datetime
    escalated: bool
    blocks: bool
    answers: Answers


@dataclass(frozen=True, slots=True)
class PersonNotes:
    """What stands about one person, and what the reader may begin."""

    patient_id: UUID
    name: str = field(repr=False)
    drafts: tuple[DraftOwed, ...]
    lines: tuple[NoteLine, ...]
    more: bool
    kinds: tuple[NoteKind, ...]


def person_notes(patient_id: UUID, *, by: Actor, at: datetime, zone: str, number: int = 1) -> PersonNotes:
    """A page of a person's signed notes, the latest first, and the reader's drafts.

    A facilitator sees what they wrote or signed. Raises PatientNotHere. At most nine statements.
    """
    name = may_write_about(patient_id, by, day_of(at, ZoneInfo(zone)))
    rows = Note.objects.filter(patient_id=patient_id, signed_at__isnull=False)
    if not by.has(*SEES_EVERY_NOTE):
        rows = rows.filter(Q(author=by.person_id) | Q(signatures__person=by.person_id)).distinct()
    first = (number - 1) * PER_PAGE
    found = notes_now(rows.order_by("-starts_at", "-id")[first : first + PER_PAGE + 1])
    return PersonNotes(
        patient_id,
        name,
        drafts_owed(at, author_id=by.person_id, patient_id=patient_id),
        tuple(_line(each) for each in found[:PER_PAGE]),
        len(found) > PER_PAGE,
        tuple(OUTLINES),
    )


def drafts_owed(
    at: datetime, *, author_id: UUID | None = None, patient_id: UUID | None = None, limit: int = 100
) -> tuple[DraftOwed, ...]:
    """Drafts of no group session, the oldest first; of one author and those they answer for, of one person.

    Four statements at most, seven where a rule pack counts working days.
    """
    rows = Note.objects.filter(session=None, signed_at=None, discarded=None, ends_at__lte=at)
    if patient_id is not None:
        rows = rows.filter(patient=patient_id)
    found = _rows(rows, limit)
    if not found:
        return ()
    stays = {each.patient.patient_id: each for each in _stays(found, at)}
    packs = [
        stays[row["patient_id"]].rules.pack.name if row["patient_id"] in stays else DEFAULT_PACK
        for row in found
    ]
    held = [(pack, row["ends_at"], row["zone"]) for pack, row in zip(packs, found, strict=True)]
    answers = who_answers({row["author_id"] for row in found}, at.date())
    owed = []
    for row, age in zip(found, ages(held), strict=True):
        who = answers[row["author_id"]]
        if author_id in (None, row["author_id"]) or (age.overdue(at) and who.person_id == author_id):
            owed.append(
                DraftOwed(
                    id=row["id"],
                    kind=NoteKind(row["kind"]),
                    patient=f"{row['called'] or row['given']} {row['family']}".strip(),
                    author_id=row["author_id"],
                    author=f"{row['author_given']} {row['author_family']}".strip(),
                    starts_at=row["starts_at"],
                    due_at=age.due_at,
                    escalated=age.overdue(at),
                    blocks=age.blocks(at),
                    answers=who,
                )
            )
    return tuple(owed)


def _rows(rows: QuerySet[Note], limit: int) -> list[Mapping[str, Any]]:
    found: QuerySet[Note, Any] = (
        rows.annotate(zone=program.zone_of_row())
        .order_by("ends_at", "id")
        .values(
            "id",
            "kind",
            "patient_id",
            "author_id",
            "starts_at",
            "ends_at",
            "zone",
            given=F("patient__person__given_name"),
            family=F("patient__person__family_name"),
            called=F("patient__person__called"),
            author_given=F("author__given_name"),
            author_family=F("author__family_name"),
        )[:limit]
    )
    return list(found)


def _stays(rows: list[Mapping[str, Any]], at: datetime) -> tuple[chart.EpisodeFacts, ...]:
    return chart.admitted_on(at.date(), [row["patient_id"] for row in rows])


def _line(note: NoteNow) -> NoteLine:
    row = note.row
    return NoteLine(
        row.pk,
        NoteKind(row.kind),
        row.starts_at,
        ", ".join(f"{each.name}, {each.credential}" for each in note.signatures),
        note.waits,
        note.sent_back is not None,
        bool(note.addenda),
        row.late,
    )
