from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules import offers, words
from homeground.confidentiality.rules.elements import Draft, Fault
from homeground.confidentiality.rules.offers import FIELDS, OFFERS, Until
from homeground.confidentiality.rules.vocabulary import Asker, Category, ConsentKind, Purpose, Signer
from homeground.ground.ui.fields import DateEntry, offer
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards

UNTIL = {
    Until.THREE_MONTHS: _("For three months"),
    Until.ONE_YEAR: _("For one year"),
    Until.DATE: _("Until a day I choose"),
    Until.EVENT: _("Until something happens"),
    Until.END_OF_TREATMENT: _("Until my care here ends"),
    Until.NEVER: _("Until I stop it"),
}
FAULTS = {
    "element.recipients": _("Write who may get it. Use a name, not “anyone”."),
    "class.supervision": _("Write the name of the person at the court. “The court” is not enough."),
    "element.intermediary": _("Write who it may be passed on to, one on each line."),
    "element.categories": _("Tick at least one thing."),
    "element.purposes": _("Choose what it is for."),
    "element.expiry": _("Say when this ends. The day must be after today."),
    "element.signature": _("Type your name to sign."),
    "class.alone": _("One form is for one thing. Use another form for the rest."),
    "class.counseling_notes": _("Private notes have a form of their own."),
}
"""What is missing, by the card that says so, in the words of who fills the form in (F01 to F06)."""
MINOR = _("At your age a parent signs too. Come to us, and you can both sign here.")
OTHER_FAULT = _("Something does not fit here. Please ask us.")


class ConsentForm(forms.Form):
    """A consent of one class as it is filled in; whether its elements fit is for the rules to say."""

    recipient_kind = forms.ChoiceField(
        label=_("Who may get it?"),
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose who may get it.")},
    )
    recipient = forms.CharField(
        label=_("Their name"), max_length=200, error_messages={"required": FAULTS["element.recipients"]}
    )
    members = forms.CharField(
        label=_("Who may they pass it on to?"),
        help_text=_("One name on each line."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": FAULTS["element.intermediary"]},
    )
    recipient_address = forms.CharField(
        label=_("Their address"),
        required=False,
        max_length=300,
    )
    categories = forms.MultipleChoiceField(
        label=_("What may they know?"),
        help_text=_("They get what you tick and no more."),
        widget=CheckboxRows(),
        error_messages={"required": FAULTS["element.categories"]},
    )
    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        widget=ChoiceCards(),
        error_messages={"required": FAULTS["element.purposes"]},
    )
    until = forms.ChoiceField(
        label=_("How long?"), widget=ChoiceCards(), error_messages={"required": FAULTS["element.expiry"]}
    )
    ends_on = DateEntry(label=_("Which day?"), required=False)
    ending_words = forms.CharField(label=_("What must happen?"), required=False, max_length=200)

    def __init__(
        self, *args: Any, kind: ConsentKind, language: str, today: date, zone: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today, self.zone, self.offer = kind, today, zone, OFFERS[kind]
        spoken = "es" if language == "es" else "en"
        self._choose("recipient_kind", self.offer.recipients, words.RECIPIENTS[spoken])
        asked = () if kind is ConsentKind.CARE_AND_PAY else self.offer.purposes  # these three go together
        self._choose("purpose", asked, words.PURPOSES[spoken])
        self._choose("categories", self.offer.categories, words.CATEGORIES[spoken], always=True)
        self._choose("until", self.offer.untils, UNTIL)
        if not self.offer.named:
            del self.fields["recipient"], self.fields["recipient_address"]
            self.fields["categories"].initial = list(self.offer.categories)
        if not self.offer.members:
            del self.fields["members"]
        if Until.EVENT not in self.offer.untils:
            del self.fields["ending_words"]

    def _choose(self, name: str, codes: Collection[Any], spoken: Any, *, always: bool = False) -> None:
        """Offer these answers; where there is one alone it is not asked."""
        if len(codes) > 1 or always:
            offer(self, name, ((code.value, spoken[code]) for code in codes))
        else:
            del self.fields[name]

    @property
    def recipient_kind_chosen(self) -> str:
        """Of which kind the recipient is; empty for a class of recipients."""
        only = self.offer.recipients[0].value if len(self.offer.recipients) == 1 else ""
        return str(self.cleaned_data.get("recipient_kind") or only)

    def draft(self, *, person: str, discloser: str) -> Draft:
        """What was filled in, unsigned. Call it on a valid form."""
        told = self.cleaned_data
        purposes = self.offer.purposes
        if "purpose" in self.fields:
            purposes = (Purpose(told["purpose"]),)
        ending = offers.ending(
            Until(told["until"]),
            on=told.get("ends_on"),
            words=told.get("ending_words", ""),
            today=self.today,
            zone=self.zone,
        )
        named = (told["recipient"].strip(),) if "recipient" in self.fields else (words.CARE_CLASS,)
        return Draft(
            kind=self.kind,
            person=person,
            discloser=discloser,
            categories=frozenset(Category(code) for code in told["categories"]),
            recipients=tuple(name for name in named if name),
            purposes=frozenset(purposes),
            ends_with=ending.ends_with,
            expires_at=ending.expires_at,
            ending_words=ending.words,
            signature="",
            signed_at=None,
            members=tuple(line.strip() for line in told.get("members", "").splitlines() if line.strip()),
        )

    def tell(self, faults: Iterable[Fault]) -> None:
        """Say each fault at the field it is about."""
        for fault in faults:
            self.add_error(self._field_of(fault), FAULTS.get(fault.card.id, OTHER_FAULT))

    def _field_of(self, fault: Fault) -> str | None:
        name = FIELDS.get(fault.card.id)
        if name == "until":
            name = {"date": "ends_on", "event": "ending_words"}.get(str(self.data.get("until")), "until")
        return name if name in self.fields else None


class StaffConsentForm(ConsentForm):
    """As a person fills it in, and who signs, and whether the relative signs in here."""

    relative = forms.CharField(
        label=_("Sign-in name of the family member"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "middle"}),
    )
    signs = forms.ChoiceField(label=_("Who signs"), required=False)
    cosigner = forms.ChoiceField(label=_("Who signs with them"), required=False)

    def __init__(self, *args: Any, others: Collection[tuple[UUID, str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._who("signs", others, {Signer.PERSONAL_REPRESENTATIVE}, _("The person"))
        self._who("cosigner", others, {Signer.PARENT, Signer.GUARDIAN}, _("Nobody"))
        if Asker.FAMILY not in self.offer.recipients:
            del self.fields["relative"]

    def _who(
        self, name: str, others: Collection[tuple[UUID, str, str]], capacities: set[Signer], nobody: Any
    ) -> None:
        found = [(str(id), who) for id, who, capacity in others if capacity in capacities]
        if found:
            offer(self, name, [("", nobody), *found])
        else:
            del self.fields[name]

    def other(self, name: str) -> UUID | None:
        """The representative chosen in a field, None when it is the person or nobody."""
        chosen = self.cleaned_data.get(name)
        return UUID(chosen) if chosen else None


class SigningForm(forms.Form):
    """The signature: a typed name and a tick, beneath the text whose digest comes along."""

    signature = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        error_messages={"required": FAULTS["element.signature"]},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cosignature = forms.CharField(
        label=_("Full name of who signs with you"),
        max_length=200,
        error_messages={"required": FAULTS["element.signature"]},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agree = forms.BooleanField(
        label=_("I have read this, or it was read to me. I say yes to it."),
        error_messages={"required": _("Tick this box if you say yes.")},
    )
    language = forms.CharField(widget=forms.HiddenInput, max_length=5)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, cosigner: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not cosigner:
            del self.fields["cosignature"]

    def tell(self, faults: Iterable[Fault]) -> None:
        """Say each fault at the field it is about."""
        for fault in faults:
            name = FIELDS.get(fault.card.id)
            says = MINOR if fault.card.id == "signer.minor" else FAULTS.get(fault.card.id, OTHER_FAULT)
            self.add_error(name if name in self.fields else None, says)


class RepresentativeForm(forms.Form):
    """Who may sign for a person, and by which paper this was shown."""

    name = forms.CharField(label=_("Name"), max_length=200)
    capacity = forms.ChoiceField(
        label=_("Signs as"),
        choices=[
            (Signer.PARENT.value, _("Parent")),
            (Signer.GUARDIAN.value, _("Guardian")),
            (Signer.PERSONAL_REPRESENTATIVE.value, _("Personal representative")),
        ],
        widget=ChoiceCards(across=True),
    )
    shown_by = forms.CharField(label=_("Shown by which paper"), max_length=200)
