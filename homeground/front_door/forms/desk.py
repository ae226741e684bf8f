from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.front_door import words
from homeground.front_door.forms.once import Once
from homeground.front_door.rules.calls import CallResult, ClosingReason
from homeground.ground.ui.widgets import ChoiceCards


class CallForm(forms.Form):
    """One attempt to reach a guest. `results` are the ones the guest's wishes leave open."""

    result = forms.ChoiceField(label=_("How did it end?"), widget=ChoiceCards)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    once = Once()

    def __init__(
        self, *args: Any, results: tuple[CallResult, ...] = tuple(CallResult), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["result"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(result.value, words.RESULTS[result]) for result in results]


class ClosingForm(forms.Form):
    """Why a request is closed."""

    reason = forms.ChoiceField(
        label=_("Why is nothing more needed?"),
        choices=[(reason.value, words.REASONS[reason]) for reason in ClosingReason],
        widget=ChoiceCards,
    )


class BeginForm(forms.Form):
    """The name of the person to be screened: the guest's own, or the one they asked for."""

    given_name = forms.CharField(label=_("First name or alias"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
