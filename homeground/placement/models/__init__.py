"""The tables of this room: screenings and the decision upon them, questionnaires and their answers."""

from homeground.placement.models.instruments import ClinicInstrument, InstrumentRetirement, MeasureSetting
from homeground.placement.models.measures import (
    Administration,
    CriticalAnswer,
    Dismissal,
    MeasureAnswer,
    MeasureLink,
    MeasureMessage,
    MeasureScore,
    Packet,
)
from homeground.placement.models.on_call import CriticalNotice, Disposition, OnCall
from homeground.placement.models.screenings import Decision, DomainRating, Fact, RedFlag, Screening

__all__ = [
    "Administration",
    "ClinicInstrument",
    "CriticalAnswer",
    "CriticalNotice",
    "Decision",
    "Dismissal",
    "Disposition",
    "DomainRating",
    "Fact",
    "InstrumentRetirement",
    "MeasureAnswer",
    "MeasureLink",
    "MeasureMessage",
    "MeasureScore",
    "MeasureSetting",
    "OnCall",
    "Packet",
    "RedFlag",
    "Screening",
]
