"""Shapes of what staff enter about a stay."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.chart.rules import DischargeReason
from homeground.chart.words import REASONS
from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.ground.ui.widgets import ChoiceCards

_END_WITHIN = timedelta(days=366)


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


class DischargeForm(forms.Form):
    """The last day of a stay, and why it ends."""

    last_day = DateEntry(label=_("Last day"), help_text=_("The stay ends when this day is over."))
    reason = forms.TypedChoiceField(
        label=_("Why it ends"),
        coerce=DischargeReason,
        choices=[("", _("Choose a reason")), *((each.value, words) for each, words in REASONS.items())],
        help_text=_(
            "A positive test or a return to use is never a reason by itself: review the plan and the level"
            " of care first."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> date:
        """Within a year of today, either way."""
        last_day: date = self.cleaned_data["last_day"]
        if abs(last_day - self.today) > _END_WITHIN:
            raise forms.ValidationError(_("The last day lies within a year of today."), code="last_day")
        return last_day
