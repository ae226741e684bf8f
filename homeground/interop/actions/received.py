"""A record that somebody sent us is kept sealed, with the notice that came with it (check B18)."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground import envelope
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.interop.models import ReceivedRecord
from homeground.interop.queries.received import TABLE, ReceivedNotHere, one_received
from homeground.interop.rules.packet import digest
from homeground.interop.rules.reading import BadRecord, ReadRecord, read_record
from homeground.interop.rules.received import Media, Way, media_of, notice_in
from homeground.people import queries as people

_FLAGS = frozenset({"42CFRPart2"})


class NotKept(Exception):
    """The file is empty, or neither a PDF nor text."""


class ReceivedBefore(Exception):
    """The very same file was received about this person before."""


class SenderMissing(Exception):
    """Who sent it is written down: it is theirs to be asked about."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What came: the file, who sent it, what it is, and the notice as staff read it on the paper."""

    body: bytes = field(repr=False)
    sender: str = field(repr=False)
    what: str = field(repr=False)
    notice: str = field(default="", repr=False)
    part2: bool = False


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A received record before somebody's eyes. `record` is set when it came in the published format."""

    id: UUID
    person_id: UUID
    received_on: date
    under_notice: bool
    media: Media
    sender: str = field(repr=False)
    what: str = field(repr=False)
    notice: str = field(repr=False)
    body: bytes = field(repr=False)
    record: ReadRecord | None = field(repr=False)


def receive_record(
    *, person_id: UUID, paper: Paper, came_by: Way, received_on: date, by: Actor, at: datetime
) -> UUID:
    """Keep a record about a person that somebody else sent. Returns its id.

    The notice is what staff read on the paper, or what the file itself says. With one, or with a mark of part
    2 in the file, or when staff say that it comes from a part 2 program, it is under notice: the decision
    then treats it as another program's part 2 record (42 CFR 2.12(d)(2), 2.32). `received_on` is the clinic's
    day. Raises PersonNotHere, NotKept, SenderMissing, ReceivedBefore, envelope.Shredded.
    """
    record = _as_record(paper.body)
    media = media_of(paper.body, is_record=record is not None)
    if media is None:
        raise NotKept
    sender = paper.sender.strip() or (record.content.sender if record else "")
    if not sender:
        raise SenderMissing
    notice = paper.notice.strip() or _notice(paper.body, media, record)
    marked = record is not None and bool(_FLAGS & set(record.content.marks))
    under_notice = bool(notice) or marked or paper.part2
    with transaction.atomic():
        people.require_person(person_id)
        found = digest(paper.body)
        if ReceivedRecord.objects.filter(person_id=person_id, digest=found).exists():
            raise ReceivedBefore
        row, key = uuid7(), envelope.key_for(subject_id=person_id, by=by, at=at)
        about = json.dumps({"sender": sender, "what": paper.what.strip(), "notice": notice})
        content = base64.b64encode(paper.body).decode()
        ReceivedRecord.objects.create(
            id=row,
            organization_id=by.organization_id,
            person_id=person_id,
            received_on=received_on,
            came_by=came_by.value,
            under_notice=under_notice,
            media=media.value,
            digest=found,
            sealed_about=key.close(about, table=TABLE, row=row, column="sealed_about"),
            sealed_content=key.close(content, table=TABLE, row=row, column="sealed_content"),
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        _told("kept", row, person_id, by, at, {"media": media.value, "under_notice": under_notice})
    return row


def open_received(*, received_id: UUID, by: Actor, at: datetime) -> OpenedRecord:
    """A received record, unsealed; the look is part of the person's record.

    Raises ReceivedNotHere, envelope.Shredded, envelope.NoKey.
    """
    with transaction.atomic():
        row = ReceivedRecord.objects.filter(pk=received_id).first()
        if row is None:
            raise ReceivedNotHere
        key = envelope.key_of(row.person_id)
        known = one_received(row, key)
        content = key.unseal(row.sealed_content, table=TABLE, row=row.pk, column="sealed_content")
        body = base64.b64decode(content)
        _told("read", row.pk, row.person_id, by, at, {})
    return OpenedRecord(
        id=row.pk,
        person_id=row.person_id,
        received_on=row.received_on,
        under_notice=row.under_notice,
        media=Media(row.media),
        sender=known.sender,
        what=known.what,
        notice=known.notice,
        body=body,
        record=_as_record(body) if row.media == Media.RECORD else None,
    )


def _as_record(body: bytes) -> ReadRecord | None:
    try:
        return read_record(body.decode())
    except (BadRecord, UnicodeDecodeError):
        return None


def _notice(body: bytes, media: Media, record: ReadRecord | None) -> str:
    if record is not None:
        return record.content.notice
    return notice_in(body.decode()) if media is Media.TEXT else ""


def _told(
    verb: str, row: UUID, person_id: UUID, by: Actor, at: datetime, facts: dict[str, str | int | bool | None]
) -> None:
    patient = chart.patient_of_person(person_id)
    audit.record(
        by=by,
        at=at,
        event=f"interop.received_record.{verb}",
        subject_kind="received_record",
        subject_id=row,
        patient_id=patient.patient_id if patient else None,
        facts=facts,
    )
