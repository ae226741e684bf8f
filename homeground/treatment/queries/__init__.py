"""What other rooms and our pages may ask about sessions held, attendance and hours. All frozen."""

from homeground.timetable.queries.expected import Meeting
from homeground.treatment.queries.follow_up import (
    BelowFloor,
    CallOwed,
    SheetOfToday,
    below_floor,
    calls_today,
    sheets_between,
    sheets_due,
)
from homeground.treatment.queries.hours import (
    Ledger,
    NotAdmitted,
    PatientHours,
    hours_in,
    hours_of,
    week_of_everyone,
    weeks_of,
)
from homeground.treatment.queries.sheet import SEES_EVERY_SHEET, Sheet, SheetNotHere, SheetRow, sheet

__all__ = [
    "SEES_EVERY_SHEET",
    "BelowFloor",
    "CallOwed",
    "Ledger",
    "Meeting",
    "NotAdmitted",
    "PatientHours",
    "Sheet",
    "SheetNotHere",
    "SheetOfToday",
    "SheetRow",
    "below_floor",
    "calls_today",
    "hours_in",
    "hours_of",
    "sheet",
    "sheets_between",
    "sheets_due",
    "week_of_everyone",
    "weeks_of",
]
