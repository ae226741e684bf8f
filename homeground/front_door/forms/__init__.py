"""Shapes of what guests and staff send. Nothing here decides or writes."""

from homeground.front_door.forms.asking import HelpForm
from homeground.front_door.forms.check import CheckForm
from homeground.front_door.forms.desk import BeginForm, CallForm, ClosingForm
from homeground.front_door.forms.find import FindForm, PlacesForm
from homeground.front_door.forms.fit import FitForm

__all__ = [
    "BeginForm",
    "CallForm",
    "CheckForm",
    "ClosingForm",
    "FindForm",
    "FitForm",
    "HelpForm",
    "PlacesForm",
]
