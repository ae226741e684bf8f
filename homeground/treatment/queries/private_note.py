from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from homeground.ground.actor import Actor, require_account
from homeground.treatment import note_words
from homeground.treatment.models import PrivateNote
from homeground.treatment.rules.private_note import Kind

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PrivateNoteRow:
    """One of the author's own notes, closed: opening is `actions.read_private_note`, which records it."""

    id: UUID
    kind: Kind
    about_on: date
    written_at: datetime


def private_note_kinds() -> Mapping[Kind, Promise]:
    """What each kind of private note is called, in the words their author reads."""
    return note_words.PRIVATE


def my_private_notes(patient_id: UUID, by: Actor) -> tuple[PrivateNoteRow, ...]:
    """One's own private notes about a patient, the newest conversation first; others' do not exist here.

    One statement, at most MOST_SHOWN. Raises NotSignedIn.
    """
    rows = PrivateNote.objects.filter(patient_id=patient_id, author_id=require_account(by))
    rows = rows.defer("sealed_text").order_by("-about_on", "-written_at")[:MOST_SHOWN]
    return tuple(PrivateNoteRow(row.pk, Kind(row.kind), row.about_on, row.written_at) for row in rows)
