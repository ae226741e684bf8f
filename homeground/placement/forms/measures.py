"""Shapes of what staff enter about questionnaires: whom to ask, how the clinic handles them, its own ones."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards


class SendForm(forms.Form):
    """Which questionnaires a patient is asked to answer, and how."""

    def __init__(self, *args: Any, instruments: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instruments"] = forms.MultipleChoiceField(
            label=_("Questionnaires"), choices=instruments, widget=CheckboxRows()
        )
        self.fields["mode"] = forms.ChoiceField(
            label=_("How"),
            choices=[
                ("link", _("A link for their phone")),
                ("staff", _("On this screen, together with me")),
                ("kiosk", _("On this screen, alone. You are signed out first.")),
            ],
            widget=ChoiceCards(),
            initial="link",
        )


class MeasureSettingForm(forms.Form):
    """Who answers at once, who hears next, and what patients are told."""

    def __init__(self, *args: Any, clinicians: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Nobody")), *((str(id), name) for id, name in clinicians)]
        shape: dict[str, Any] = {
            "choices": people,
            "coerce": UUID,
            "empty_value": None,
            "required": False,
        }
        self.fields["on_call"] = forms.TypedChoiceField(
            label=_("On call"),
            help_text=_("Answers at once. Without a name nothing about suicide is asked by link."),
            **shape,
        )
        self.fields["lead"] = forms.TypedChoiceField(
            label=_("Hears next"),
            help_text=_("When nobody takes a critical answer on in time. Without a name: a director."),
            **shape,
        )
        self.fields["shows_severity"] = forms.BooleanField(
            label=_("Patients see in words how strong a score is"), required=False
        )


class BringForm(forms.Form):
    """A questionnaire the clinic has a licence for, as a FHIR Questionnaire in JSON."""

    file = forms.FileField(label=_("FHIR Questionnaire (JSON)"))
    version = forms.CharField(label=_("Version"), max_length=20, initial="1")
    holder = forms.CharField(label=_("Who gave the licence"), max_length=200)
    terms = forms.CharField(
        label=_("On what terms"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, bases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"] = forms.ChoiceField(
            label=_("Fills the text of"),
            help_text=_("Choose one of our definitions to keep its scoring, or none to use the file's own."),
            choices=[("", _("None")), *bases],
            required=False,
        )
        self.order_fields(["file", "base", "version", "holder", "terms"])
