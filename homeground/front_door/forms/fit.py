from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.week import WeekField, WithWeek
from homeground.ground.ui.widgets import ChoiceCards
from homeground.program.rules.vocabulary import Population


class FitForm(WithWeek, forms.Form):
    """A week, painted or from a calendar file, and what else decides whether a group fits."""

    week = WeekField(label=_("When can you not come?"), required=False)
    calendar = forms.FileField(
        label=_("Or add a calendar file"),
        help_text=_("A file that ends in .ics. We read only the times, and keep nothing."),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    travel = forms.IntegerField(
        label=_("How many minutes is your way to us?"),
        help_text=_("One way. A guess is fine."),
        min_value=0,
        max_value=240,
        initial=20,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    age = forms.ChoiceField(
        label=_("Who would come?"),
        choices=[(Population.ADULT.value, _("Adult")), (Population.ADOLESCENT.value, _("Under 18"))],
        initial=Population.ADULT.value,
        widget=ChoiceCards(across=True),
    )
    language = forms.ChoiceField(
        label=_("Which language?"),
        choices=[("any", _("Any")), ("en", _("English")), ("es", _("Spanish"))],
        initial="any",
        widget=ChoiceCards(across=True),
    )
    video = forms.BooleanField(label=_("Video at home works for me"), required=False)
