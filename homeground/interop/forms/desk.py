from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.vocabulary import Asker, Category, Paper, Purpose
from homeground.ground.ui.fields import DateEntry, offer
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards
from homeground.interop import words
from homeground.interop.actions import Wish
from homeground.interop.rules.packet import Format, Kind

ASKERS = [(each.value, label) for each, label in words.ASKERS.items() if each is not Asker.EMERGENCY]
PURPOSES = [(each.value, label) for each, label in words.PURPOSES.items() if each is not Purpose.EMERGENCY]
CATEGORIES = [(each.value, label) for each, label in words.CATEGORIES.items()]
CHECKS = list(words.CHECKS.items())
WAYS = [(code, label) for code, label in words.CAME_BY.items() if code != "web"]


class FactsForm(forms.Form):
    """What a request asks for, in our codes."""

    asker_kind = forms.ChoiceField(label=_("Who asks"), choices=ASKERS)
    asker_name = forms.CharField(label=_("Name of who asks"), max_length=200)
    asker_organization = forms.CharField(
        label=_("Organization"),
        help_text=_("As a consent or an agreement would name it."),
        max_length=200,
        required=False,
    )
    asker_address = forms.CharField(label=_("Address or fax for the answer"), max_length=300, required=False)
    purpose = forms.ChoiceField(label=_("What for"), choices=PURPOSES, initial=Purpose.INQUIRY.value)
    categories = forms.MultipleChoiceField(
        label=_("What they want"),
        help_text=_("Nothing marked means: whether the person is here."),
        choices=CATEGORIES,
        widget=CheckboxRows,
        required=False,
    )
    paper = forms.ChoiceField(
        label=_("Paper of a court or the police"),
        choices=[(each.value, label) for each, label in words.PAPERS.items()],
        widget=ChoiceCards,
        initial=Paper.NONE.value,
    )
    paper_reference = forms.CharField(label=_("Number or mark on the paper"), max_length=100, required=False)
    paper_on = DateEntry(label=_("Date on the paper"), required=False)
    owner = forms.ChoiceField(label=_("Who looks after it"), required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("Nobody yet")), *owners]

    def facts(self) -> dict[str, Any]:
        """What was told, as the actions take it."""
        told = self.cleaned_data
        return {
            **{name: told[name] for name in ("asker_name", "asker_organization", "asker_address")},
            **{name: told[name] for name in ("paper_reference", "paper_on")},
            "asker_kind": Asker(told["asker_kind"]),
            "purpose": Purpose(told["purpose"]),
            "categories": [Category(code) for code in told["categories"]],
            "paper": Paper(told["paper"]),
            "owner_id": UUID(told["owner"]) if told["owner"] else None,
        }


class NewForm(FactsForm):
    """A request as it came by telephone, fax, mail, e-mail or in person."""

    came_by = forms.ChoiceField(label=_("How it came"), choices=WAYS, widget=ChoiceCards(across=True))
    subject = forms.CharField(
        label=_("Whom they ask about"),
        help_text=_("As they wrote or said it. Nothing is looked up here."),
        max_length=200,
    )
    words = forms.CharField(
        label=_("In their words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("came_by", "asker_kind", "asker_name", "asker_organization", "asker_address", "subject")


class EmergencyForm(forms.Form):
    """A medical emergency: what section 2.51 wants written down, asked before anything is told."""

    asker_name = forms.CharField(label=_("Who treats the person now"), max_length=200)
    asker_organization = forms.CharField(label=_("Hospital, clinic or ambulance service"), max_length=200)
    asker_address = forms.CharField(label=_("Telephone or fax of this facility"), max_length=300)
    subject = forms.CharField(label=_("Whom they treat"), max_length=200)
    words = forms.CharField(
        label=_("What is the emergency"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    how = forms.ChoiceField(
        label=_("How you know who is asking"),
        choices=CHECKS,
        widget=ChoiceCards,
    )


class IdentityForm(forms.Form):
    """How the identity of who asks was checked."""

    how = forms.ChoiceField(label=_("How you know who is asking"), choices=CHECKS, widget=ChoiceCards)
    more = forms.CharField(
        label=_("More"), help_text=_("The number called, the name on the badge."), max_length=120
    )

    def checked_by(self) -> str:
        """The check in words, as it is kept."""
        return f"{words.CHECKS[self.cleaned_data['how']]}: {self.cleaned_data['more']}"


class SendingForm(forms.Form):
    """What shall leave, among what the decision gives."""

    parts = forms.MultipleChoiceField(
        label=_("Parts"), help_text=_("The least that serves."), widget=CheckboxRows
    )
    kind = forms.ChoiceField(label=_("As"), widget=ChoiceCards)
    format = forms.ChoiceField(
        label=_("Written as"), choices=[(each.value, label) for each, label in words.FORMATS.items()]
    )
    address = forms.CharField(label=_("Sent to (address, fax or number)"), max_length=300)
    statement = forms.CharField(
        label=_("The circumstances, in a few sentences"),
        help_text=_("Only what the report needs. No diagnosis, no treatment."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = forms.CharField(label=_("Why this rule applies"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        given: frozenset[Category],
        kinds: tuple[Kind, ...],
        confirm: bool,
        limited: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("parts", [pair for pair in CATEGORIES if pair[0] in given]),
            ("kind", [(each.value, words.KINDS[each]) for each in kinds]),
        ):
            offer(self, name, choices)
        for name, wanted in (("why", confirm), ("statement", limited)):
            self.fields[name].required = wanted
            if not wanted:
                del self.fields[name]

    def wish(self) -> Wish:
        """What was chosen, as the actions take it."""
        told = self.cleaned_data
        return Wish(
            parts=frozenset(Category(code) for code in told["parts"]),
            kind=Kind(told["kind"]),
            format=Format(told["format"]),
            address=told["address"],
            why=told.get("why", ""),
            statement=told.get("statement", ""),
        )


class AgreementForm(forms.Form):
    """A written agreement with somebody outside."""

    kind = forms.ChoiceField(label=_("Agreement"), choices=list(words.AGREEMENTS.items()))
    party = forms.CharField(label=_("With whom"), max_length=200)
    reference = forms.CharField(label=_("Where the paper is"), max_length=100)
    starts_on = DateEntry(label=_("From"))
    ends_on = DateEntry(label=_("Until"), help_text=_("The first day it no longer holds."), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is not after the beginning."""
        found = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The end must be after the beginning."))
        return found
