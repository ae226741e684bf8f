from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeground.interop.models import Release


class ReleaseNotHere(Exception):
    """No such packet in the organization in scope."""


@dataclass(frozen=True, slots=True)
class Released:
    """One packet that left or was handed out. Its content is sealed and not in here."""

    id: UUID
    person_id: UUID
    kind: str
    format: str
    digest: str
    made_at: datetime
    disclosure_id: UUID | None
    made_by_id: UUID


def release(release_id: UUID) -> Released:
    """One packet. One statement. Raises ReleaseNotHere."""
    row = Release.objects.filter(pk=release_id).first()
    if row is None:
        raise ReleaseNotHere
    return Released(
        row.pk,
        row.person_id,
        row.kind,
        row.format,
        row.digest,
        row.made_at,
        row.disclosure_id,
        row.made_by_id,
    )
