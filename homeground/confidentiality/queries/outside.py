"""What the desk for requests from outside asks beside its lists."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from homeground.confidentiality.models import Agreement, OutsideRequest
from homeground.confidentiality.queries.desk import Asked, outside_request


def held_request(request_id: UUID, on: date) -> Asked:
    """A request that nobody else changes before the transaction ends. Two statements.

    Raises RequestNotHere.
    """
    OutsideRequest.objects.select_for_update().filter(pk=request_id).first()
    return outside_request(request_id, on)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A written agreement (checks F29, F30). `in_force` on the day asked for."""

    id: UUID
    kind: str
    party: str
    reference: str
    starts_on: date
    ends_on: date | None
    in_force: bool


def agreements(on: date) -> tuple[Agreed, ...]:
    """All written agreements, by party. One statement."""
    return tuple(
        Agreed(
            id=row.pk,
            kind=row.kind,
            party=row.party,
            reference=row.reference,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            in_force=row.starts_on <= on and (row.ends_on is None or on < row.ends_on),
        )
        for row in Agreement.objects.order_by("party", "starts_on", "id")
    )
