"""What somebody worries about: taken in, given to a clinician, read, closed. Nothing goes back."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.front_door.actions.asking import AlreadyReceived
from homeground.front_door.actions.limit import take_turn
from homeground.front_door.models import Worry
from homeground.front_door.queries.worries import WorryNotHere, WorryPage, opened
from homeground.front_door.rules.allowance import WORRY
from homeground.ground import envelope, outbox
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.program import queries as program
from homeground.program.rules.opening import call_back_by

_TABLE = Worry._meta.db_table


def receive_worry(*, words: str, language: str, once: UUID, zone: ZoneInfo, by: Actor, at: datetime) -> None:
    """Take in what somebody worries about, sealed, without looking anybody up (42 CFR 2.13(c)).

    Runs in the public channel, which may only add: it could not tell whether a person is known if it wanted
    to. Raises TooManyTries, or AlreadyReceived when `once` was used before.
    """
    row = uuid7()
    with transaction.atomic():
        take_turn(form="worry", allowance=WORRY, by=by, at=at)
        key = envelope.make_key(subject_id=row, by=by, at=at)
        _add(
            Worry(
                id=row,
                organization_id=by.organization_id,
                sealed_words=key.close(words, table=_TABLE, row=row, column="sealed_words"),
                language=language,
                received_at=at,
                due_at=call_back_by(at, program.openings(), zone),
                once=once,
            )
        )
        audit.record(by=by, at=at, event="front_door.worry.received", subject_kind="worry", subject_id=row)
        outbox.tell(event="front_door.worry.received", subject_id=row, by=by, at=at)


def entrust_worry(*, worry_id: UUID, by: Actor, at: datetime) -> None:
    """Give a worry to a named person: the director, the first by name where there are several.

    Doing it again changes nothing; a clinic without a director leaves it on the list of all clinicians.
    """
    director = next(iter(people.staff([Role.DIRECTOR])), None)
    if director is None:
        return
    with transaction.atomic():
        if Worry.objects.filter(pk=worry_id, owner=None).update(owner_id=director.id):
            _told("entrusted", worry_id, by=by, at=at)


def read_worry(*, worry_id: UUID, by: Actor, at: datetime) -> WorryPage:
    """Open one with its words; looking is recorded. Raises WorryNotHere."""
    with transaction.atomic():
        page = opened(worry_id)
        _told("read", worry_id, by=by, at=at)
    return page


def close_worry(*, worry_id: UUID, by: Actor, at: datetime) -> None:
    """Somebody looked into it and did what was to be done. Raises WorryNotHere."""
    with transaction.atomic():
        rows = Worry.objects.filter(pk=worry_id, closed_at=None)
        if not rows.update(closed_at=at, closed_by_id=require_account(by)):
            raise WorryNotHere
        _told("closed", worry_id, by=by, at=at)


def _add(row: Worry) -> None:
    """Insert; a visitor may not read what is there, so only the database can tell a repetition."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refused:
        if "front_door_worry_once" in str(refused):
            raise AlreadyReceived from None
        raise


def _told(what: str, worry_id: UUID, *, by: Actor, at: datetime) -> None:
    audit.record(by=by, at=at, event=f"front_door.worry.{what}", subject_kind="worry", subject_id=worry_id)
