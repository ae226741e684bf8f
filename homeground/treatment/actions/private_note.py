"""Private notes: SUD counseling notes and psychotherapy notes (42 CFR 2.11, 2.31(b); 45 CFR 164.501).

The contract: only the author writes and reads one; the database holds to it whatever the code asks
(`models.private_note`). The ordinary notes of the chart do not refer to them, and nothing may list, count,
search, export or print them for anybody else. A disclosure needs a consent for counseling notes alone
(check F05) and is put together by the author, who alone can open the text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground import envelope
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.ground.models import Use
from homeground.treatment.models import PrivateNote
from homeground.treatment.rules.private_note import BelongsInChart, Kind, belongs_in_chart

_TABLE = PrivateNote._meta.db_table


class PatientNotHere(Exception):
    """No chart with this id in the organization in scope."""


class PrivateNoteNotHere(Exception):
    """No such note, or somebody else wrote it: both look the same."""


class NothingWritten(Exception):
    """A note without a word is no note."""


class ConversationToCome(Exception):
    """A note is about a conversation that took place."""


@dataclass(frozen=True, slots=True)
class Written:
    """The new note, and what in it belongs in the chart instead (a hint; the note is kept as written)."""

    id: UUID
    belongs_in_chart: tuple[BelongsInChart, ...]


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A private note before its author's eyes."""

    id: UUID
    patient_id: UUID
    kind: Kind
    about_on: date
    written_at: datetime
    text: str = field(repr=False)


def write_private_note(
    *, patient_id: UUID, kind: Kind, about_on: date, text: str, by: Actor, at: datetime
) -> Written:
    """Keep a private note, sealed with the patient's key, for its author alone.

    `about_on` is the clinic's day of the conversation. Raises NotSignedIn, PatientNotHere, NothingWritten,
    ConversationToCome, envelope.Shredded (the patient's private notes were destroyed for good).
    """
    author = require_account(by)
    text = text.strip()
    if not text:
        raise NothingWritten
    # A day begins up to 14 hours before UTC's; finer needs the clinic's zone and changes nothing here.
    if (about_on - at.date()).days > 1:
        raise ConversationToCome
    row = uuid7()
    with transaction.atomic():
        if chart.patient_name(patient_id) is None:
            raise PatientNotHere
        key = envelope.key_for(subject_id=patient_id, use=Use.PRIVATE_NOTES, by=by, at=at)
        PrivateNote(
            id=row,
            organization_id=by.organization_id,
            patient_id=patient_id,
            author_id=author,
            kind=kind.value,
            about_on=about_on,
            sealed_text=key.close(text, table=_TABLE, row=row, column="sealed_text"),
            written_at=at,
        ).save(force_insert=True)
        _record("written", row, patient_id, by, at)
    return Written(row, belongs_in_chart(text))


def read_private_note(*, note_id: UUID, by: Actor, at: datetime) -> OpenedNote:
    """One's own private note, opened; the look is recorded. Raises PrivateNoteNotHere, envelope.Shredded."""
    author = require_account(by)
    with transaction.atomic():
        row = PrivateNote.objects.filter(pk=note_id, author_id=author).first()
        if row is None:
            raise PrivateNoteNotHere
        key = envelope.key_of(row.patient_id, use=Use.PRIVATE_NOTES)
        text = key.unseal(row.sealed_text, table=_TABLE, row=row.pk, column="sealed_text")
        _record("read", row.pk, row.patient_id, by, at)
    return OpenedNote(row.pk, row.patient_id, Kind(row.kind), row.about_on, row.written_at, text)


def destroy_private_notes(*, patient_id: UUID, why: str, by: Actor, at: datetime) -> bool:
    """Make every private note about a patient unreadable for ever, whoever wrote it; False when none was.

    Destroys the key of their private notes (ground.envelope), the chart stays: for the end of
    retention, 42 CFR 2.16(a) and 2.19.
    `why` goes into the trail. Raises PatientNotHere, NotSignedIn.
    """
    require_account(by)
    with transaction.atomic():
        if chart.patient_name(patient_id) is None:
            raise PatientNotHere
        destroyed = envelope.shred(subject_id=patient_id, use=Use.PRIVATE_NOTES, at=at)
        if destroyed:
            audit.record(
                by=by,
                at=at,
                event="treatment.private_notes.destroyed",
                subject_kind="patient",
                subject_id=patient_id,
                patient_id=patient_id,
                why=why,
            )
    return destroyed


def _record(verb: str, row: UUID, patient_id: UUID, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"treatment.private_note.{verb}",
        subject_kind="private_note",
        subject_id=row,
        patient_id=patient_id,
    )
