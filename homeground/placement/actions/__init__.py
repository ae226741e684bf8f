"""What may be written about a screening, the decision upon it, and the admission that follows."""

from homeground.placement.actions.admission import LevelNotOffered, NotDecided, admit_screened
from homeground.placement.actions.screenings import (
    AlreadyDecided,
    NotAClinician,
    NotALevel,
    NotOurs,
    OverrideReasonMissing,
    ReasonMissing,
    RecommendationChanged,
    WithdrawalNotScreened,
    decide,
    open_screening,
    rate_domains,
    read_screening,
    record_facts,
    record_red_flags,
)

__all__ = [
    "AlreadyDecided",
    "LevelNotOffered",
    "NotAClinician",
    "NotALevel",
    "NotDecided",
    "NotOurs",
    "OverrideReasonMissing",
    "ReasonMissing",
    "RecommendationChanged",
    "WithdrawalNotScreened",
    "admit_screened",
    "decide",
    "open_screening",
    "rate_domains",
    "read_screening",
    "record_facts",
    "record_red_flags",
]
