from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Min

from homeground.audit import rules
from homeground.audit.models import Entry
from homeground.ground.actor import Actor

type Fact = str | int | bool | None


def record(
    *,
    by: Actor,
    at: datetime,
    event: str,
    subject_kind: str,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    why: str = "",
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """Append one entry inside the caller's transaction: it stands or falls with the write it tells of.

    `event` begins with the room's name (`treatment.attendance.taken`). `facts` are codes, counts and
    ids; names and chart text do not belong here. `patient_id` is set whenever a patient's record was
    touched or read, so that a patient can be shown who looked.
    """
    Entry(
        organization_id=by.organization_id,
        at=at,
        account_id=by.account_id,
        person_id=by.person_id,
        roles=" ".join(sorted(by.roles)),
        event=event,
        subject_kind=subject_kind,
        subject_id=subject_id,
        patient_id=patient_id,
        address=by.address,
        why=why,
        facts=dict(facts or {}),
    ).save(force_insert=True)


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry of several tells; see `record` for the meaning of each part."""

    event: str
    subject_kind: str
    subject_id: UUID | None = None
    patient_id: UUID | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def record_all(*, notes: Sequence[Note], by: Actor, at: datetime) -> None:
    """Append one entry for each note, as `record` does, in one statement: an act that touches many people."""
    Entry.objects.bulk_create(
        Entry(
            organization_id=by.organization_id,
            at=at,
            account_id=by.account_id,
            person_id=by.person_id,
            roles=" ".join(sorted(by.roles)),
            event=note.event,
            subject_kind=note.subject_kind,
            subject_id=note.subject_id,
            patient_id=note.patient_id,
            address=by.address,
            facts=dict(note.facts),
        )
        for note in notes
    )


class RetentionNotOver(Exception):
    """The trail is kept for six years; nothing younger is removed."""


def purge(*, before: datetime, by: Actor, at: datetime) -> int:
    """Remove the entries of one organization written before `before`; the number removed.

    Only whole past: the chain is cut at the first entry that must stay and goes on from there, and the
    purge is itself an entry. Needs the rights of the database's owner (the command has them, the web has
    not). Raises RetentionNotOver (45 CFR 164.316(b)(2)(i); check G05); the database refuses it too.
    """
    if not rules.may_purge(before, at):
        raise RetentionNotOver
    linked = Entry.objects.filter(organization_id=by.organization_id, number__isnull=False)
    with transaction.atomic():
        first_kept = linked.filter(at__gte=before).aggregate(n=Min("number"))["n"]
        last = linked.aggregate(n=Max("number"))["n"] if first_kept is None else first_kept - 1
        link = linked.filter(number=last).first()
        if link is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute("select audit_forget(%s, %s, %s)", [by.organization_id, last, at])
            removed = int(cursor.fetchone()[0])
        record(
            by=by,
            at=at,
            event="audit.trail.purged",
            subject_kind="trail",
            facts={"through": link.number, "hash": link.hash, "removed": removed},
        )
    return removed
