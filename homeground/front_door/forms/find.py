from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from homeground.front_door import words
from homeground.front_door.rules.services import PlaceKind
from homeground.front_door.rules.states import STATES


class FindForm(forms.Form):
    """Where to look: a ZIP code or a state."""

    zip = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "short", "inputmode": "numeric", "autocomplete": "postal-code"}
        ),
    )
    state = forms.ChoiceField(
        label=_("Or a state"),
        choices=[("", _("Choose a state")), *STATES.items()],
        required=False,
    )

    def clean_zip(self) -> str:
        """Five digits; the four behind the dash do not matter."""
        typed = self.cleaned_data["zip"].partition("-")[0].strip()
        if typed and not (len(typed) == 5 and typed.isascii() and typed.isdecimal()):
            raise ValidationError(_("A ZIP code has five digits, like 80202."), "shape")
        return typed

    def clean(self) -> dict[str, object]:
        """One of the two is needed."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not found.get("zip") and not found.get("state"):
            self.add_error("zip", _("Write a ZIP code, or choose a state."))
        return found

    def unknown_zip(self) -> None:
        """Say at the field that the directory does not know this ZIP code."""
        self.add_error("zip", _("We do not know this ZIP code. Check it, or choose a state."))

    def unknown_state(self) -> None:
        """Say at the field that there is no such state."""
        self.add_error("state", _("We do not know this state."))


class PlacesForm(FindForm):
    """Where staff looks for another kind of care."""

    level = forms.ChoiceField(
        label=_("Kind of care"),
        choices=[("", _("Any")), *((kind.value, words.PLACES[kind]) for kind in PlaceKind)],
        required=False,
    )
    field_order = ("level", "zip", "state")
