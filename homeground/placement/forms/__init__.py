"""Shapes of what staff enter: screenings, questionnaires, critical answers."""

from homeground.placement.forms.critical import DoneForm, OnCallForm
from homeground.placement.forms.measures import BringForm, MeasureSettingForm, SendForm
from homeground.placement.forms.screening import (
    AdmissionForm,
    DecisionForm,
    FactsForm,
    RatingsForm,
    RedFlagsForm,
)

__all__ = [
    "AdmissionForm",
    "BringForm",
    "DecisionForm",
    "DoneForm",
    "FactsForm",
    "MeasureSettingForm",
    "OnCallForm",
    "RatingsForm",
    "RedFlagsForm",
    "SendForm",
]
