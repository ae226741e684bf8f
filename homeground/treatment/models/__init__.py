"""Sessions held, who was there, what was written about it, and what follows from it."""

from homeground.treatment.models.attendance import Attendance, Outreach, Session, ShortWeek
from homeground.treatment.models.note import Addendum, CoSignature, Note, SharedPart, Signature, Takeover
from homeground.treatment.models.private_note import PrivateNote

__all__ = [
    "Addendum",
    "Attendance",
    "CoSignature",
    "Note",
    "Outreach",
    "PrivateNote",
    "Session",
    "SharedPart",
    "ShortWeek",
    "Signature",
    "Takeover",
]
