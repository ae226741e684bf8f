"""What somebody says on the phone before anybody knows who they are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.week import WeekField, WithWeek
from homeground.ground.ui.widgets import ChoiceCards
from homeground.program.rules.vocabulary import Population


class CallerForm(WithWeek, forms.Form):
    """When they cannot come, how far they are, and for whom it is. Nothing of it is kept."""

    week = WeekField(label=_("When can they not come?"), required=False)
    travel = forms.IntegerField(
        label=_("Travel, minutes one way"),
        min_value=0,
        max_value=240,
        initial=20,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    population = forms.ChoiceField(
        label=_("Who would come?"),
        choices=[(Population.ADULT.value, _("Adult")), (Population.ADOLESCENT.value, _("Under 18"))],
        initial=Population.ADULT.value,
        widget=ChoiceCards(across=True),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Any")), ("en", _("English")), ("es", _("Spanish"))],
        required=False,
        widget=ChoiceCards(across=True),
    )
    video = forms.BooleanField(label=_("Can join by video"), required=False)
