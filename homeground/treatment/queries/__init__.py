"""What other rooms and our pages may ask about sessions held, attendance and hours. All frozen."""

from homeground.treatment.queries.hours import (
    Ledger,
    NotAdmitted,
    PatientHours,
    hours_of,
    week_of_everyone,
    weeks_of,
)
from homeground.treatment.queries.sheet import Sheet, SheetNotHere, SheetRow, sheet

__all__ = [
    "Ledger",
    "NotAdmitted",
    "PatientHours",
    "Sheet",
    "SheetNotHere",
    "SheetRow",
    "hours_of",
    "sheet",
    "week_of_everyone",
    "weeks_of",
]
