"""Notes of no group session: begun, kept as typed, signed, or given up because begun by mistake."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.treatment.actions.drafts import Change, Collision, NobodyBehind
from homeground.treatment.actions.signing import MayNotSign, NothingSaid, Signer
from homeground.treatment.models import Discarded, Note, Passage, Signature
from homeground.treatment.queries.cards import objectives_on
from homeground.treatment.queries.note_facts import as_text
from homeground.treatment.queries.notes import NoteNotHere
from homeground.treatment.queries.single import (
    Single,
    composed,
    frame,
    may_write_about,
    parts_of,
    single,
)
from homeground.treatment.rules import signing as rules
from homeground.treatment.rules.guards import Problem
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.marks import NotAChange
from homeground.treatment.rules.merge import merge_text
from homeground.treatment.rules.outlines import OUTLINES, Part
from homeground.treatment.rules.signing import NoteKind
from homeground.treatment.rules.wall_clock import nearest

PART = "part_"
LONGEST_PART = 8_000
LONGEST = timedelta(hours=12)
AHEAD = timedelta(minutes=5)


class NoOutline(Exception):
    """Notes of this kind are written for a session, on its own page."""


class NotTheAuthor(Exception):
    """Somebody else is writing this note."""


class NoDraft(Exception):
    """The note is signed or given up: nothing of it changes any more."""


class NotATime(Exception):
    """The times cannot be: in the future, or longer than twelve hours."""


@dataclass(frozen=True, slots=True)
class Times:
    """The clinic's day and wall clock of a note as typed; None leaves what is kept.

    An end before the start is on the next day.
    """

    on: date | None = None
    starts: time | None = None
    ends: time | None = None

    def moments(self, row: Note, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The two moments meant; in the hour a clock shows twice the nearer to the start."""
        was, until = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        begins = datetime.combine(self.on or was.date(), self.starts or was.time(), zone)
        wall = self.ends or until.time()
        ends = nearest(wall, begins + timedelta(minutes=1), zone)
        return begins, ends if ends >= begins else nearest(wall, begins + LONGEST, zone)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a save did: the note's new version and text, and fields two windows changed."""

    version: int
    text: str = field(repr=False)
    collisions: tuple[Collision, ...]


def begin_note(*, patient_id: UUID, kind: NoteKind, times: Times, by: Actor, at: datetime) -> UUID:
    """Begin a note about a person, or go on with one of the same kind and day; returns its id.

    Raises PatientNotHere, NoOutline, NotATime, NobodyBehind, NotSignedIn.
    """
    account = require_account(by)
    if by.person_id is None:
        raise NobodyBehind
    if kind not in OUTLINES:
        raise NoOutline
    may_write_about(patient_id, by, at.date())
    with transaction.atomic():
        row = Note(
            organization_id=by.organization_id,
            kind=kind.value,
            patient_id=patient_id,
            starts_at=at,
            ends_at=at,
            opened_at=at,
            author_id=by.person_id,
            changed_at=at,
            changed_by_id=account,
        )
        zone = frame(row)[0]
        row.starts_at, row.ends_at = _moments(row, times, zone, at)
        begun = _begun(row, zone)
        if begun is not None:
            return begun
        row.save(force_insert=True)
        _record(by, at, "treatment.note.begun", row)
    return row.pk


def keep_note(
    *,
    note_id: UUID,
    changes: Collection[Change],
    by: Actor,
    at: datetime,
    times: Times | None = None,
) -> Kept:
    """Keep what was marked and typed under the headings; the text is made from it anew.

    Two windows of the same note never lose each other's words. Saving the same again changes nothing.
    Raises NoteNotHere, NotTheAuthor, NoDraft, NotATime, NotAChange, NotSignedIn. At most twelve statements.
    """
    account = require_account(by)
    with transaction.atomic():
        row = _locked(note_id, by)
        zone, _pack, _stay = frame(row)
        parts = parts_of(row)
        before = (row.text, row.starts_at, row.ends_at)
        collisions: list[Collision] = []
        touched, changed_parts = False, set()
        for change in changes:
            changed, part = _keep(row, parts, change, collisions)
            touched = touched or changed
            if changed and part is not None:
                changed_parts.add(part)
        if times is not None:
            row.starts_at, row.ends_at = _moments(row, times, zone, at)
        aims = objectives_on([row.patient_id], day_of(row.starts_at, zone)).get(row.patient_id, ())
        person = row.patient.person
        row.text = composed(row, person.called or person.given_name, parts, aims)
        if touched or before != (row.text, row.starts_at, row.ends_at):
            _write(row, {part: parts[part] for part in changed_parts}, account, at)
            _record(by, at, "treatment.note.drafted", row)
    return Kept(row.version, row.text, tuple(collisions))


def _keep(
    row: Note, parts: dict[Part, str], change: Change, collisions: list[Collision]
) -> tuple[bool, Part | None]:
    """Bring one change together with what is kept; says whether something changed, and which heading."""
    if not change.name.startswith(PART):
        changed, collision = change.put_into(row)
        if collision is not None:
            collisions.append(collision)
        return changed, None
    part = _part(row, change)
    value = _words(change)
    was, kept = str(change.was).replace("\r\n", "\n"), parts.get(part, "")
    if value in (kept, was):
        return False, part
    if kept != was:
        merged = merge_text(was, kept, value)
        value = merged.text
        collisions.append(Collision(change.patient_id, change.name, value, merged.both))
    parts[part] = value
    return value != kept, part


def _part(row: Note, change: Change) -> Part:
    asked = {each.part for each in OUTLINES.get(NoteKind(row.kind), ())}
    found = next((part for part in asked if f"{PART}{part.value}" == change.name), None)
    if found is None:
        raise NotAChange(change.name)
    return found


def _words(change: Change) -> str:
    if not isinstance(change.value, str) or len(change.value) > LONGEST_PART:
        raise NotAChange(change.name)
    return change.value.replace("\r\n", "\n").replace("\x00", "")


def _write(row: Note, parts: Mapping[Part, str], account: UUID, at: datetime) -> None:
    row.version += 1
    row.changed_at, row.changed_by_id = at, account
    row.save(force_update=True)
    if not parts:
        return
    # What is written lies sealed for its row, so the row keeps its id.
    ids = dict(Passage.objects.filter(note=row).values_list("part", "pk"))
    Passage.objects.bulk_create(
        [
            Passage(
                id=ids.get(part.value) or uuid7(),
                organization_id=row.organization_id,
                note=row,
                part=part.value,
                text=text,
                changed_at=at,
                changed_by_id=account,
            )
            for part, text in parts.items()
        ],
        update_conflicts=True,
        unique_fields=["note", "part"],
        update_fields=["text", "changed_at", "changed_by_id"],
    )


@dataclass(frozen=True, slots=True)
class SignedOne:
    """What a signing did: `changed` says that the note is another one than the signer read."""

    signed: bool
    held_back: tuple[Problem, ...] = ()
    changed: bool = False


def sign_note(
    *,
    note_id: UUID,
    seen: str,
    waived: str,
    changes: Collection[Change],
    by: Actor,
    at: datetime,
    times: Times | None = None,
) -> SignedOne:
    """Keep what was typed last, then seal the note with the facts the house filled in.

    `seen` is the token of the page the signer read; what the guards ask about needs a reason in `waived`.
    Raises MayNotSign and what `keep_note` raises. At most 30 statements.
    """
    require_account(by)
    with transaction.atomic():
        before = _locked(note_id, by)
        if seen and seen != f"{before.version}.0.0":
            keep_note(note_id=note_id, changes=changes, times=times, by=by, at=at)
            return SignedOne(signed=False, changed=True)
        keep_note(note_id=note_id, changes=changes, times=times, by=by, at=at)
        found = single(note_id, by=by, at=at)
        if not found.decision.may:
            raise MayNotSign(found.decision)
        reason = waived.strip()
        if any(each.blocks or (each.asks and not reason) for each in found.problems):
            return SignedOne(signed=False, held_back=found.problems)
        _seal(found, reason, by, at)
    return SignedOne(signed=True)


def _seal(found: Single, reason: str, by: Actor, at: datetime) -> None:
    row, zone = found.row, ZoneInfo(found.zone)
    signer = Signer.of(by, found.kind, leads=True, on=day_of(at, zone))
    row.shared = as_text(found.facts)
    row.late = at > found.due_at
    row.version += 1
    row.signed_at, row.signed_by_id = at, signer.account_id
    row.cosign_owed = signer.decision.cosign
    row.waived = reason[:300] if any(each.asks for each in found.problems) else ""
    worst = max(
        (each for each in found.problems if each.similarity), key=lambda each: each.similarity, default=None
    )
    if worst is not None:
        row.likeness, row.like_id = round(worst.similarity * 100), UUID(worst.other)
    row.save(force_update=True)
    Signature.objects.create(
        organization_id=row.organization_id,
        note=row,
        person_id=signer.person_id,
        account_id=signer.account_id,
        name=signer.name,
        credential=signer.credential,
        signed_at=at,
        digest=rules.digest(signer.seals(row, at)),
    )
    _record(by, at, "treatment.note.signed", row)


def discard_note(*, note_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Give up a draft that was begun by mistake: it is kept, and nobody owes it any more.

    Raises NoteNotHere, NotTheAuthor, NoDraft, NothingSaid, NotSignedIn.
    """
    account = require_account(by)
    with transaction.atomic():
        row = _locked(note_id, by)
        if not why.strip():
            raise NothingSaid
        Discarded.objects.create(
            organization_id=by.organization_id, note=row, why=why.strip()[:300], at=at, by_id=account
        )
        _record(by, at, "treatment.note.discarded", row)


def _moments(row: Note, times: Times, zone: ZoneInfo, at: datetime) -> tuple[datetime, datetime]:
    starts_at, ends_at = times.moments(row, zone)
    if ends_at > at + AHEAD or ends_at - starts_at > LONGEST:
        raise NotATime
    return starts_at, ends_at


def _begun(row: Note, zone: ZoneInfo) -> UUID | None:
    """A draft of the same author, kind and day that is still open."""
    day = day_of(row.starts_at, zone)
    midnight = datetime.combine(day, time(), zone)
    return (
        Note.objects.filter(
            session=None,
            patient_id=row.patient_id,
            kind=row.kind,
            author_id=row.author_id,
            signed_at=None,
            discarded=None,
            starts_at__gte=midnight,
            starts_at__lt=midnight + timedelta(days=1),
        )
        .values_list("pk", flat=True)
        .first()
    )


def _locked(note_id: UUID, by: Actor) -> Note:
    """The draft, locked: two windows follow each other here. Raises NoteNotHere, NotTheAuthor, NoDraft."""
    row = (
        Note.objects.select_for_update(of=("self",))
        .select_related("patient__person")
        .filter(pk=note_id, session=None)
        .first()
    )
    if row is None:
        raise NoteNotHere
    if row.author_id != by.person_id:
        single(note_id, by=by, at=row.changed_at)
        raise NotTheAuthor
    if row.signed_at is not None or Discarded.objects.filter(note=row).exists():
        raise NoDraft
    return row


def _record(by: Actor, at: datetime, event: str, row: Note) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="note",
        subject_id=row.pk,
        patient_id=row.patient_id,
        facts={"kind": row.kind},
    )
