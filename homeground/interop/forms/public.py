from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.vocabulary import Asker

WHO = [
    ("", _("Choose one")),
    (Asker.PROVIDER.value, _("A doctor or clinic")),
    (Asker.PAYER.value, _("A health plan")),
    (Asker.EMPLOYER.value, _("Someone's work")),
    (Asker.SCHOOL.value, _("A school")),
    (Asker.LAWYER.value, _("A lawyer")),
    (Asker.COURT.value, _("A court")),
    (Asker.POLICE.value, _("The police")),
    (Asker.FAMILY.value, _("Family or a friend")),
    (Asker.SOMEBODY.value, _("Someone else")),
]


class Once(forms.UUIDField):
    """The mark made with the form, by which a repeated sending is known. A broken one is a new form."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> UUID:
        """The mark that was sent, or a new one."""
        try:
            return super().clean(value) or uuid4()
        except ValidationError:
            return uuid4()


class AskForm(forms.Form):
    """Somebody outside asks for records: who they are, whom they ask about, where the answer goes."""

    asker_kind = forms.ChoiceField(label=_("Who are you?"), choices=WHO)
    asker_name = forms.CharField(label=_("Your name"), max_length=200)
    asker_organization = forms.CharField(label=_("Where do you work?"), max_length=200, required=False)
    asker_address = forms.CharField(
        label=_("Where do we send our answer?"),
        help_text=_("A street address or a fax number."),
        max_length=300,
    )
    subject = forms.CharField(
        label=_("Who do you ask about?"), help_text=_("Their full name."), max_length=200
    )
    words = forms.CharField(
        label=_("What do you ask for, and why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    paper_reference = forms.CharField(label=_("Your own number for this"), max_length=100, required=False)
    once = Once()
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Refuse what only a machine would fill in."""
        found = super().clean() or self.cleaned_data
        if found.get("website"):
            self.add_error(None, _("Please send this once more. Something filled in a hidden box."))
        return found
