from dataclasses import dataclass
from uuid import UUID

from homeground.program.models import Center, Organization
from homeground.program.rules.opening import Hours, Opening


@dataclass(frozen=True, slots=True)
class House:
    """What every page says about the clinic: who it is and how to reach it."""

    id: UUID
    name: str
    neutral_name: str
    phone: str
    zone: str


def house(organization_id: UUID) -> House | None:
    """One organization's public facts. One statement."""
    row = Organization.objects.filter(pk=organization_id).first()
    return _house(row) if row else None


def public_house(host: str) -> House | None:
    """The organization whose public site answers at this host name, else the one that answers everywhere."""
    rows = list(Organization.objects.filter(host__in=["", host]).order_by("-host", "founded_at")[:1])
    return _house(rows[0]) if rows else None


def _house(row: Organization) -> House:
    return House(id=row.pk, name=row.name, neutral_name=row.neutral_name, phone=row.phone, zone=row.zone)


def openings() -> tuple[Opening, ...]:
    """The opening hours and closed days of every center of the organization in scope. Three statements."""
    centers = Center.objects.prefetch_related("opening_hours", "closures").order_by("name")
    return tuple(
        Opening(
            hours=tuple(Hours(row.weekday, row.opens, row.closes) for row in center.opening_hours.all()),
            closed_on=frozenset(row.on for row in center.closures.all()),
        )
        for center in centers
    )
