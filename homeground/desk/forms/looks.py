from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.looks import Finding
from homeground.ground.ui.widgets import ChoiceCards


class LookForm(forms.Form):
    """What came of asking why somebody opened a chart."""

    week_of = forms.DateField(widget=forms.HiddenInput())
    finding = forms.TypedChoiceField(
        label=_("What came of it?"),
        coerce=Finding,
        choices=[
            (Finding.EXPLAINED.value, _("There was a good reason")),
            (Finding.BREACH.value, _("There was none: record a breach")),
        ],
        widget=ChoiceCards(),
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("What they said, and what you found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write what you found.")},
    )

    def clean_week_of(self) -> date:
        """A Monday."""
        day: date = self.cleaned_data["week_of"]
        if day.weekday():
            raise forms.ValidationError(_("A week begins on a Monday."), code="week")
        return day
