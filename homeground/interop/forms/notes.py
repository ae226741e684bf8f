from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import offer
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards
from homeground.interop.rules.packet import Format

FORMATS = [
    (Format.PDF.value, _("PDF, to print or mail")),
    (Format.FAX.value, _("PDF with a neutral cover sheet, to fax")),
]


class NotesForm(forms.Form):
    """Which of one's own notes leave, by which consent, as what."""

    consent = forms.ChoiceField(label=_("By which consent"), widget=ChoiceCards)
    notes = forms.MultipleChoiceField(
        label=_("Which of your notes"), help_text=_("The least that serves."), widget=CheckboxRows
    )
    format = forms.ChoiceField(label=_("Written as"), choices=FORMATS, widget=ChoiceCards(across=True))
    address = forms.CharField(label=_("Sent to (address, fax or number)"), max_length=300)

    def __init__(
        self, *args: Any, consents: list[tuple[str, str]], notes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """`consents` for notes kept apart that hold now, and the reader's own `notes`."""
        super().__init__(*args, **kwargs)
        offer(self, "consent", consents)
        offer(self, "notes", notes)

    def wish(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        told = self.cleaned_data
        return {
            "consent_id": UUID(told["consent"]),
            "note_ids": [UUID(each) for each in told["notes"]],
            "format": Format(told["format"]),
            "address": told["address"],
        }
