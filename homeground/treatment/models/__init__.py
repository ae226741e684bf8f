"""Sessions held, who was there, what was written about it, and what follows from it."""

from homeground.treatment.models.attendance import Attendance, Outreach, Session, ShortWeek
from homeground.treatment.models.handout import Handout
from homeground.treatment.models.note import Addendum, CoSignature, Note, SharedPart, Signature, Takeover
from homeground.treatment.models.private_note import PrivateNote
from homeground.treatment.models.single import Discarded, Passage, SentBack
from homeground.treatment.models.supervision import Licence, Supervision

__all__ = [
    "Addendum",
    "Attendance",
    "CoSignature",
    "Discarded",
    "Handout",
    "Licence",
    "Note",
    "Outreach",
    "Passage",
    "PrivateNote",
    "SentBack",
    "Session",
    "SharedPart",
    "ShortWeek",
    "Signature",
    "Supervision",
    "Takeover",
]
