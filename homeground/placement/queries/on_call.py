"""Who answers critical answers at once, and when."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.placement.models import OnCall
from homeground.placement.queries.instruments import setting

LIMIT = 60


@dataclass(frozen=True, slots=True)
class Shift:
    """One time on call. `reachable`: a telephone number is known, so that a text can be sent."""

    id: UUID
    person_id: UUID
    name: str = field(repr=False)
    starts_at: datetime
    ends_at: datetime
    reachable: bool


def on_call(at: datetime) -> UUID | None:
    """Who answers at this moment: by the roster, else whom the clinic named for all other times (check H04).

    Nobody who has stopped working here. Up to three statements.
    """
    rows = OnCall.objects.filter(withdrawn_at=None, starts_at__lte=at, ends_at__gt=at)
    named = rows.values_list("person_id", flat=True).first() or setting().on_call_id
    if named is None:
        return None
    return named if named in {each.id for each in people.staff(CLINICIANS)} else None


def roster(at: datetime) -> tuple[Shift, ...]:
    """The times on call that are not over, the next first. Three statements."""
    rows = (
        OnCall.objects.filter(withdrawn_at=None, ends_at__gt=at)
        .select_related("person")
        .order_by("starts_at")[:LIMIT]
    )
    reach = people.contacts({row.person_id for row in rows})
    return tuple(
        Shift(
            id=row.pk,
            person_id=row.person_id,
            name=f"{row.person.called or row.person.given_name} {row.person.family_name}".strip(),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            reachable=bool(reach.get(row.person_id, people.Contact()).phone),
        )
        for row in rows
    )
