"""The shape of what is typed into the desk's pages."""

from homeground.desk.forms.consents import ConsentForm, RepresentativeForm, SigningForm, StaffConsentForm
from homeground.desk.forms.own import RIGHTS, RightForm, WishForm

__all__ = [
    "RIGHTS",
    "ConsentForm",
    "RepresentativeForm",
    "RightForm",
    "SigningForm",
    "StaffConsentForm",
    "WishForm",
]
