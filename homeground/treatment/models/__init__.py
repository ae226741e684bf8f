"""Sessions held, who was there, and what follows from it."""

from homeground.treatment.models.attendance import Attendance, Outreach, Session, ShortWeek

__all__ = ["Attendance", "Outreach", "Session", "ShortWeek"]
