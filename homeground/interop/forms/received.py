from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import DateEntry
from homeground.ground.ui.widgets import ChoiceCards
from homeground.ground.uploads import LIMIT
from homeground.interop import words


class ReceivedForm(forms.Form):
    """A record that somebody sent: the file, from whom, and what stands on it about passing it on."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF, a text, or a record of another clinic as JSON. At most 1 MB."),
    )
    sender = forms.CharField(
        label=_("Who sent it"),
        help_text=_("May stay empty for a record as JSON: it says so itself."),
        max_length=300,
        required=False,
    )
    what = forms.CharField(label=_("What it is"), max_length=200)
    received_on = DateEntry(label=_("Received on"))
    came_by = forms.ChoiceField(
        label=_("How it came"),
        choices=[(each.value, label) for each, label in words.RECEIVED_BY.items()],
        widget=ChoiceCards(across=True),
    )
    notice = forms.CharField(
        label=_("The notice on it, word for word"),
        help_text=_("What it says about passing it on. Inside a text or JSON file it is found by itself."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    part2 = forms.ChoiceField(
        label=_("Does it come from a program that treats substance use?"),
        choices=[
            ("yes", _("Yes, or we do not know")),
            ("no", _("No, and no notice about 42 CFR part 2 is on it")),
        ],
        widget=ChoiceCards,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """`today` is the clinic's day: nothing is received tomorrow."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_received_on(self) -> date:
        """Refuse a day to come."""
        found: date = self.cleaned_data["received_on"]
        if found > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return found

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than the house takes."""
        found: UploadedFile = self.cleaned_data["file"]
        if (found.size or 0) > LIMIT:
            raise forms.ValidationError(_("This file is larger than 1 MB."))
        return found
