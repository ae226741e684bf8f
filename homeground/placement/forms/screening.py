"""Shapes of what staff enter in a screening. Words come from the rules; nothing here decides or writes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import DateEntry
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards
from homeground.placement.queries import Rated
from homeground.placement.rules.domains import BY_CODE as DOMAINS
from homeground.placement.rules.domains import RATING_NAMES
from homeground.placement.rules.levels import CARE
from homeground.placement.rules.questions import QUESTIONS, Answer
from homeground.placement.rules.red_flags import FLAGS, STEPS, Step

_ANSWERS = [
    (Answer.YES.value, _("Yes")),
    (Answer.NO.value, _("No")),
    (Answer.UNSURE.value, _("Not sure")),
]
_EARLIEST_BIRTH_YEARS = 120
_START_WITHIN = timedelta(days=366)


class _MayWait(forms.Field):
    """A question that belongs to the form and yet may be left for later: no "optional" beside each."""

    def validate(self, value: Any) -> None:
        """Check what was answered; nothing is not wrong."""
        if value not in self.empty_values:
            super().validate(value)


class _Signs(_MayWait, forms.MultipleChoiceField):
    """Any number of signs, none of them included."""


class _Choice(_MayWait, forms.ChoiceField):
    """One answer, or none yet."""


class _Rating(_MayWait, forms.TypedChoiceField):
    """A rating, or none yet."""


class _Words(_MayWait, forms.CharField):
    """Words, or none yet."""


class RedFlagsForm(forms.Form):
    """Which signs were seen or told, by what each asks for; or none, which must be said."""

    use_required_attribute = False
    none = forms.BooleanField(label=_("None of these. They were all asked or looked for."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in Step:
            self.fields[step.value] = _Signs(
                label=STEPS[step],
                choices=[(flag.code, flag.words) for flag in FLAGS if flag.step is step],
                widget=CheckboxRows,
            )
        self.order_fields([*(step.value for step in Step), "none"])

    @staticmethod
    def initial_from(flags: frozenset[str], asked: bool) -> dict[str, object]:
        """What the form shows for flags recorded before."""
        shown: dict[str, object] = {
            step.value: [flag.code for flag in FLAGS if flag.step is step and flag.code in flags]
            for step in Step
        }
        return {**shown, "none": asked and not flags}

    def clean(self) -> dict[str, object]:
        """Either signs or none of them."""
        found = super().clean() or {}
        if not self.errors and bool(self.flags()) == bool(found.get("none")):
            raise forms.ValidationError(
                _("Mark what was seen or told, or say that it was none of these."), code="none_or_some"
            )
        return found

    def flags(self) -> list[str]:
        """The signs marked."""
        return [code for step in Step for code in self.cleaned_data.get(step.value, [])]


class FactsForm(forms.Form):
    """The candidacy facts; each may be left for later."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = _Choice(
                label=_(question.words),
                help_text=_(question.why),
                choices=_ANSWERS,
                widget=ChoiceCards(across=True),
            )

    def facts(self) -> dict[str, Answer]:
        """The questions that were answered."""
        return {code: Answer(answer) for code, answer in self.cleaned_data.items() if answer}


class RatingsForm(forms.Form):
    """Six domains, each a rating with the reason seen; a domain may be left for later."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, domain in DOMAINS.items():
            anchors = zip(RATING_NAMES, domain.anchors, strict=True)
            self.fields[code] = _Rating(
                label=_(domain.name),
                help_text=_(domain.about),
                choices=[
                    (str(rating), f"{rating} {name}. {anchor}.")
                    for rating, (name, anchor) in enumerate(anchors)
                ],
                coerce=int,
                empty_value=None,
                widget=ChoiceCards,
            )
            self.fields[f"{code}_reason"] = _Words(
                label=_("What was seen or said"),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @staticmethod
    def initial_from(rated: Mapping[str, Rated]) -> dict[str, object]:
        """What the form shows for domains rated before."""
        shown: dict[str, object] = {code: str(each.rating) for code, each in rated.items()}
        return {**shown, **{f"{code}_reason": each.reason for code, each in rated.items()}}

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Rating and reason of each domain, for the page."""
        return ((self[code], self[f"{code}_reason"]) for code in DOMAINS)

    def clean(self) -> dict[str, object]:
        """A reason that was typed without a rating is not lost in silence."""
        found = super().clean() or {}
        for code in DOMAINS:
            if found.get(f"{code}_reason") and found.get(code) is None and code not in self.errors:
                self.add_error(code, _("Choose a rating for this, or take the words away."))
        return found

    def ratings(self) -> dict[str, Rated]:
        """The domains that were rated."""
        return {
            code: Rated(rating=self.cleaned_data[code], reason=self.cleaned_data[f"{code}_reason"])
            for code in DOMAINS
            if self.cleaned_data[code] is not None
        }


class DecisionForm(forms.Form):
    """The level a clinician decides on."""

    level = forms.ChoiceField(
        label=_("Level of care"),
        choices=[(fact.level.value, f"{fact.level} {fact.name}. {fact.here}.") for fact in CARE],
        widget=ChoiceCards,
    )
    override_reason = forms.CharField(
        label=_("Why another level than recommended"),
        help_text=_("Needed only when you depart from the recommendation."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)


class AdmissionForm(forms.Form):
    """Who is admitted, where, from when, with whom, and whether consent to treat was given."""

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    called = forms.CharField(label=_("Likes to be called"), max_length=100, required=False)
    born_on = DateEntry(label=_("Date of birth"), help_text=_("Month, day, year: 11/24/1990."))
    starts_on = DateEntry(label=_("First day"))
    consent = forms.ChoiceField(
        label=_("Consent to treat"),
        choices=[
            ("paper", _("Signed now, on paper")),
            ("screen", _("Signed now, on a screen")),
            ("phone", _("Given now, by phone")),
            ("later", _("Not yet. The chart shows that it is missing before the first service.")),
        ],
        widget=ChoiceCards,
    )
    consent_language = forms.ChoiceField(
        label=_("Language of the consent"), choices=[("en", _("English")), ("es", _("Spanish"))]
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        programs: Sequence[tuple[UUID, str]],
        counselors: Sequence[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["program"] = forms.TypedChoiceField(
            label=_("Program"),
            choices=[(str(id), words) for id, words in programs],
            coerce=UUID,
            widget=ChoiceCards,
        )
        self.fields["counselor"] = forms.TypedChoiceField(
            label=_("Counselor"),
            choices=[("", _("Not decided yet")), *((str(id), words) for id, words in counselors)],
            coerce=UUID,
            empty_value=None,
            required=False,
        )
        self.order_fields(
            ["given_name", "family_name", "called", "born_on", "program", "starts_on", "counselor"]
        )

    def clean_born_on(self) -> date:
        """A day on which somebody alive can have been born."""
        born_on: date = self.cleaned_data["born_on"]
        if not self.today.year - _EARLIEST_BIRTH_YEARS <= born_on.year or born_on > self.today:
            raise forms.ValidationError(_("Check the year of birth."), code="born_on")
        return born_on

    def clean_starts_on(self) -> date:
        """Within a year of today, either way."""
        starts_on: date = self.cleaned_data["starts_on"]
        if abs(starts_on - self.today) > _START_WITHIN:
            raise forms.ValidationError(_("The first day lies within a year of today."), code="starts_on")
        return starts_on

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return {
            **{name: told[name] for name in ("given_name", "family_name", "called", "born_on", "starts_on")},
            "program_id": told["program"],
            "counselor_id": told["counselor"],
            "consent_method": "" if told["consent"] == "later" else told["consent"],
            "consent_language": told["consent_language"],
        }
