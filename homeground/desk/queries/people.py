from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.asking import Decision
from homeground.confidentiality.rules.vocabulary import Category, Outcome
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
WITH_EVERYBODY = frozenset({Role.FRONT_DESK, Role.SCHEDULER, Role.BILLER, Role.DIRECTOR})
"""Roles whose work is with all people of the clinic; the others have people of their own."""
SHOWN = frozenset(
    {
        Category.PRESENCE,
        Category.STAY,
        Category.APPOINTMENTS,
        Category.ATTENDANCE,
        Category.LEVEL_OF_CARE,
    }
)
"""What the patient's page would show to who may see it all."""


class NotHere(Exception):
    """No patient with an open stay by this id in the organization in scope."""


class NotYours(Exception):
    """The decision gives this member of staff nothing of the record; `decision` says why.

    Emergency access (break-glass) would open it; `person_id` is whom it would be about.
    """

    def __init__(self, decision: Decision, person_id: UUID) -> None:
        super().__init__(", ".join(reason.card.id for reason in decision.reasons))
        self.decision = decision
        self.person_id = person_id


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
    decision: Decision
    hours: Hours | None
    appointments: tuple[timetable.PatientAppointment, ...]
    groups: tuple[str, ...]
    wishes: tuple[WaitingWish, ...]

    @property
    def level(self) -> str:
        """The level of care, empty for who may not see it."""
        return self.episode.level if self.decision.allows(Category.LEVEL_OF_CARE) else ""

    @property
    def on_caseload(self) -> bool:
        """False when the reader does not work with the patient: noted for the weekly review (check G11)."""
        return all(reason.card.id != "need.outside_caseload" for reason in self.decision.reasons)


def patient_page(patient_id: UUID, actor: Actor, at: datetime, zone: str) -> PatientPage:
    """Everything of the patient's page that this reader may see, in at most 20 statements.

    Raises NotHere, NotYours.
    """
    on = at.astimezone(ZoneInfo(zone)).date()
    episode = chart.open_episode(patient_id, on)
    if episode is None:
        raise NotHere
    found = sees(episode, actor, at, on)
    if found.outcome is Outcome.REFUSE:
        raise NotYours(found, episode.patient.person_id)
    return shown(episode, found, at, on)


def sees(episode: chart.EpisodeFacts, actor: Actor, at: datetime, on: date) -> Decision:
    """What a member of staff may see of a patient: by role, by their own people, by restrictions.

    One statement, two for who has people of their own and is not this patient's counselor.
    """
    mine = actor.person_id is not None and (
        actor.has(*WITH_EVERYBODY)
        or episode.counselor_id == actor.person_id
        or episode.patient.patient_id in patients_of(actor.person_id, on)
    )
    return confidential.decision_for_staff(
        person_id=episode.patient.person_id,
        asker_id=actor.person_id,
        account_id=actor.account_id,
        roles=actor.roles,
        categories=SHOWN,
        caseload=mine,
        labels=(),
        at=at,
    )


def shown(episode: chart.EpisodeFacts, found: Decision, at: datetime, on: date) -> PatientPage:
    """The parts of the page a decision gives."""
    when = found.allows(Category.APPOINTMENTS)
    patient_id = episode.patient.patient_id
    return PatientPage(
        episode=episode,
        decision=found,
        hours=treatment.hours_in(episode, on) if found.allows(Category.ATTENDANCE) else None,
        appointments=timetable.patient_week(patient_id, at, at + AHEAD) if when else (),
        groups=groups_of(episode.id, on) if when else (),
        wishes=waiting_wishes(patient_id) if when else (),
    )
