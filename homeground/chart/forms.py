"""Shapes of what staff enter about a stay."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.ground.ui.widgets import ChoiceCards


class ConsentForm(forms.Form):
    """A consent to treat as it was signed, in the clinic's time."""

    method = forms.ChoiceField(
        label=_("How was it given?"),
        choices=[("paper", _("On paper")), ("screen", _("On a screen")), ("phone", _("By phone"))],
        widget=ChoiceCards(across=True),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=[("en", _("English")), ("es", _("Spanish"))]
    )
    signed_on = DateEntry(label=_("Day"))
    signed_time = TimeEntry(label=_("Time"))
