"""The golden thread of one objective: its problem, goal, wordings, reviews and the person's measures."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.chart import queries as chart
from homeground.confidentiality.rules.vocabulary import Category
from homeground.people import queries as people
from homeground.placement.queries.trends import Trend, trends
from homeground.plan import queries as plan
from homeground.timetable import queries as timetable
from homeground.treatment.queries.notes import notes_of

NOTES = 300


@dataclass(frozen=True, slots=True)
class Served:
    """A session whose signed note says it served the objective: when, what the note reads, who signed."""

    at: datetime
    words: str = field(repr=False)
    by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One objective from the assessment to the end of the stay, which is None while nobody has ended it.

    `patient` is None when the chart is not here any more.
    """

    patient: chart.PatientName | None
    thread: plan.Thread
    assessed_at: datetime | None
    ended: chart.DischargeFacts | None
    sessions: tuple[Served, ...]
    measures: tuple[Trend, ...]


def thread_page(objective_id: UUID, parts: frozenset[str], zone: str) -> ThreadPage:
    """The thread, with notes and measures where these parts of the record may be shown.

    Raises plan.queries.ObjectiveNotHere. At most nine statements.
    """
    found = plan.thread(objective_id)
    return ThreadPage(
        patient=chart.patient_name(found.patient_id),
        thread=found,
        assessed_at=plan.assessed_at(found.episode_id),
        ended=chart.discharge_of(found.episode_id),
        sessions=tuple(
            Served(note.row.starts_at, note.reads, ", ".join(each.name for each in note.signatures))
            for note in (notes_of(found.patient_id, limit=NOTES) if Category.PROGRESS_NOTES in parts else ())
            if objective_id in note.row.objectives
        ),
        measures=trends(found.patient_id, zone) if Category.SCREENING in parts else (),
    )


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """What a person takes home: the plan in force, the next two weeks, in their language."""

    name: str = field(repr=False)
    language: str
    version: plan.Version
    appointments: tuple[timetable.PatientAppointment, ...]


class NoPlan(Exception):
    """The patient has no open stay here, or no plan in force."""


def plan_copy(patient_id: UUID, at: datetime, until: datetime) -> PlanCopy:
    """The plain copy of a plan. Raises NoPlan."""
    stay = chart.open_episode(patient_id, at.date())
    current = plan.stay_plan(stay.id).current if stay else None
    if stay is None or current is None:
        raise NoPlan
    return PlanCopy(
        name=stay.patient.name,
        language=people.person(stay.patient.person_id).language,
        version=current,
        appointments=timetable.patient_week(patient_id, at, until),
    )
