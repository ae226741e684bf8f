"""A breach: what happened, how risky it is, who was told when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.forms import lines
from homeground.confidentiality.rules.clocks import Duty
from homeground.confidentiality.rules.incident import Factor, Rating, Weighed
from homeground.confidentiality.words import FACTORS, RATINGS
from homeground.ground.ui.fields import DateEntry
from homeground.ground.ui.widgets import ChoiceCards


class BreachForm(forms.Form):
    """Information got to where it must not be."""

    discovered_on = DateEntry(
        label=_("Day it was found out"), help_text=_("All clocks run from this day, known or not.")
    )
    happened_on = DateEntry(label=_("Day it happened"), required=False)
    description = forms.CharField(
        label=_("What happened"),
        help_text=_("What information, where it went, how it came about. No more names than needed."),
        max_length=2000,
        widget=lines(4),
    )
    people_count = forms.IntegerField(
        label=_("How many people it concerns"), min_value=1, max_value=1_000_000, initial=1
    )
    most_in_one_state = forms.IntegerField(
        label=_("Most of them in one state"), min_value=0, max_value=1_000_000, initial=1
    )
    state = forms.RegexField(
        label=_("Which state"), help_text=_("Two letters, like CO."), regex=r"^[A-Za-z]{2}$", required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_discovered_on(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["discovered_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day

    def clean_state(self) -> str:
        """Two capital letters, or nothing."""
        return str(self.cleaned_data["state"]).upper()

    def clean(self) -> dict[str, Any]:
        """It happened before it was found, and no state holds more people than there are."""
        told = super().clean() or {}
        found, happened = told.get("discovered_on"), told.get("happened_on")
        if found and happened and happened > found:
            self.add_error("happened_on", _("It happened before it was found out."))
        if told.get("most_in_one_state", 0) > told.get("people_count", 0):
            self.add_error("most_in_one_state", _("This is more than all of them."))
        return told


class RiskForm(forms.Form):
    """The four factors, each with a rating and its facts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in Factor:
            self.fields[factor.value] = forms.ChoiceField(
                label=str(FACTORS[factor]),
                choices=[(code.value, words) for code, words in RATINGS.items()],
                widget=ChoiceCards(across=True),
                error_messages={"required": _("Choose one.")},
            )
            self.fields[f"{factor.value}_words"] = forms.CharField(
                label=_("The facts behind it"),
                max_length=500,
                widget=lines(2),
                error_messages={"required": _("Write what you know.")},
            )

    def weighed(self) -> tuple[Weighed, ...]:
        """What was weighed."""
        told = self.cleaned_data
        return tuple(
            Weighed(factor, Rating(told[factor.value]), told[f"{factor.value}_words"]) for factor in Factor
        )


class TellingForm(forms.Form):
    """Somebody was told of a breach."""

    duty = forms.TypedChoiceField(coerce=Duty, choices=[(code.value, code.value) for code in Duty])
    told_on = DateEntry(label=_("Told on"))
