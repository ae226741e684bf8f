"""Shapes of what is entered. Words come from labels and the rules; nothing here decides or writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.date_entry import NotADate, parse_date
from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards
from homeground.plan import labels
from homeground.plan.actions.drafts import AddGoal, AddIntervention, AddObjective, Remove, Step
from homeground.plan.rules.sections import SECTIONS
from homeground.plan.rules.typed import Typed
from homeground.plan.rules.vocabulary import Ordered

SEEN = "seen-"


@dataclass(frozen=True, slots=True)
class TypedInput:
    """What a typed page sent: the fields that can be kept, and what is wrong with the others."""

    fields: dict[str, Typed]
    errors: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict, repr=False)


def read_typed(data: QueryDict) -> TypedInput:
    """Every field that came with the token of what its page showed; target days as people type them."""
    found = TypedInput({})
    for key in data:
        if not key.startswith(SEEN):
            continue
        name = key.removeprefix(SEEN)
        text, seen = data.get(name, ""), data.get(key, "")
        found.texts[name] = text
        if name.endswith("-target") and text.strip():
            try:
                text = parse_date(text).isoformat()
            except NotADate:
                found.errors[name] = str(_("Write a date like 11/24/2026. It is not saved yet."))
                continue
        found.fields[name] = Typed(text, seen)
    return found


class NotAStep(ValueError):
    """The button pressed names nothing that can be done."""


def read_step(text: str) -> Step | None:
    """What a button of the draft asks for: "goal:ID", "aim:ID", "doing:ID" or "remove:KIND:ID".

    Raises NotAStep.
    """
    if not text:
        return None
    name, _colon, rest = text.partition(":")
    try:
        if name == "remove":
            kind, _colon, removed = rest.partition(":")
            return Remove(kind, UUID(removed))
        id = UUID(rest)
    except ValueError:
        raise NotAStep(name) from None
    if name == "goal":
        return AddGoal(id)
    if name == "aim":
        return AddObjective(id)
    if name == "doing":
        return AddIntervention(id)
    raise NotAStep(name)


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(code), text[0] if isinstance(text, tuple) else text) for code, text in words.items()]


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProblemForm(forms.Form):
    """Something found that needs an answer."""

    words = forms.CharField(label=_("Problem"), max_length=500, widget=_area(2))
    section = forms.ChoiceField(label=_("Found under"), choices=[(s.code, s.name) for s in SECTIONS])


class DeferralForm(forms.Form):
    """Why a problem waits; empty takes it up again."""

    why = forms.CharField(label=_("Why it waits"), max_length=1000, required=False, widget=_area(2))


class SubstanceForm(forms.Form):
    """One substance."""

    substance = forms.CharField(label=_("Substance"), max_length=60)
    first_age = forms.IntegerField(label=_("Age at first use"), min_value=0, max_value=110, required=False)
    route = forms.CharField(label=_("How taken"), max_length=60, required=False)
    frequency = forms.CharField(label=_("How often"), max_length=100, required=False)
    amount = forms.CharField(label=_("How much"), max_length=100, required=False)
    last_use = forms.CharField(label=_("Last use"), max_length=100, required=False)
    criteria = forms.IntegerField(label=_("Criteria met, of 11"), min_value=0, max_value=11, required=False)


class RefusalForm(forms.Form):
    """The person did not sign."""

    reason = forms.CharField(label=_("What the person said"), max_length=1000, widget=_area(2))

    def __init__(self, *args: Any, witnesses: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"] = forms.TypedChoiceField(
            label=_("Who was there"), choices=[("", "")] + [(str(k), v) for k, v in witnesses], coerce=UUID
        )


class ClosingForm(forms.Form):
    """How a review ends."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=_choices(labels.DECISIONS), widget=ChoiceCards(across=True)
    )
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), choices=_choices(labels.REASONS), widget=CheckboxRows
    )


class RiskForm(forms.Form):
    """How high the risk of suicide was found."""

    level = forms.ChoiceField(
        label=_("Risk of suicide"), choices=_choices(labels.RISKS), widget=ChoiceCards(across=True)
    )
    basis = forms.CharField(label=_("What it rests on"), max_length=1000, widget=_area(2))
    without_plan = forms.CharField(
        label=_("Why there is no safety plan now"),
        help_text=_("Only at moderate or high risk, when none was made or read over today."),
        max_length=1000,
        required=False,
        widget=_area(2),
    )


class OrderForm(forms.Form):
    """A test for one person."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(k, v) for k, v in _choices(labels.ORDERED) if k != Ordered.RANDOM],
    )
    specimen = forms.ChoiceField(label=_("Specimen"), choices=_choices(labels.SPECIMENS))
    panel = forms.CharField(label=_("Tested for"), max_length=100, initial=_("12 substances"))
    due_on = DateEntry(label=_("Take until"))


class DrawForm(forms.Form):
    """A random draw."""

    wanted = forms.IntegerField(label=_("How many people"), min_value=1, max_value=200, initial=5)
    specimen = forms.ChoiceField(label=_("Specimen"), choices=_choices(labels.SPECIMENS))
    panel = forms.CharField(label=_("Tested for"), max_length=100, initial=_("12 substances"))
    due_on = DateEntry(label=_("Take until"))


class ResultForm(forms.Form):
    """What came of a test."""

    outcome = forms.ChoiceField(
        label=_("Result"), choices=_choices(labels.OUTCOMES), widget=ChoiceCards(across=True)
    )
    found = forms.CharField(label=_("What was found"), max_length=200, required=False)
    observed = forms.BooleanField(label=_("Collection was observed"), required=False)
    collected_on = DateEntry(label=_("Collected on"))
    collected_time = TimeEntry(label=_("At"))


class LaboratoryForm(forms.Form):
    """Where the sample goes."""

    laboratory = forms.CharField(label=_("Laboratory"), max_length=200)


class ConfirmationForm(forms.Form):
    """What the laboratory says."""

    outcome = forms.ChoiceField(label=_("Laboratory's answer"), choices=_choices(labels.CONFIRMED))


class DiscussionForm(forms.Form):
    """The talk about the result."""

    person_said = forms.CharField(label=_("What the person said"), max_length=1000, widget=_area(2))
    response = forms.CharField(label=_("What we do now"), max_length=1000, widget=_area(2))


class ChangeForm(forms.Form):
    """What the person wants changed before signing."""

    words = forms.CharField(label=_("What should change?"), max_length=1000, widget=_area(3))


def first_day(form: forms.Form, name: str, today: date) -> bool:
    """Whether a day of the form lies today or later; else the form says so."""
    if form.cleaned_data[name] >= today:
        return True
    form.add_error(name, _("Choose today or a later day."))
    return False


class IncidentForm(forms.Form):
    """Something grave that happened."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=[("", _("Choose")), *_choices(labels.INCIDENTS)]
    )
    happened_on = DateEntry(label=_("Day"))
    happened_time = TimeEntry(label=_("Time"))
    words = forms.CharField(label=_("What was seen and done"), max_length=4000, widget=_area(4))


class ReportForm(forms.Form):
    """The state was told, or need not be."""

    no_report_why = forms.CharField(
        label=_("If the state need not be told, why"), required=False, max_length=500
    )


class CertificationForm(forms.Form):
    """What a physician certifies."""

    from_on = DateEntry(label=_("From"))
    minutes_a_week = forms.IntegerField(
        label=_("Minutes of services a week in the plan"), min_value=0, max_value=3000
    )
    reason = forms.CharField(label=_("Why this level of care is needed"), max_length=1000, widget=_area(2))
