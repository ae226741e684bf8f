"""Why a chart was opened in an emergency, and what its review found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.forms import lines
from homeground.confidentiality.rules.glass import Cause
from homeground.confidentiality.rules.vocabulary import Review
from homeground.confidentiality.words import CAUSES, REVIEWS
from homeground.ground.ui.widgets import ChoiceCards


class GlassForm(forms.Form):
    """Why a chart is opened in an emergency."""

    cause = forms.TypedChoiceField(
        label=_("Why do you need it?"),
        coerce=Cause,
        choices=[(code.value, words) for code, words in CAUSES.items()],
        widget=ChoiceCards(),
        error_messages={"required": _("Choose the reason that comes nearest.")},
    )
    reason = forms.CharField(
        label=_("What has happened, in a sentence"),
        help_text=_("The director reads this."),
        max_length=500,
        widget=lines(3),
        error_messages={"required": _("Write a sentence. Without a reason the chart stays closed.")},
    )
    understood = forms.BooleanField(
        label=_("I know that this is recorded, and who will be told"),
        error_messages={"required": _("Tick this to go on.")},
    )


class ReviewForm(forms.Form):
    """What a review of an emergency access found."""

    review = forms.TypedChoiceField(
        label=_("Was it needed?"),
        coerce=Review,
        choices=[(code.value, words) for code, words in REVIEWS.items()],
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("What you found"),
        max_length=1000,
        widget=lines(3),
        error_messages={"required": _("Write what you found, and what follows from it.")},
    )
