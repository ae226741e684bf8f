"""One list of what is due, for the page, the home page's count and `./run due`."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.ground.actor import Actor
from homeground.people.roles import Role
from homeground.plan import queries as plan


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due on a day. `own` says whether it is one counselor's people only."""

    on: date
    rows: tuple[plan.Due, ...]
    own: bool

    @property
    def pressing(self) -> tuple[plan.Due, ...]:
        """What is overdue or ends today."""
        return plan.pressing(self.rows)

    @property
    def later(self) -> tuple[plan.Due, ...]:
        """What is still in time."""
        now = {id(row) for row in self.pressing}
        return tuple(row for row in self.rows if id(row) not in now)


def due_list(at: datetime, zone: str, counselor_id: UUID | None = None) -> DueList:
    """What every open stay owes, or the stays of one counselor. About a dozen statements."""
    on = at.astimezone(ZoneInfo(zone)).date()
    rows = plan.due(on, at)
    if counselor_id is not None:
        rows = tuple(row for row in rows if row.counselor_id == counselor_id)
    return DueList(on=on, rows=rows, own=counselor_id is not None)


def own_people(actor: Actor) -> UUID | None:
    """Whose people a clinician sees first: a counselor their own, a director everybody's."""
    return None if actor.has(Role.DIRECTOR) else actor.person_id
