from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.front_door.actions.limit import take_turn
from homeground.front_door.models import HelpRequest
from homeground.front_door.queries.weeks import running_group
from homeground.front_door.rules.allowance import HELP
from homeground.ground import envelope, outbox
from homeground.ground.actor import Actor
from homeground.ground.ids import uuid7
from homeground.ground.seal import Key
from homeground.program import queries as program
from homeground.program.rules.opening import call_back_by

_TABLE = HelpRequest._meta.db_table


class AlreadyReceived(Exception):
    """The same form was sent before: the request is here, and nothing was written twice."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a guest told us. Names, contact and message never appear in its repr.

    `contact_kind` is phone, text or email; `contact` a number in E.164 or an address. The three answers about
    safe contact have no default: whoever asks must have been asked (check B01).
    """

    alias: str = field(repr=False)
    contact_kind: str
    contact: str = field(repr=False)
    for_someone_else: bool
    may_leave_message: bool
    may_text: bool
    may_name_us: bool
    language: str
    once: UUID
    good_hours: str = field(default="", repr=False)
    message: str = field(default="", repr=False)
    wanted_group_id: UUID | None = None


def receive_request(*, asking: Asking, zone: ZoneInfo, by: Actor, at: datetime) -> datetime:
    """Take in a request for help and give the moment (UTC) by which someone will have called back.

    Runs in the public channel, which may only add: what the guest wrote is sealed with a key of this
    request's own, made here because none can be looked for. `zone` is the clinic's. Raises TooManyTries, or
    AlreadyReceived when `asking.once` was used before.
    """
    promised_at = call_back_by(at, program.openings(), zone)
    wanted = running_group(asking.wanted_group_id, at.astimezone(zone).date())
    row = uuid7()
    with transaction.atomic():
        take_turn(form="help", allowance=HELP, by=by, at=at)
        key = envelope.make_key(subject_id=row, by=by, at=at)
        _add(
            key,
            HelpRequest(
                id=row,
                organization_id=by.organization_id,
                alias=asking.alias,
                contact_kind=asking.contact_kind,
                sealed_contact=key.close(asking.contact, table=_TABLE, row=row, column="sealed_contact"),
                sealed_message=key.close(asking.message, table=_TABLE, row=row, column="sealed_message"),
                for_someone_else=asking.for_someone_else,
                may_leave_message=asking.may_leave_message,
                may_text=asking.may_text,
                may_name_us=asking.may_name_us,
                good_hours=asking.good_hours,
                language=asking.language,
                received_at=at,
                promised_at=promised_at,
                wanted_group_id=asking.wanted_group_id if wanted else None,
                once=asking.once,
            ),
        )
        audit.record(
            by=by,
            at=at,
            event="front_door.request.received",
            subject_kind="help_request",
            subject_id=row,
            facts={"contact_kind": asking.contact_kind, "for_someone_else": asking.for_someone_else},
        )
        outbox.tell(event="front_door.request.received", subject_id=row, by=by, at=at)
    return promised_at


def _add(key: Key, request: HelpRequest) -> None:
    """Insert; a visitor may not read what is there, so only the database can tell a repetition."""
    try:
        with transaction.atomic(), envelope.at_hand({request.pk: key}):
            request.save(force_insert=True)
    except IntegrityError as refused:
        if "front_door_request_once" in str(refused):
            raise AlreadyReceived from None
        raise
