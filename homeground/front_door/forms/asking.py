from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from homeground.front_door.actions.asking import Asking
from homeground.front_door.forms.once import Once
from homeground.ground.ui.widgets import ChoiceCards

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
CONTACT_KINDS = [("phone", _("Call me")), ("text", _("Text me")), ("email", _("Email me"))]
WHO = [("me", _("For me")), ("other", _("For someone else"))]
# People here write numbers without a country; one from elsewhere begins with a plus sign.
REGION = "US"


def phone_number(text: str) -> str:
    """A telephone number as people type it, in E.164. Raises ValidationError."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("We cannot read this phone number. Write it with the area code, like 303-555-0142."), "phone"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class YesNo(forms.TypedChoiceField):
    """A question that must be answered: there is no default."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            widget=ChoiceCards(across=True),
            error_messages={"required": _("Please choose yes or no. We need to know what is safe.")},
            **kwargs,
        )


class WantedGroup(forms.UUIDField):
    """The group of the week a guest asks for. It only helps us: a broken one is left out."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> UUID | None:
        """The group that was asked for, if any."""
        try:
            return super().clean(value) if value else None
        except ValidationError:
            return None


class HelpForm(forms.Form):
    """A request for help: a name to use, one way to reach the guest, and what is safe."""

    who = forms.ChoiceField(label=_("Who is this for?"), choices=WHO, widget=ChoiceCards(across=True))
    alias = forms.CharField(
        label=_("What may we call you?"),
        help_text=_("A first name or any name you like."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    contact_kind = forms.ChoiceField(
        label=_("How may we reach you?"), choices=CONTACT_KINDS, widget=ChoiceCards(across=True)
    )
    contact = forms.CharField(
        label=_("Your phone number or email"),
        help_text=_("One is enough."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    may_leave_message = YesNo(label=_("May we leave a voice message?"))
    may_text = YesNo(label=_("May we send a text?"))
    may_name_us = YesNo(
        label=_("May we say who we are?"),
        help_text=_("If not, we only say “a call about your question”. We say our name to nobody else."),
    )
    good_hours = forms.CharField(
        label=_("When is a good time?"),
        help_text=_("Like: after 6 pm, or not on Monday."),
        max_length=200,
        required=False,
    )
    message = forms.CharField(
        label=_("What would you like us to know?"),
        help_text=_("You can leave this empty."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    once = Once()
    group = WantedGroup()
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def wanted_group(self) -> UUID | None:
        """The group the form carries, also before it is sent."""
        group = self.fields["group"]
        assert isinstance(group, WantedGroup)
        return group.clean(self["group"].value())

    def clean(self) -> dict[str, object]:
        """Read the contact by its kind, and refuse answers that contradict each other."""
        found = super().clean() or self.cleaned_data
        if found.get("website"):
            # Only a machine fills a box that nobody sees; a person whose browser did sends once more.
            self.add_error(None, _("Please send this once more. Something filled in a hidden box."))
        kind, contact = found.get("contact_kind"), found.get("contact")
        if kind and contact:
            self._clean_contact(str(kind), str(contact))
        if kind == "text" and found.get("may_text") is False:
            self.add_error(
                "may_text", _("You chose “Text me”. Choose yes here, or choose another way above.")
            )
        return found

    def _clean_contact(self, kind: str, contact: str) -> None:
        try:
            if kind == "email":
                validate_email(contact)
            else:
                self.cleaned_data["contact"] = phone_number(contact)
        except ValidationError as refused:
            wrong_email = _("We cannot read this email address. Write it like name@example.org.")
            self.add_error("contact", wrong_email if kind == "email" else refused)

    def asking(self, language: str) -> Asking:
        """What was told, as the action takes it."""
        told = self.cleaned_data
        return Asking(
            alias=told["alias"],
            contact_kind=told["contact_kind"],
            contact=told["contact"],
            for_someone_else=told["who"] == "other",
            may_leave_message=told["may_leave_message"],
            may_text=told["may_text"],
            may_name_us=told["may_name_us"],
            good_hours=told["good_hours"],
            message=told["message"],
            language=language,
            once=told["once"],
            wanted_group_id=told["group"],
        )
