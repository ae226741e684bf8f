"""Rights people make use of: what came in, who looks after it, and the answer."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.actions import Reached, Withheld
from homeground.confidentiality.forms import lines
from homeground.confidentiality.rules.vocabulary import CHART, Answer, Category, RequestKind
from homeground.confidentiality.rules.words import CATEGORIES, RECIPIENTS
from homeground.confidentiality.words import ANSWERS, KINDS
from homeground.ground.ui.fields import DateEntry, offer
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards

NOBODY = [("", _("Nobody yet"))]


class RequestForm(forms.Form):
    """A request as it came by telephone, on paper or across the counter."""

    kind = forms.TypedChoiceField(
        label=_("What is asked for?"),
        coerce=RequestKind,
        choices=[("", _("Choose one")), *((code.value, words) for code, words in KINDS.items())],
    )
    words = forms.CharField(
        label=_("In the person's words"), required=False, max_length=2000, widget=lines(3)
    )
    received_on = DateEntry(label=_("Day it came"), help_text=_("The clock runs from this day."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_received_on(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day


class OwnerForm(forms.Form):
    """Who looks after a request."""

    owner = forms.TypedChoiceField(label=_("Who looks after it"), coerce=UUID)

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [*NOBODY, *staff])


class ExtensionForm(forms.Form):
    """Why the one extension of a clock is used."""

    why = forms.CharField(
        label=_("Why more time is needed"),
        help_text=_("The person reads this."),
        max_length=500,
        widget=lines(2),
        error_messages={"required": _("The law wants a written reason.")},
    )


class AnswerForm(forms.Form):
    """The answer, in words the person reads on their privacy page."""

    answer = forms.TypedChoiceField(
        label=_("Answer"),
        coerce=Answer,
        choices=[(code.value, words) for code, words in ANSWERS.items()],
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("What we tell the person"),
        help_text=_("Plain words. They read it on their privacy page."),
        required=False,
        max_length=1500,
        widget=lines(4),
    )

    def effect(self) -> dict[str, Any]:
        """What `settle_request` is to bring about beside the words."""
        return {}


class RestrictionAnswerForm(AnswerForm):
    """The answer to a wish that less is told."""

    paid_in_full = forms.BooleanField(
        label=_("It is about a health plan and a service that was paid in full out of pocket"), required=False
    )
    recipient_kind = forms.ChoiceField(
        label=_("Not told to"),
        required=False,
        choices=[("", _("Anybody")), *((code.value, words) for code, words in RECIPIENTS["en"].items())],
    )
    recipient = forms.CharField(
        label=_("Their name"), help_text=_("Empty: all of them."), required=False, max_length=200
    )
    categories = forms.MultipleChoiceField(
        label=_("What is not told"),
        help_text=_("None ticked: nothing at all is told."),
        required=False,
        choices=[(code.value, words) for code, words in CATEGORIES["en"].items() if code in CHART],
        widget=CheckboxRows(),
    )
    despite = forms.CharField(
        label=_("Denied although it was paid in full, because"),
        help_text=_("Only where you deny what the law makes us honor."),
        required=False,
        max_length=400,
    )

    def effect(self) -> dict[str, Any]:
        """What `settle_request` is to bring about."""
        told = self.cleaned_data
        withheld = Withheld(
            recipient_kind="payer" if told["paid_in_full"] else told["recipient_kind"],
            recipient=told["recipient"],
            categories=frozenset(Category(code) for code in told["categories"]),
            paid_in_full=told["paid_in_full"],
        )
        return {"withheld": withheld, "despite": told["despite"]}


class ContactAnswerForm(AnswerForm):
    """The answer to a wish to be reached in another way: no reason is asked."""

    address = forms.CharField(label=_("Address for letters"), required=False, max_length=300)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=20)
    email = forms.EmailField(label=_("E-mail"), required=False)
    hours = forms.CharField(label=_("Good hours"), required=False, max_length=100)

    def effect(self) -> dict[str, Any]:
        """What `settle_request` is to bring about."""
        told = self.cleaned_data
        ways = {name: told[name] for name in ("address", "phone", "email", "hours")}
        return {"reached": Reached(**ways)}


ANSWER_FORMS: dict[RequestKind, type[AnswerForm]] = {
    RequestKind.RESTRICTION: RestrictionAnswerForm,
    RequestKind.CONFIDENTIAL_CONTACT: ContactAnswerForm,
}
"""The answers that bring something about; the others are words alone."""


class NoticeForm(forms.Form):
    """That somebody was given the privacy notice at the clinic."""

    method = forms.ChoiceField(
        label=_("How it was given"),
        choices=[
            ("paper", _("On paper, signed for")),
            ("screen", _("On a screen, signed for")),
            ("refused", _("Given, but not signed for")),
        ],
        widget=ChoiceCards(),
        error_messages={"required": _("Choose one.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=[("en", _("English")), ("es", _("Spanish"))]
    )
    why = forms.CharField(
        label=_("Why it was not signed for"),
        help_text=_("Only when it was not. Nobody has to sign, and care does not depend on it."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """A missing signature has its reason (45 CFR 164.520(c)(2)(ii))."""
        told = super().clean() or {}
        if told.get("method") == "refused" and not str(told.get("why", "")).strip():
            self.add_error("why", _("Write why there is no signature."))
        return told
