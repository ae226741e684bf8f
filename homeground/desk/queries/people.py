from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality.rules.need import WITH_EVERYBODY
from homeground.confidentiality.rules.vocabulary import Category
from homeground.ground.actor import Actor
from homeground.people.roles import Role
from homeground.timetable import queries as timetable
from homeground.timetable.queries.caseload import patients_of
from homeground.timetable.queries.expected import groups_of
from homeground.timetable.queries.wishes import WaitingWish, waiting_wishes
from homeground.treatment import queries as treatment
from homeground.treatment.rules.ledger import Hours

PER_PAGE = 25
AHEAD = timedelta(days=14)


class NotHere(Exception):
    """No patient with an open stay by this id in the organization in scope."""


@dataclass(frozen=True, slots=True)
class People:
    """One page of the people in treatment, by name."""

    rows: tuple[chart.EpisodeFacts, ...]
    total: int
    number: int
    search: str = field(repr=False)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def next(self) -> int:
        """The number of the next page, 0 on the last."""
        return self.number + 1 if self.number < self.pages else 0

    @property
    def previous(self) -> int:
        """The number of the page before, 0 on the first."""
        return self.number - 1


def people(at: datetime, zone: str, actor: Actor, *, search: str = "", number: int = 1) -> People:
    """People with an open stay whose shown name or number holds the search text. One statement.

    Who works with a few sees those few: a group facilitator the people of their groups, in two statements.
    """
    on = at.astimezone(ZoneInfo(zone)).date()
    found = chart.admitted_on(on)
    if not actor.has(*WITH_EVERYBODY, Role.COUNSELOR):
        own = patients_of(actor.person_id, on) if actor.person_id else frozenset()
        found = tuple(row for row in found if row.patient.patient_id in own)
    words = search.casefold().split()
    rows = [
        row for row in found if all(w in f"{row.patient.name} {row.patient.number}".casefold() for w in words)
    ]
    first = (number - 1) * PER_PAGE
    return People(rows=tuple(rows[first : first + PER_PAGE]), total=len(rows), number=number, search=search)


@dataclass(frozen=True, slots=True)
class PatientPage:
    """A patient's page for staff; parts the decision does not give are None or empty."""

    episode: chart.EpisodeFacts
    level: str
    hours: Hours | None
    appointments: tuple[timetable.PatientAppointment, ...]
    groups: tuple[str, ...]
    wishes: tuple[WaitingWish, ...]


def patient_page(patient_id: UUID, parts: frozenset[str], at: datetime, zone: str) -> PatientPage:
    """What of the patient's page stands in these parts of the record. Raises NotHere."""
    on = at.astimezone(ZoneInfo(zone)).date()
    episode = chart.open_episode(patient_id, on)
    if episode is None:
        raise NotHere
    when = Category.APPOINTMENTS in parts
    return PatientPage(
        episode=episode,
        level=episode.level if Category.LEVEL_OF_CARE in parts else "",
        hours=treatment.hours_in(episode, on) if Category.ATTENDANCE in parts else None,
        appointments=timetable.patient_week(patient_id, at, at + AHEAD) if when else (),
        groups=groups_of(episode.id, on) if when else (),
        wishes=waiting_wishes(patient_id) if when else (),
    )
