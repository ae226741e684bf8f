"""Writing a session's notes: every typed word is kept as it comes, two writers never lose each other's."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from homeground.audit import actions as audit
from homeground.ground import envelope
from homeground.ground.actor import Actor, require_account
from homeground.timetable import queries as timetable
from homeground.treatment.models import Note, Session, SharedPart, Takeover
from homeground.treatment.queries.cards import SheetTaken, drafted, objectives_on, sheet_taken
from homeground.treatment.queries.curriculum import course
from homeground.treatment.queries.workspace import SEES_EVERY_NOTE, WorkspaceNotHere
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.marks import (
    ONE_OF,
    SHARED_TEXTS,
    SOME_OF,
    TEXTS,
    NotAChange,
    Value,
    read_value,
    together,
)


class NobodyBehind(Exception):
    """The account has no person here, so nobody could stand for what it writes."""


class NotTheWriter(Exception):
    """This member neither led the session nor took it over."""


class SheetNotTaken(Exception):
    """Notes are written for who was there: attendance comes first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field as a writer left it. `patient_id` is None for the shared part.

    `was` is what they had seen before they changed it, so that another's words in between are not lost.
    `drafter` hands the text back to the drafter (its name is `text`; value and `was` are then ignored).
    """

    patient_id: UUID | None
    name: str
    value: Value = field(repr=False)
    was: Value = field(default="", repr=False)
    drafter: bool = False

    def put_into(self, row: Note | SharedPart) -> "tuple[bool, Collision | None]":
        """Set the field of a row, together with what somebody else put there meanwhile.

        Says whether it changed, and what collided. Raises NotAChange.
        """
        value, was = read_value(self.name, self.value), read_value(self.name, self.was)
        kept = _stored(row, self.name)
        if value in (kept, was):
            return False, None
        collision = None
        if kept != was:
            value, both = together(self.name, was, kept, value)
            collision = Collision(self.patient_id, self.name, value, both)
            if value == kept:
                return False, collision
        if self.name == "objectives":
            setattr(row, self.name, [UUID(each) for each in value])
        else:
            setattr(row, self.name, value if isinstance(value, str) else list(value))
        return True, collision


@dataclass(frozen=True, slots=True)
class Collision:
    """A field both changed: what is kept now, and whether both wordings of the same words stay in it."""

    patient_id: UUID | None
    name: str
    value: Value = field(repr=False)
    both: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did. `notes` are the rows touched, `drafted` the texts the drafter renewed by patient.

    `too_late` are people whose note was signed meanwhile: nothing of theirs was changed.
    """

    notes: tuple[Note, ...] = field(repr=False)
    shared: SharedPart | None = field(repr=False)
    drafted: Mapping[UUID, str] = field(repr=False)
    collisions: tuple[Collision, ...]
    too_late: frozenset[UUID]


def save_drafts(*, appointment_id: UUID, changes: Collection[Change], by: Actor, at: datetime) -> Saved:
    """Keep what was marked and typed, and let the drafter renew the texts nobody edited by hand.

    Saving the same again changes nothing. Raises WorkspaceNotHere, NotTheWriter, SheetNotTaken, NotAChange,
    NotSignedIn. Ten statements at most.
    """
    require_account(by)
    with transaction.atomic():
        book = Book.opened(appointment_id, by=by, at=at)
        with book.keys():
            book.keep(changes)
            return book.written()


class Book:
    """The notes of one session while they are written: changes go in, rows come out."""

    def __init__(self, sheet: SheetTaken, rows: Mapping[UUID, Note], *, by: Actor, at: datetime) -> None:
        self.sheet, self.by, self.at = sheet, by, at
        self.account, self.person = require_account(by), _person(by)
        self.rows = dict(rows)
        self.shared = sheet.shared
        self.people = {person.patient_id: person for person in sheet.there}
        self._fresh: set[UUID] = set()
        self._touched: dict[UUID, None] = {}
        self._shared_touched = False
        self._collisions: list[Collision] = []
        self._too_late: set[UUID] = set()
        self._drafted: dict[UUID, str] = {}

    @classmethod
    def opened(cls, appointment_id: UUID, *, by: Actor, at: datetime) -> "Book":
        """Lock the session and read its notes; refuses as `save_drafts` does. Four statements."""
        sheet = _locked(appointment_id, by)
        rows = {row.patient_id: row for row in Note.objects.filter(session_id=sheet.session_id)}
        return cls(sheet, rows, by=by, at=at)

    def keys(self) -> AbstractContextManager[None]:
        """The data keys of everybody who was there and of the clinic, at hand while their texts are written.

        No statement but for those nothing was written about before.
        """
        house = self.by.organization_id
        return envelope.at_hand(envelope.keys_ready([*self.people, house], organization_id=house))

    def keep(self, changes: Collection[Change]) -> None:
        """Bring each change together with what is kept. Raises NotAChange."""
        for change in changes:
            if change.patient_id is None:
                self._keep_shared(change)
            else:
                self._keep_note(change, change.patient_id)

    def _keep_shared(self, change: Change) -> None:
        if change.name not in SHARED_TEXTS:
            raise NotAChange(change.name)
        if self.shared is None:
            self.shared = SharedPart(
                organization_id=self.by.organization_id, session_id=self.sheet.session_id, version=0
            )
        if self._put(self.shared, change):
            self._shared_touched = True

    def _keep_note(self, change: Change, patient_id: UUID) -> None:
        if patient_id not in self.people:
            raise NotAChange("patient")
        row = self.rows.get(patient_id)
        if row is not None and row.signed_at is not None:
            self._too_late.add(patient_id)
            return
        if row is None:
            row = self.rows[patient_id] = self._opened(patient_id)
            self._fresh.add(patient_id)
        if change.drafter:
            if row.hand_at is not None:
                row.hand_at = None
                self._touched[patient_id] = None
        elif self._put(row, change):
            self._touched[patient_id] = None
            if change.name == "text":
                row.hand_at = self.at

    def _put(self, row: Note | SharedPart, change: Change) -> bool:
        """Set one field; says whether it changed."""
        changed, collision = change.put_into(row)
        if collision is not None:
            self._collisions.append(collision)
        return changed

    def _opened(self, patient_id: UUID) -> Note:
        return Note(
            organization_id=self.by.organization_id,
            kind=self.sheet.kind.value,
            patient_id=patient_id,
            session_id=self.sheet.session_id,
            starts_at=self.sheet.starts_at,
            ends_at=self.sheet.ends_at,
            version=0,
            opened_at=self.at,
            author_id=self.person,
        )

    def written(self) -> Saved:
        """Write what differs: drafts, one statement for all notes, one for the shared part, the audit."""
        self._redraft()
        rows = [self.rows[who] for who in self._touched]
        for row in rows:
            row.version += 1
            row.changed_at, row.changed_by_id = self.at, self.account
        if rows:
            Note.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["session", "patient"], update_fields=WRITABLE
            )
        if self._shared_touched and self.shared is not None:
            self._write_shared(self.shared)
        if rows or self._shared_touched:
            self._record(rows)
        return Saved(
            tuple(rows), self.shared, self._drafted, tuple(self._collisions), frozenset(self._too_late)
        )

    def _write_shared(self, shared: SharedPart) -> None:
        shared.version += 1
        shared.lesson = course().number_of(shared.topic)
        shared.changed_at, shared.changed_by_id = self.at, self.account
        SharedPart.objects.bulk_create(
            [shared],
            update_conflicts=True,
            unique_fields=["session"],
            update_fields=["topic", "method", "text", "lesson", "version", "changed_at", "changed_by_id"],
        )

    def _redraft(self) -> None:
        """Texts nobody edited by hand say what is marked now; a new topic renews them all."""
        topic_changed = self._shared_touched and self.shared is not None
        due = [
            who
            for who, row in self.rows.items()
            if row.hand_at is None
            and row.signed_at is None
            and who in self.people
            and (who in self._touched or topic_changed)
        ]
        if not due:
            return
        aims = objectives_on(due, day_of(self.sheet.starts_at, ZoneInfo(self.sheet.zone)))
        topic = (self.shared.topic if self.shared else "") or self.sheet.group_topic
        for who in due:
            text = drafted(self.rows[who], self.people[who], topic, aims.get(who, ()))
            if text != self.rows[who].text:
                self.rows[who].text = self._drafted[who] = text
                self._touched[who] = None

    def _record(self, rows: Collection[Note]) -> None:
        notes = [audit.Note("treatment.note.drafted", "note", row.pk, row.patient_id) for row in rows]
        if self._shared_touched:
            notes.append(audit.Note("treatment.shared_part.drafted", "session", self.sheet.session_id))
        audit.record_all(notes=notes, by=self.by, at=self.at)


WRITABLE = [
    *TEXTS,
    *ONE_OF,
    *SOME_OF,
    "objectives",
    "hand_at",
    "version",
    "changed_at",
    "changed_by_id",
]


def _locked(appointment_id: UUID, by: Actor) -> SheetTaken:
    """The sheet whose notes this member may write, locked: two writers follow each other here.

    Raises WorkspaceNotHere, NotTheWriter, SheetNotTaken. Three statements.
    """
    led = Session.objects.filter(
        pk=OuterRef("pk"),
        appointment__bookings__staff=by.person_id,
        appointment__bookings__released_at=None,
    )
    taken = Takeover.objects.filter(appointment=OuterRef("appointment"), person=by.person_id)
    session = (
        Session.objects.select_for_update(of=("self",))
        .filter(appointment_id=appointment_id)
        .annotate(writes=Q(Exists(led)) | Q(Exists(taken)))
        .first()
    )
    if session is None:
        if timetable.roster(appointment_id) is None:
            raise WorkspaceNotHere
        raise SheetNotTaken
    if not session.writes:
        raise NotTheWriter if by.has(*SEES_EVERY_NOTE) else WorkspaceNotHere
    sheet = sheet_taken(appointment_id)
    if sheet is None:
        raise SheetNotTaken
    return sheet


def _person(by: Actor) -> UUID:
    if by.person_id is None:
        raise NobodyBehind
    return by.person_id


def _stored(row: Note | SharedPart, name: str) -> Value:
    """A field of a row as a writer sends it."""
    found = getattr(row, name)
    return found if isinstance(found, str) else tuple(str(each) for each in found)
