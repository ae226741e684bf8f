"""Shapes of what is entered about centers, programs and rooms."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import TimeEntry, offer
from homeground.ground.ui.widgets import ChoiceCards
from homeground.program.rules.opening import Hours
from homeground.program.rules.vocabulary import Population, WeekDefinition

type Choices = Iterable[tuple[object, object]]

LEVELS = [
    ("1.5", _("1.5 Outpatient therapy")),
    ("2.1", _("2.1 Intensive outpatient")),
    ("2.5", _("2.5 High-intensity outpatient")),
]
_MOST_HOURS = 60
_short = {"class": "short"}


def _letters(pattern: str, words: Any) -> RegexValidator:
    return RegexValidator(pattern, words, code="shape")


class CenterForm(forms.Form):
    """A place: its address, its phone and when someone answers there."""

    name = forms.CharField(label=_("Name"), max_length=200)
    street = forms.CharField(label=_("Street and number"), max_length=200)
    city = forms.CharField(label=_("City"), max_length=100)
    state = forms.CharField(
        label=_("State"),
        max_length=2,
        widget=forms.TextInput(attrs=_short),
        validators=[_letters(r"^[A-Za-z]{2}$", _("Write the state with two letters, like CO."))],
    )
    zip_code = forms.CharField(
        label=_("ZIP code"),
        max_length=5,
        widget=forms.TextInput(attrs=_short),
        validators=[_letters(r"^\d{5}$", _("Write five digits, like 80202."))],
    )
    phone = forms.CharField(label=_("Phone"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            for part, words in (("opens", _("from")), ("closes", _("to"))):
                label = format_lazy("{day}: {part}", day=WEEKDAYS[day], part=words)
                field = TimeEntry(label=label, required=False)
                field.widget.attrs["aria-label"] = label
                self.fields[f"{part}_{day}"] = field

    @property
    def days(self) -> list[dict[str, Any]]:
        """The two times of each weekday, for the template."""
        return [
            {"name": WEEKDAYS[day], "fields": [self[f"opens_{day}"], self[f"closes_{day}"]]}
            for day in range(7)
        ]

    def clean_state(self) -> str:
        """In capitals."""
        return str(self.cleaned_data["state"]).upper()

    def clean_phone(self) -> str:
        """The number in E.164."""
        import phonenumbers

        try:
            number = phonenumbers.parse(self.cleaned_data["phone"], "US")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise ValidationError(_("Write the number with its area code, like 303-555-0142."), code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def clean(self) -> dict[str, Any]:
        """An open day has both times; the rest of the day's shape is the action's matter."""
        told = super().clean() or {}
        told["hours"] = []
        for day in range(7):
            opens, closes = told.pop(f"opens_{day}", None), told.pop(f"closes_{day}", None)
            if (opens is None) != (closes is None):
                if not self.has_error(f"opens_{day}") and not self.has_error(f"closes_{day}"):
                    self.add_error(f"closes_{day}", _("Write both times, or neither."))
            elif opens is not None and closes is not None:
                told["hours"].append(Hours(day, opens, closes))
        return told


class SpaceForm(forms.Form):
    """A physical room."""

    center_id = forms.TypedChoiceField(label=_("Center"), coerce=UUID)
    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(
        label=_("Used for"),
        choices=[("group", _("Groups")), ("office", _("Talks with one person"))],
        widget=ChoiceCards(across=True),
    )
    seats = forms.IntegerField(
        label=_("Chairs"), min_value=1, max_value=200, widget=forms.NumberInput(attrs=_short)
    )

    def __init__(self, *args: Any, centers: Choices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if centers is None:  # a room that is there stays where it is
            del self.fields["center_id"]
        else:
            offer(self, "center_id", centers)


class ProgramForm(forms.Form):
    """What a center offers: for whom, how much of it a week, and under which rules."""

    center_id = forms.TypedChoiceField(label=_("Center"), coerce=UUID)
    name = forms.CharField(label=_("Name"), max_length=200)
    population = forms.TypedChoiceField(
        label=_("For"), choices=Population.choices(), coerce=Population, widget=ChoiceCards(across=True)
    )
    level = forms.ChoiceField(label=_("Level of care"), choices=LEVELS, initial="2.1")
    hours = forms.DecimalField(
        label=_("Group hours a week"),
        min_value=1,
        max_value=_MOST_HOURS,
        decimal_places=2,
        initial=9,
        widget=forms.NumberInput(attrs=_short),
    )
    min_days = forms.IntegerField(
        label=_("On at least so many days"), min_value=1, max_value=7, initial=3,
        widget=forms.NumberInput(attrs=_short),
    )  # fmt: skip
    max_days = forms.IntegerField(
        label=_("On at most so many days"), min_value=1, max_value=7, initial=5,
        widget=forms.NumberInput(attrs=_short),
    )  # fmt: skip
    min_day_minutes = forms.IntegerField(
        label=_("Minutes a day at least"), min_value=30, max_value=600, initial=120,
        widget=forms.NumberInput(attrs=_short),
    )  # fmt: skip
    week = forms.TypedChoiceField(
        label=_("Its week"), choices=WeekDefinition.choices(), coerce=WeekDefinition
    )
    rule_pack = forms.ChoiceField(
        label=_("Rules it stands under"),
        help_text=_("The numbers of a state or a payer: hours, group sizes, clocks."),
    )
    part2 = forms.BooleanField(
        label=_("Its records are protected by 42 CFR Part 2"), required=False, initial=True
    )

    def __init__(self, *args: Any, centers: Choices, packs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "center_id", centers)
        offer(self, "rule_pack", [(name, name) for name in packs])

    def clean(self) -> dict[str, Any]:
        """The week in minutes."""
        told = super().clean() or {}
        hours = told.pop("hours", None)
        return told if hours is None else {**told, "core_minutes": int(hours * 60)}
