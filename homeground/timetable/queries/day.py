"""Which day it is for a clinic."""

from datetime import date, datetime
from uuid import UUID

from homeground.program import queries as program
from homeground.timetable.rules.occurrences import local_day


def clinic_day(organization_id: UUID, at: datetime) -> date:
    """The clinic's date at a moment; UTC when the organization is not in scope. One statement."""
    house = program.house(organization_id)
    return local_day(at, house.zone if house else "UTC")
