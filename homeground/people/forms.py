"""Shapes of what is entered about accounts and safe contact."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.widgets import ChoiceCards
from homeground.people.roles import NAMES, SEES, STAFF, Role

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]
_REGION = "US"


def phone_number(text: str) -> str:
    """A telephone number as people type it, in E.164; empty stays empty. Raises ValidationError."""
    import phonenumbers

    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(_("Write the number with its area code, like 303-555-0142."), code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class LoginForm(AllauthLoginForm):
    """Name and password. A lost password is replaced by a link from the clinic, not by email."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name to sign in with")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class StaffForm(forms.Form):
    """Somebody who starts to work here: their name, the name they sign in with, and one role."""

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    username = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Letters, digits, dots and dashes. It belongs to one person; it is never shared."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    role = forms.TypedChoiceField(label=_("Role"), coerce=Role, widget=ChoiceCards)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.TypedChoiceField(
            label=_("Role"),
            choices=[(role.value, f"{NAMES[role]}: {SEES[role]}") for role in Role if role in STAFF],
            coerce=Role,
            widget=ChoiceCards,
        )


class PersonAccountForm(forms.Form):
    """Lets a patient or a family member sign in."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Something they remember. It should not tell who they are."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=[(role.value, NAMES[role]) for role in (Role.PATIENT, Role.FAMILY)],
        coerce=Role,
        widget=ChoiceCards(across=True),
    )


def _asked(label: Any) -> forms.TypedChoiceField:
    """A question about safety that has no default."""
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Ask, then choose yes or no.")},
    )


class SafeContactForm(forms.Form):
    """How a person may be reached without harm."""

    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"class": "middle"})
    )
    email = forms.EmailField(label=_("Email"), required=False)
    may_leave_message = _asked(_("May we leave a message?"))
    may_text = _asked(_("May we send a text message?"))
    may_name_us = _asked(_("May we say who is calling?"))
    good_hours = forms.CharField(label=_("Good hours to call"), max_length=200, required=False)

    def clean_phone(self) -> str:
        """The number in one form."""
        return phone_number(self.cleaned_data["phone"])
