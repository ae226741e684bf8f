from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min

from homeground.audit.models import Entry, Head, Purge
from homeground.audit.rules import Fault


@dataclass(frozen=True, slots=True)
class Chain:
    """How far an organization's audit trail holds. `broken_at` is the first number that does not fit.

    `last` and `hash` are the end of the chain: noted down elsewhere, they prove later that nobody wrote
    the whole chain anew.
    """

    entries: int
    broken_at: int | None
    fault: Fault | None = None
    last: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened a part of a patient's record: when, whose account, as what, and which event."""

    at: datetime
    account_id: UUID | None
    person_id: UUID | None
    roles: str
    event: str


def looks_at(patient_id: UUID, *, limit: int) -> tuple[Look, ...]:
    """Who looked at a patient's record, the latest first, at most `limit`. One statement."""
    rows = Entry.objects.filter(patient_id=patient_id, event__endswith=".read").order_by("-at", "-id")
    return tuple(
        Look(*row) for row in rows.values_list("at", "account_id", "person_id", "roles", "event")[:limit]
    )


@dataclass(frozen=True, slots=True)
class Openings:
    """How often one person opened one record in a span of time. `subject_id` is a patient or a person."""

    reader_id: UUID
    roles: str
    subject_id: UUID
    times: int
    first_at: datetime
    last_at: datetime


def openings(since: datetime, until: datetime) -> tuple[Openings, ...]:
    """Who opened whose record between two moments, by reader and record. One statement."""
    rows = Entry.objects.filter(
        at__gte=since,
        at__lt=until,
        event__endswith=".read",
        person_id__isnull=False,
        patient_id__isnull=False,
    )
    grouped = rows.values_list("person_id", "roles", "patient_id").annotate(Count("id"), Min("at"), Max("at"))
    return tuple(Openings(*row) for row in grouped.order_by("person_id", "patient_id"))


_LINKS = """
select number, previous_hash, hash, audit_digest(e, previous_hash)
  from audit_entry e where organization_id = %s order by number
"""


def verify(organization_id: UUID) -> Chain:
    """Recompute the whole chain of an organization, from its beginning or its last purge.

    Reports an altered, removed, reordered or inserted entry, and a tail that was cut off, at the
    first number where the trail departs from what was written.
    """
    head = Head.objects.filter(organization_id=organization_id).first()
    purged = Purge.objects.filter(organization_id=organization_id).order_by("-through").first()
    start, previous = (purged.through, purged.hash) if purged else (0, "")
    expected = start + 1
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, [organization_id])
        for number, previous_hash, digest, recomputed in cursor:
            fault = _fault(number, expected, previous_hash == previous, digest == recomputed)
            if fault is not None:
                return Chain(expected - 1 - start, expected, fault)
            expected, previous = expected + 1, digest
    if purged and not _told(organization_id, purged):
        return Chain(0, start + 1, Fault.REMOVED)
    if not ((head.number, head.hash) == (expected - 1, previous) if head else expected == 1):
        return Chain(expected - 1 - start, expected, Fault.CUT_OFF)
    return Chain(expected - 1 - start, None, None, expected - 1, previous)


def links(organization_id: UUID, number: int, digest: str) -> bool:
    """Whether the entry of this number still carries the hash that was noted down before."""
    return Entry.objects.filter(organization_id=organization_id, number=number, hash=digest).exists()


def _fault(number: int, expected: int, follows: bool, untouched: bool) -> Fault | None:
    if number != expected:
        return Fault.REMOVED
    if not follows:
        return Fault.REORDERED
    return None if untouched else Fault.ALTERED


def _told(organization_id: UUID, purged: Purge) -> bool:
    """A purge without its entry in the chain is a removal."""
    return Entry.objects.filter(
        organization_id=organization_id,
        event="audit.trail.purged",
        facts__through=purged.through,
        facts__hash=purged.hash,
    ).exists()
