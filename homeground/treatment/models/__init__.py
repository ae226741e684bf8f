"""Sessions held, who was there, and what follows from it."""

from homeground.treatment.models.attendance import Attendance, Outreach, Session, ShortWeek
from homeground.treatment.models.private_note import PrivateNote

__all__ = ["Attendance", "Outreach", "PrivateNote", "Session", "ShortWeek"]
