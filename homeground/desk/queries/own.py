from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.interop import queries as interop
from homeground.timetable import queries as timetable
from homeground.timetable.queries.wishes import WaitingWish, waiting_wishes
from homeground.treatment import queries as treatment
from homeground.treatment.rules.ledger import Hours

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Own:
    """A patient's own page: what comes next and how far the week is, in words anyone may overlook.

    `appointments` are those of the next two weeks that have not ended, cancelled ones included so
    that nobody comes in vain.
    """

    patient_id: UUID
    name: str = field(repr=False)
    appointments: tuple[timetable.PatientAppointment, ...]
    hours: Hours | None
    has_calendar: bool
    wishes: tuple[WaitingWish, ...]

    @property
    def next(self) -> timetable.PatientAppointment | None:
        """The next appointment that will be held."""
        return next((each for each in self.appointments if not each.appointment.cancelled), None)


def _hours(patient_id: UUID, on: date) -> Hours | None:
    """The week's hours, None before the stay begins and after it ended: the page still helps then."""
    try:
        return treatment.hours_of(patient_id, on)
    except treatment.NotAdmitted:
        return None


class NoChart(Exception):
    """The account's person is no patient here."""


def own(person_id: UUID, at: datetime, zone: str) -> Own:
    """A patient's own page. Constant statements. Raises NoChart."""
    patient = chart.patient_of_person(person_id)
    if patient is None:
        raise NoChart
    return Own(
        patient_id=patient.patient_id,
        name=patient.name,
        appointments=timetable.patient_week(patient.patient_id, at, at + AHEAD),
        hours=_hours(patient.patient_id, at.astimezone(ZoneInfo(zone)).date()),
        has_calendar=interop.has_feed(patient.patient_id),
        wishes=waiting_wishes(patient.patient_id),
    )
