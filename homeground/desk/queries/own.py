from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.interop import queries as interop
from homeground.people import queries as people
from homeground.timetable import queries as timetable
from homeground.timetable.queries.wishes import WaitingWish, waiting_wishes
from homeground.treatment import queries as treatment
from homeground.treatment.rules.ledger import Hours

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Own:
    """A patient's own page: what comes next and how far the week is, in words anyone may overlook.

    `changed` says that their times were changed and they have not said that they saw it; `consent_ends`, that
    something they said yes to ends soon. `appointments` are
    those of the next two weeks that have not ended, cancelled ones included so that nobody comes in vain.
    """

    patient_id: UUID
    name: str = field(repr=False)
    appointments: tuple[timetable.PatientAppointment, ...]
    hours: Hours | None
    has_calendar: bool
    wishes: tuple[WaitingWish, ...]
    changed: bool
    consent_ends: bool

    @property
    def next(self) -> timetable.PatientAppointment | None:
        """The next appointment that will be held."""
        return next((each for each in self.appointments if not each.appointment.cancelled), None)


class NoChart(Exception):
    """The account's person is no patient here."""


def own(person_id: UUID, at: datetime, zone: str) -> Own:
    """A patient's own page. Constant statements. Raises NoChart."""
    on = at.astimezone(ZoneInfo(zone)).date()
    stay = chart.open_episode_of_person(person_id, on)
    # After a stay has ended the page still helps: it just has no hours.
    patient = stay.patient if stay else chart.patient_of_person(person_id)
    if patient is None:
        raise NoChart
    notices = people.notices_of(person_id)
    return Own(
        patient_id=patient.patient_id,
        name=patient.name,
        appointments=timetable.patient_week(patient.patient_id, at, at + AHEAD),
        hours=treatment.hours_in(stay, on) if stay else None,
        has_calendar=interop.has_feed(patient.patient_id),
        wishes=waiting_wishes(patient.patient_id),
        changed="week" in notices,
        consent_ends="privacy" in notices,
    )
