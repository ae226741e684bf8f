"""What other rooms and our pages may ask about the timetable. Everything returned is frozen."""

from homeground.timetable.queries.appointments import (
    TALK,
    AppointmentFacts,
    Attendee,
    Leader,
    PatientAppointment,
    Planned,
    Roster,
    appointments_between,
    patient_week,
    roster,
    rosters,
)
from homeground.timetable.queries.clashes import Clash, clashes
from homeground.timetable.queries.fit import fit, fit_for
from homeground.timetable.queries.groups import (
    GroupWithSeats,
    HeldSeat,
    HourWithPerson,
    Member,
    counselor_hours,
    episode_of_talk,
    group_of_seat,
    group_plan,
    groups_with_seats,
    held_seats,
    leads,
    members,
    seats_of,
)
from homeground.timetable.queries.make_up import OpenAppointment, open_for_make_up, open_for_make_ups
from homeground.timetable.queries.obligations import (
    NoContactFacts,
    ObligationFacts,
    PersonWeek,
    busy_of,
    no_contacts,
)
from homeground.timetable.queries.repair import AwayFacts, Proposal, away_between, proposal
from homeground.timetable.queries.taper import TaperBase, taper_base
from homeground.timetable.queries.waiting import (
    Kept,
    WaitingPerson,
    episode_of_hold,
    kept_for,
    waiting_list,
    waits,
)
from homeground.timetable.rules.clinic import OpenGroup
from homeground.timetable.rules.counselor import CounselorMeeting
from homeground.timetable.rules.fit import Change, FitAnswer, Offer, Stands
from homeground.timetable.rules.week import Meeting

__all__ = [
    "taper_base",
    "TaperBase",
    "proposal",
    "away_between",
    "Proposal",
    "AwayFacts",
    "waits",
    "waiting_list",
    "kept_for",
    "episode_of_hold",
    "WaitingPerson",
    "Kept",
    "TALK",
    "AppointmentFacts",
    "Attendee",
    "Change",
    "Clash",
    "CounselorMeeting",
    "FitAnswer",
    "GroupWithSeats",
    "HeldSeat",
    "HourWithPerson",
    "Leader",
    "Meeting",
    "Member",
    "NoContactFacts",
    "ObligationFacts",
    "Offer",
    "OpenAppointment",
    "OpenGroup",
    "PatientAppointment",
    "PersonWeek",
    "Planned",
    "Roster",
    "Stands",
    "appointments_between",
    "busy_of",
    "clashes",
    "counselor_hours",
    "episode_of_talk",
    "fit",
    "fit_for",
    "group_plan",
    "group_of_seat",
    "groups_with_seats",
    "held_seats",
    "leads",
    "members",
    "no_contacts",
    "open_for_make_up",
    "open_for_make_ups",
    "patient_week",
    "roster",
    "rosters",
    "seats_of",
]
