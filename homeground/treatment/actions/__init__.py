"""What this room writes. Each action is one transaction with its audit entries."""

from homeground.treatment.actions.attendance import SheetRefused, Taken, take_attendance
from homeground.treatment.actions.outreach import CallNotHere, CallNotOwed, record_call
from homeground.treatment.actions.weeks import NotAWeek, NotShort, explain_short_week, read_hours

__all__ = [
    "CallNotHere",
    "CallNotOwed",
    "NotAWeek",
    "NotShort",
    "SheetRefused",
    "Taken",
    "explain_short_week",
    "read_hours",
    "record_call",
    "take_attendance",
]
