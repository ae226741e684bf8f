"""What other rooms and our pages may ask about the timetable. Everything returned is frozen."""

from homeground.timetable.queries.fit import fit
from homeground.timetable.rules.counselor import CounselorMeeting
from homeground.timetable.rules.fit import Change, FitAnswer, Offer, Stands
from homeground.timetable.rules.week import Meeting

__all__ = [
    "Change",
    "CounselorMeeting",
    "FitAnswer",
    "Meeting",
    "Offer",
    "Stands",
    "fit",
]
