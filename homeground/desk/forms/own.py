from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.widgets import ChoiceCards


class WishForm(forms.Form):
    """A patient's wish: what kind, and a few words if they like."""

    kind = forms.ChoiceField(
        label=_("What do you need?"),
        choices=[
            ("cannot_come", _("I cannot come")),
            ("other_time", _("I need another time")),
            ("call_me", _("Please call me")),
        ],
        widget=ChoiceCards(),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("You may leave this empty."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


RIGHTS = [
    ("access", _("A copy of my record")),
    ("amendment", _("Something in it is wrong")),
    ("restriction", _("Share less about me")),
    ("confidential_contact", _("Reach me in another way")),
    ("accounting", _("A list of what you sent to others")),
    ("complaint", _("I want to complain")),
]


class RightForm(forms.Form):
    """What a patient asks for about their own record, in their words."""

    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=RIGHTS,
        widget=ChoiceCards(),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    words = forms.CharField(
        label=_("Tell us more"),
        help_text=_("You may leave this empty."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
