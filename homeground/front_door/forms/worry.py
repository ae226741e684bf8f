from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.front_door.forms.once import Once


class WorryForm(forms.Form):
    """Whom somebody worries about, in their words. It asks for no name of theirs and gives nothing back."""

    words = forms.CharField(
        label=_("What worries you?"),
        help_text=_("Say who it is about and what you see. You may leave your name and number, or not."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Write a few words.")},
    )
    once = Once()
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Refuse what a machine filled in."""
        found = super().clean() or self.cleaned_data
        if found.get("website"):
            self.add_error(None, _("Please send this once more. Something filled in a hidden box."))
        return found
