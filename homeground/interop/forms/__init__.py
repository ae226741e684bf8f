"""The shape of what the desk for requests from outside is told."""

from homeground.interop.forms.desk import (
    AgreementForm,
    EmergencyForm,
    FactsForm,
    IdentityForm,
    NewForm,
    SendingForm,
)
from homeground.interop.forms.notes import NotesForm
from homeground.interop.forms.order import OrderForm
from homeground.interop.forms.public import AskForm
from homeground.interop.forms.received import ReceivedForm

__all__ = [
    "AgreementForm",
    "AskForm",
    "EmergencyForm",
    "FactsForm",
    "IdentityForm",
    "NewForm",
    "NotesForm",
    "OrderForm",
    "ReceivedForm",
    "SendingForm",
]
