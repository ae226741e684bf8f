from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from homeground.audit.models import Head


@dataclass(frozen=True, slots=True)
class Chain:
    """How far an organization's audit trail holds. `broken_at` is the first number that does not fit."""

    entries: int
    broken_at: int | None


_LINKS = """
select number, previous_hash, hash, audit_digest(e, previous_hash)
  from audit_entry e where organization_id = %s order by number
"""


def verify(organization_id: UUID) -> Chain:
    """Recompute the whole chain of an organization.

    Reports an altered, removed, reordered or inserted entry, and a tail that was cut off, at the
    first number where the trail departs from what was written.
    """
    head = Head.objects.filter(organization_id=organization_id).first()
    expected, previous = 1, ""
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, [organization_id])
        for number, previous_hash, digest, recomputed in cursor:
            if number != expected or previous_hash != previous or digest != recomputed:
                return Chain(entries=expected - 1, broken_at=expected)
            expected, previous = expected + 1, digest
    complete = (head is None and expected == 1) or (
        head is not None and head.number == expected - 1 and head.hash == previous
    )
    return Chain(entries=expected - 1, broken_at=None if complete else expected)
