"""Signing: one note, all that pass, a co-facilitator's name, a supervisor's, and what is added later."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.timetable import queries as timetable
from homeground.treatment.actions.drafts import Book, Change, NobodyBehind
from homeground.treatment.models import Addendum, CoSignature, Note, Signature, Takeover
from homeground.treatment.queries.ageing import ages
from homeground.treatment.queries.cards import NoteNow
from homeground.treatment.queries.limits import credentials
from homeground.treatment.queries.notes import NoteNotHere, locked_note, note_now
from homeground.treatment.queries.standing import behind
from homeground.treatment.queries.workspace import (
    SEES_EVERY_NOTE,
    CardNow,
    WorkspaceNotHere,
    cards_of,
    shared_text,
)
from homeground.treatment.rules import signing
from homeground.treatment.rules.guards import Checked, Lack, Problem
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.signing import Decision, NoteKind, Sealed

_SEALED_FIELDS = [
    *("starts_at", "ends_at", "minutes", "shared", "version", "signed_at", "signed_by_id", "late"),
    *("cosign_owed", "likeness", "like_id", "waived"),
]


class MayNotSign(Exception):
    """The signer's credential or part in the session does not allow it; `decision` says why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__("may not sign")
        self.decision = decision


class NotSigned(Exception):
    """The note is no draft any more or not yet signed: what was asked needs a signed note."""


class NotOwed(Exception):
    """No co-signature is owed: nobody waits for one, somebody gave it, or the author is to answer first."""


class NothingSaid(Exception):
    """An addendum without new words or without a reason, or a takeover without one."""


@dataclass(frozen=True, slots=True)
class SignedNow:
    """What a signing did: whose notes were signed, what held back the others, who was seen differently.

    `changed` are people whose note, shared part or attendance changed after the signer looked.
    """

    signed: tuple[UUID, ...]
    held_back: Mapping[UUID, tuple[Problem, ...]]
    changed: frozenset[UUID]


def sign_notes(
    *,
    appointment_id: UUID,
    chosen: Collection[UUID] | None,
    seen: Mapping[UUID, str],
    waived: Mapping[UUID, str],
    by: Actor,
    at: datetime,
    changes: Collection[Change] = (),
) -> SignedNow:
    """Sign the notes of these people, or of all that pass when `chosen` is None, after keeping `changes`.

    `seen` are the tokens of the page the signer read; a note that is another one by now is not signed. What
    the guards ask about needs a reason in `waived`. A signed note without the signer's name gets it too.
    Raises MayNotSign and what `save_drafts` raises. At most twelve statements.
    """
    require_account(by)
    with transaction.atomic():
        book = Book.opened(appointment_id, by=by, at=at)
        with book.keys():
            versions = {who: row.version for who, row in book.rows.items()}
            shared_version = 0 if book.shared is None else book.shared.version
            book.keep(changes)
            book.written()
            sheet = replace(book.sheet, shared=book.shared)
            signer = Signer.of(by, sheet.kind, leads=True, on=day_of(at, ZoneInfo(sheet.zone)))
            cards, checked = cards_of(sheet, (signer.name,), at=at)
            wanted = [
                card
                for card in cards
                if (
                    checked.passes(_key(card)) or card.signed
                    if chosen is None
                    else card.person.patient_id in chosen
                )
            ]
            stale = frozenset(
                card.person.patient_id
                for card in wanted
                if card.person.patient_id in seen
                and seen[card.person.patient_id]
                != f"{versions.get(card.person.patient_id, 0)}.{shared_version}.{card.person.version}"
            )
            desk = _Desk(signer, checked, waived, at, {_key(card): card.row.pk for card in cards})
            for card in wanted:
                if card.person.patient_id not in stale:
                    desk.take(card)
            late = ages([(sheet.pack, sheet.ends_at, sheet.zone)])[0].overdue(at)
            desk.sign(shared_text(book.shared), late=late, by=by)
    return SignedNow(tuple(desk.signed), desk.held_back, stale)


def cosign(*, note_id: UUID, remark: str, by: Actor, at: datetime) -> None:
    """Sign under a note that waits for it. Raises NoteNotHere, NotOwed, MayNotSign, NotSignedIn."""
    account = require_account(by)
    with transaction.atomic():
        note = locked_note(note_id)
        if not note.waits or note.sent_back is not None:
            raise NotOwed
        signer = Signer.of(by, NoteKind(note.row.kind), leads=True, on=signing.utc_day(at), check=False)
        own = any(each.person_id == signer.person_id for each in note.signatures)
        decision = signing.may_cosign(signer.credential, own=own, table=credentials(), lapsed=signer.lapsed)
        if not decision.may:
            raise MayNotSign(decision)
        CoSignature.objects.create(
            organization_id=by.organization_id,
            note=note.row,
            person_id=signer.person_id,
            account_id=account,
            name=signer.name,
            credential=signer.credential,
            signed_at=at,
            remark=remark.strip(),
            digest=signing.digest(
                replace(signer.seals(note.row, at, text=note.reads), before=remark.strip())
            ),
        )
        _record(by, at, "treatment.note.cosigned", [note.row])


def add_to(*, note_id: UUID, text: str, why: str, by: Actor, at: datetime) -> None:
    """Say how a signed note reads from now on, and why; the note itself stays.

    Its signers, and whoever may co-sign, write addenda. Raises NoteNotHere, NotSigned, NothingSaid,
    MayNotSign, NotSignedIn.
    """
    account = require_account(by)
    with transaction.atomic():
        note = locked_note(note_id)
        if note.row.signed_at is None:
            raise NotSigned
        wording, reason = text.replace("\r\n", "\n").strip(), why.strip()
        if not wording or not reason or wording == note.reads.strip():
            raise NothingSaid
        own = note.row.author_id == by.person_id or by.person_id in {s.person_id for s in note.signatures}
        signer = Signer.of(
            by, NoteKind(note.row.kind), leads=own or by.has(*SEES_EVERY_NOTE), on=signing.utc_day(at)
        )
        before = note.addenda[-1].text if note.addenda else note.row.text
        Addendum.objects.create(
            organization_id=by.organization_id,
            note=note.row,
            number=len(note.addenda) + 1,
            text=wording,
            why=reason[:300],
            person_id=signer.person_id,
            account_id=account,
            name=signer.name,
            credential=signer.credential,
            written_at=at,
            digest=signing.digest(replace(signer.seals(note.row, at, text=wording), before=before)),
        )
        _record(by, at, "treatment.note.added_to", [note.row])


def take_over(*, appointment_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Write and sign the notes of a session somebody else led: a substitute, an illness.

    Doing it again changes nothing. Raises WorkspaceNotHere, NothingSaid, NotSignedIn.
    """
    account = require_account(by)
    if by.person_id is None:
        raise NobodyBehind
    if timetable.roster(appointment_id) is None or not by.has(*SEES_EVERY_NOTE):
        raise WorkspaceNotHere
    if not why.strip():
        raise NothingSaid
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Takeover.objects.create(
                    organization_id=by.organization_id,
                    appointment_id=appointment_id,
                    person_id=by.person_id,
                    why=why.strip()[:300],
                    at=at,
                    by_id=account,
                )
        except IntegrityError:
            return
        audit.record(
            by=by,
            at=at,
            event="treatment.session.taken_over",
            subject_kind="appointment",
            subject_id=appointment_id,
            facts={"takeover": str(row.pk)},
        )


def read_note(*, note_id: UUID, by: Actor, at: datetime) -> NoteNow:
    """One note, with an audit entry that this member looked.

    A facilitator reads notes of sessions they wrote for; counselors and directors read all. Drafts are
    read on their session's page. Raises NoteNotHere.
    """
    with transaction.atomic():
        found = note_now(note_id)
        own = found.row.author_id == by.person_id or by.person_id in {s.person_id for s in found.signatures}
        if not own and not by.has(*SEES_EVERY_NOTE):
            raise NoteNotHere
        _record(by, at, "treatment.note.read", [found.row])
    return found


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as it stands under the note."""

    person_id: UUID
    account_id: UUID
    name: str
    credential: str
    decision: Decision
    lapsed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, by: Actor, kind: NoteKind, *, leads: bool, on: date, check: bool = True) -> "Signer":
        """The member as signer on a day. Raises MayNotSign unless `check` is off. Two statements."""
        if by.person_id is None:
            raise NobodyBehind
        person, stands = people.person(by.person_id), behind(by.person_id, on)
        decision = signing.may_sign(
            person.credentials,
            kind,
            leads=leads,
            table=credentials(),
            lapsed=stands.lapsed,
            unsupervised=stands.ended,
        )
        if check and not decision.may:
            raise MayNotSign(decision)
        name = f"{person.given_name} {person.family_name}".strip()
        return cls(person.id, require_account(by), name, person.credentials, decision, stands.lapsed)

    def seals(self, row: Note, at: datetime, *, text: str | None = None) -> Sealed:
        """What their signature under this note seals; another wording than the row's if given."""
        return Sealed(
            note_id=str(row.pk),
            kind=NoteKind(row.kind),
            patient_id=str(row.patient_id),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            minutes=row.minutes,
            shared=row.shared,
            text=row.text if text is None else text,
            objectives=tuple(str(each) for each in row.objectives),
            signer_id=str(self.person_id),
            signer=self.name,
            credential=self.credential,
            signed_at=at,
        )


class _Desk:
    """The notes that lie before a signer: what can be signed is, what cannot says why."""

    def __init__(
        self,
        signer: Signer,
        checked: Checked,
        waived: Mapping[UUID, str],
        at: datetime,
        note_ids: Mapping[str, UUID],
    ) -> None:
        self.signer, self.checked, self.waived, self.at = signer, checked, waived, at
        self.note_ids = note_ids
        self.signed: list[UUID] = []
        self.held_back: dict[UUID, tuple[Problem, ...]] = {}
        self._fresh: list[CardNow] = []
        self._beside: list[CardNow] = []

    def take(self, card: CardNow) -> None:
        """Put a note on the pile it belongs to."""
        who = card.person.patient_id
        if card.note is None:
            self.held_back[who] = (Problem(Lack.EMPTY),)
            return
        if card.signed:
            if all(each.person_id != self.signer.person_id for each in card.note.signatures):
                self._beside.append(card)
            return
        problems = self.checked.cards[_key(card)]
        reason = self.waived.get(who, "").strip()
        if any(each.blocks or (each.asks and not reason) for each in problems):
            self.held_back[who] = problems
            return
        if any(each.asks for each in problems):
            card.row.waived = reason[:300]
        self._fresh.append(card)

    def sign(self, shared: str, *, late: bool, by: Actor) -> None:
        """Seal the notes and write the signatures. Three statements."""
        for card in self._fresh:
            self._seal(card, shared, late=late)
        if self._fresh:
            Note.objects.bulk_create(
                [card.row for card in self._fresh],
                update_conflicts=True,
                unique_fields=["session", "patient"],
                update_fields=_SEALED_FIELDS,
            )
        done = [*self._fresh, *self._beside]
        if not done:
            return
        Signature.objects.bulk_create(
            Signature(
                organization_id=by.organization_id,
                note=card.row,
                person_id=self.signer.person_id,
                account_id=self.signer.account_id,
                name=self.signer.name,
                credential=self.signer.credential,
                signed_at=self.at,
                digest=signing.digest(self.signer.seals(card.row, self.at)),
            )
            for card in done
        )
        _record(by, self.at, "treatment.note.signed", [card.row for card in done])
        self.signed = [card.person.patient_id for card in done]

    def _seal(self, card: CardNow, shared: str, *, late: bool) -> None:
        row, person = card.row, card.person
        row.shared, row.late = shared, late
        row.starts_at, row.ends_at = person.in_at or row.starts_at, person.out_at or row.ends_at
        row.minutes = person.minutes
        row.version += 1
        row.signed_at, row.signed_by_id = self.at, self.signer.account_id
        row.cosign_owed = self.signer.decision.cosign
        worst = max(
            (each for each in self.checked.cards[_key(card)] if each.similarity),
            key=lambda each: each.similarity,
            default=None,
        )
        if worst is not None:
            row.likeness = round(worst.similarity * 100)
            # A peer is named by its patient, an earlier note by itself.
            row.like_id = self.note_ids.get(worst.other) or UUID(worst.other)


def _key(card: CardNow) -> str:
    return str(card.person.patient_id)


def _record(by: Actor, at: datetime, event: str, rows: Sequence[Note]) -> None:
    audit.record_all(
        notes=[audit.Note(event, "note", row.pk, row.patient_id, {"kind": row.kind}) for row in rows],
        by=by,
        at=at,
    )
