"""The weekly template (groups, slots, seats) and the dated appointments made from it."""

from homeground.timetable.models.appointment import Appointment, Booking, Cancellation, Move
from homeground.timetable.models.away import Away
from homeground.timetable.models.design import (
    Candidate,
    Chosen,
    Dropped,
    Pinned,
    Placing,
    Scenario,
    Solving,
    SolvingPoint,
    Spared,
)
from homeground.timetable.models.group import CounselorHour, Group, Leading, Slot
from homeground.timetable.models.hold import Hold, Waiting
from homeground.timetable.models.obligation import Circumstances, NoContact, Obligation
from homeground.timetable.models.seat import CounselorSeat, Seat, SeatSlot
from homeground.timetable.models.wish import Wish

__all__ = [
    "Spared",
    "Pinned",
    "SolvingPoint",
    "Solving",
    "Scenario",
    "Placing",
    "Dropped",
    "Chosen",
    "Candidate",
    "Appointment",
    "Away",
    "Booking",
    "Cancellation",
    "Circumstances",
    "CounselorHour",
    "CounselorSeat",
    "Group",
    "Hold",
    "Leading",
    "Move",
    "NoContact",
    "Obligation",
    "Seat",
    "SeatSlot",
    "Slot",
    "Waiting",
    "Wish",
]
