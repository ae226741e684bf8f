"""One list of what is due, for the page, the home page's count and `./run due`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.queries import Owed
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.plan import queries as plan
from homeground.treatment.queries.attempts import service_days


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due on a day. `own` says whether it is one counselor's people only.

    `privacy` are rights, reviews, breaches and notices; `names` of the persons they are about and
    whose work they are; `charts` of those with an open stay, by person.
    """

    on: date
    rows: tuple[plan.Due, ...]
    own: bool
    privacy: tuple[Owed, ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict, repr=False)
    charts: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def late_privacy(self) -> tuple[Owed, ...]:
        """What of the privacy side is overdue."""
        return tuple(each for each in self.privacy if each.late)

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
    """What every open stay owes, or the stays of one counselor. About a dozen statements.

    Of the privacy side a counselor sees the requests they look after and their own people's missing notices.
    """
    on = at.astimezone(ZoneInfo(zone)).date()
    staying = chart.admitted_on(on)
    services = service_days([each.patient.patient_id for each in staying], zone)
    rows = (*plan.due(on, at, services=services, stays=staying), *plan.due_after(on, at))
    rows = tuple(sorted(rows, key=lambda row: (row.deadline.due_on, row.name, row.deadline.kind)))
    if counselor_id is not None:
        rows = tuple(row for row in rows if row.counselor_id == counselor_id)
    privacy = _privacy(at, zone, staying, counselor_id)
    charts = {stay.patient.person_id: stay.patient.patient_id for stay in staying}
    about = {id for each in privacy for id in (each.person_id, each.owner_id) if id}
    names = {key: who.name for key, who in people.persons(about).items()} if about else {}
    return DueList(
        on=on, rows=rows, own=counselor_id is not None, privacy=privacy, names=names, charts=charts
    )


def _privacy(
    at: datetime, zone: str, stays: tuple[chart.EpisodeFacts, ...], counselor_id: UUID | None
) -> tuple[Owed, ...]:
    if counselor_id is not None:
        stays = tuple(stay for stay in stays if stay.counselor_id == counselor_id)
    admitted = [(stay.patient.person_id, stay.starts_on) for stay in stays]
    carers = {stay.patient.person_id: stay.counselor_id for stay in stays if stay.counselor_id}
    found = confidentiality.owed(at, zone, admitted, carers)
    if counselor_id is None:
        return found
    return tuple(each for each in found if each.kind == "notice" or each.owner_id == counselor_id)


def own_people(actor: Actor) -> UUID | None:
    """Whose people a clinician sees first: a counselor their own, a director everybody's."""
    return None if actor.has(Role.DIRECTOR) else actor.person_id
