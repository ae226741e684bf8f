"""What people signed, asked for and were told, and everything that left the house."""

from homeground.confidentiality.models.breach import (
    Affected,
    Breach,
    BreakGlass,
    LookReview,
    RiskAssessment,
)
from homeground.confidentiality.models.consent import (
    Consent,
    NoticeAcknowledgement,
    Representative,
    Revocation,
)
from homeground.confidentiality.models.disclosure import Agreement, Disclosure, OutsideRequest
from homeground.confidentiality.models.proposal import EndingReminder, Proposal, SharingLink
from homeground.confidentiality.models.rights import (
    ConfidentialContact,
    PrivacyContact,
    Restriction,
    RightsRequest,
)

__all__ = [
    "Affected",
    "Agreement",
    "Breach",
    "BreakGlass",
    "ConfidentialContact",
    "Consent",
    "Disclosure",
    "EndingReminder",
    "LookReview",
    "NoticeAcknowledgement",
    "OutsideRequest",
    "PrivacyContact",
    "Proposal",
    "Representative",
    "Restriction",
    "Revocation",
    "RightsRequest",
    "RiskAssessment",
    "SharingLink",
]
