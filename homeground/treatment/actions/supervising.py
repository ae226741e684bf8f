"""A supervisor's part: sending a note back with words, and who answers for whose notes until when."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.treatment.actions.signing import (
    MayNotSign,
    NothingSaid,
    NotOwed,
    Signer,
)
from homeground.treatment.models import Licence, SentBack, Supervision
from homeground.treatment.queries.limits import credentials
from homeground.treatment.queries.notes import locked_note
from homeground.treatment.rules import signing as rules
from homeground.treatment.rules.signing import NoteKind


class NotAPeriod(Exception):
    """The last day lies before the first."""


class NotTheirLetters(Exception):
    """The colleague does not have these letters."""


class OwnSupervisor(Exception):
    """Nobody answers for their own notes."""


def send_back(*, note_id: UUID, words: str, by: Actor, at: datetime) -> None:
    """Ask the author for something before co-signing; the note waits for their addendum.

    Raises NoteNotHere, NotOwed, NothingSaid, MayNotSign, NotSignedIn.
    """
    account = require_account(by)
    with transaction.atomic():
        note = locked_note(note_id)
        if not note.waits or note.sent_back is not None:
            raise NotOwed
        if not words.strip():
            raise NothingSaid
        signer = Signer.of(by, NoteKind(note.row.kind), leads=True, on=rules.utc_day(at), check=False)
        own = any(each.person_id == signer.person_id for each in note.signatures)
        decision = rules.may_cosign(signer.credential, own=own, table=credentials(), lapsed=signer.lapsed)
        if not decision.may:
            raise MayNotSign(decision)
        SentBack.objects.create(
            organization_id=by.organization_id,
            note=note.row,
            person_id=signer.person_id,
            account_id=account,
            name=signer.name,
            credential=signer.credential,
            sent_at=at,
            words=words.strip(),
            digest=rules.digest(replace(signer.seals(note.row, at, text=note.reads), before=words.strip())),
        )
        audit.record(
            by=by,
            at=at,
            event="treatment.note.sent_back",
            subject_kind="note",
            subject_id=note_id,
            patient_id=note.row.patient_id,
        )


def record_supervision(
    *,
    person_id: UUID,
    supervisor_id: UUID | None,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> None:
    """Who answers for a colleague's notes from a day on, until `ends_on` (exclusive) if given.

    The former supervision ends that day. Without a supervisor the former one only ends. Raises
    PersonNotHere, OwnSupervisor, NotAPeriod, NotSignedIn.
    """
    account = require_account(by)
    people.require_person(person_id)
    if supervisor_id is not None:
        people.require_person(supervisor_id)
    if supervisor_id == person_id:
        raise OwnSupervisor
    if ends_on is not None and ends_on <= starts_on:
        raise NotAPeriod
    with transaction.atomic():
        former = Supervision.objects.select_for_update().filter(supervisee=person_id)
        for row in former:
            if row.ends_on is None or row.ends_on > starts_on:
                row.ends_on = max(starts_on, row.starts_on)
                row.save(update_fields=["ends_on"])
        if supervisor_id is not None:
            Supervision.objects.create(
                organization_id=by.organization_id,
                supervisee_id=person_id,
                supervisor_id=supervisor_id,
                starts_on=starts_on,
                ends_on=ends_on,
                recorded_at=at,
                recorded_by_id=account,
            )
        audit.record(
            by=by,
            at=at,
            event="treatment.supervision.recorded",
            subject_kind="person",
            subject_id=person_id,
            facts={"supervisor": str(supervisor_id) if supervisor_id else None},
        )


def record_licence(
    *, person_id: UUID, letters: str, state: str, ends_on: date, by: Actor, at: datetime
) -> None:
    """Until when letters hold (`ends_on` exclusive); a renewal is recorded the same way.

    Raises PersonNotHere, NotTheirLetters, NotSignedIn.
    """
    account = require_account(by)
    held = people.person(person_id)
    wanted = rules.letters_of(letters)
    if len(wanted) != 1 or wanted[0] not in rules.letters_of(held.credentials):
        raise NotTheirLetters
    with transaction.atomic():
        Licence.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            letters=wanted[0],
            state=state.strip().upper()[:2],
            ends_on=ends_on,
            recorded_at=at,
            recorded_by_id=account,
        )
        audit.record(
            by=by,
            at=at,
            event="treatment.licence.recorded",
            subject_kind="person",
            subject_id=person_id,
        )
