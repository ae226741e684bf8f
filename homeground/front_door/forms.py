"""Shapes of what guests and staff send. Nothing here decides or writes."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from homeground.front_door import check_words, words
from homeground.front_door.actions.asking import Asking
from homeground.front_door.rules.calls import CallResult, ClosingReason
from homeground.front_door.rules.self_check import Answer, Question
from homeground.front_door.rules.services import PlaceKind
from homeground.front_door.rules.states import STATES
from homeground.ground.ui.week import WeekField, WithWeek
from homeground.ground.ui.widgets import ChoiceCards
from homeground.program.rules.vocabulary import Population

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


class Once(forms.UUIDField):
    """The mark made with the form, by which a repeated sending is known. A broken one is a new form."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> UUID:
        """The mark that was sent, or a new one."""
        try:
            return super().clean(value)
        except ValidationError:
            return uuid4()


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
        choices=[("", _("Any")), ("en", _("English")), ("es", _("Spanish"))],
        required=False,
        widget=ChoiceCards(across=True),
    )
    video = forms.BooleanField(label=_("Video at home works for me"), required=False)


ANSWERS = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No")), (Answer.UNSURE.value, _("Not sure"))]


class CheckForm(forms.Form):
    """The self-check. Every question may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, (label, hint) in check_words.QUESTIONS.items():
            self.fields[question.value] = forms.ChoiceField(
                label=label, help_text=hint, choices=ANSWERS, required=False, widget=ChoiceCards(across=True)
            )

    def answers(self) -> dict[Question, Answer]:
        """What was answered."""
        return {Question(name): Answer(told) for name, told in self.cleaned_data.items() if told}


class FindForm(forms.Form):
    """Where to look: a ZIP code or a state."""

    zip = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "short", "inputmode": "numeric", "autocomplete": "postal-code"}
        ),
    )
    state = forms.ChoiceField(
        label=_("Or a state"),
        choices=[("", _("Choose a state")), *STATES.items()],
        required=False,
    )

    def clean_zip(self) -> str:
        """Five digits; the four behind the dash do not matter."""
        typed = self.cleaned_data["zip"].partition("-")[0].strip()
        if typed and not (len(typed) == 5 and typed.isascii() and typed.isdecimal()):
            raise ValidationError(_("A ZIP code has five digits, like 80202."), "shape")
        return typed

    def clean(self) -> dict[str, object]:
        """One of the two is needed."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not found.get("zip") and not found.get("state"):
            self.add_error("zip", _("Write a ZIP code, or choose a state."))
        return found

    def unknown_zip(self) -> None:
        """Say at the field that the directory does not know this ZIP code."""
        self.add_error("zip", _("We do not know this ZIP code. Check it, or choose a state."))

    def unknown_state(self) -> None:
        """Say at the field that there is no such state."""
        self.add_error("state", _("We do not know this state."))


class PlacesForm(FindForm):
    """Where staff looks for another kind of care."""

    level = forms.ChoiceField(
        label=_("Kind of care"),
        choices=[("", _("Any")), *((kind.value, words.PLACES[kind]) for kind in PlaceKind)],
        required=False,
    )
    field_order = ("level", "zip", "state")


class CallForm(forms.Form):
    """One attempt to reach a guest. `results` are the ones the guest's wishes leave open."""

    result = forms.ChoiceField(label=_("How did it end?"), widget=ChoiceCards)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    once = Once()

    def __init__(self, *args: Any, results: tuple[CallResult, ...] = tuple(CallResult), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(result.value, words.RESULTS[result]) for result in results]


class ClosingForm(forms.Form):
    """Why a request is closed."""

    reason = forms.ChoiceField(
        label=_("Why is nothing more needed?"),
        choices=[(reason.value, words.REASONS[reason]) for reason in ClosingReason],
        widget=ChoiceCards,
    )


class BeginForm(forms.Form):
    """The name of the person to be screened: the guest's own, or the one they asked for."""

    given_name = forms.CharField(label=_("First name or alias"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
