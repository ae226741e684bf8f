"""The shape of a group as a director sets it up."""

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import TimeEntry, offer
from homeground.ground.ui.widgets import CheckboxRows
from homeground.timetable.forms import Choices, ChosenId, DayEntry

PARTS = [
    ("starts", _("from")),
    ("ends", _("to")),
    ("pause", _("break from")),
    ("resume", _("break to")),
]


def _later(told: time | None, starts: time | None) -> time | None:
    """A "9" behind "6 pm" is nine in the evening, behind "8" it is nine in the morning."""
    if told is None or starts is None or told > starts or told.hour >= 12:
        return told
    evening = told.replace(hour=told.hour + 12)
    return evening if evening > starts else told


class GroupForm(forms.Form):
    """A group: what it is, for whom, when it meets and who leads it. One meeting a weekday."""

    name = forms.CharField(label=_("Name"), max_length=120)
    program = ChosenId(label=_("Program"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("core", _("Core group: carries the hours")),
            ("special", _("Topic group")),
            ("family", _("Family group")),
        ],
    )
    track = forms.ChoiceField(
        label=_("Track"),
        choices=[
            ("morning", _("Morning")),
            ("afternoon", _("Afternoon")),
            ("evening", _("Evening")),
            ("weekend", _("Weekend")),
        ],
    )
    topic = forms.CharField(label=_("Topic"), max_length=120, required=False)
    capacity = forms.IntegerField(
        label=_("Chairs"), min_value=1, max_value=60, widget=forms.NumberInput(attrs={"class": "short"})
    )
    attend = forms.IntegerField(
        label=_("Sessions a member comes to"),
        help_text=_("Empty: to all of them. With a number, each member’s week is made of so many."),
        required=False,
        min_value=1,
        max_value=7,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))])
    gender = forms.CharField(
        label=_("Only for"), max_length=20, required=False, help_text=_("A gender; empty means everyone.")
    )
    dual = forms.BooleanField(label=_("For co-occurring conditions"), required=False)
    video = forms.BooleanField(label=_("Meets by video only"), required=False)
    video_seats = forms.BooleanField(label=_("Can also be joined by video"), required=False)
    space = ChosenId(label=_("Room"), required=False)
    leaders = forms.TypedMultipleChoiceField(
        label=_("Who leads"), coerce=UUID, required=False, widget=CheckboxRows()
    )
    starts_on = DayEntry(label=_("First day"))

    def __init__(
        self, *args: Any, programs: Choices, spaces: Choices, staff: Choices, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "program", programs)
        offer(self, "space", [("", _("No room")), *spaces])
        offer(self, "leaders", staff)
        for day in range(7):
            for part, words_of in PARTS:
                label = format_lazy("{day}: {part}", day=WEEKDAYS[day], part=words_of)
                field = TimeEntry(label=label, required=False)
                field.widget.attrs["aria-label"] = label
                self.fields[f"{part}_{day}"] = field
        if not is_new:
            for name in ("program", "starts_on"):
                del self.fields[name]

    @property
    def days(self) -> list[dict[str, Any]]:
        """The times of each weekday, for the template."""
        parts = ("starts", "ends", "pause", "resume")
        return [
            {"name": WEEKDAYS[day], "fields": [self[f"{part}_{day}"] for part in parts]} for day in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        """A meeting has both times, a break too."""
        told = super().clean() or {}
        for day in range(7):
            for name in ("ends", "pause", "resume"):
                told[f"{name}_{day}"] = _later(told.get(f"{name}_{day}"), told.get(f"starts_{day}"))
            for first, second in (("starts", "ends"), ("pause", "resume")):
                if (told.get(f"{first}_{day}") is None) != (told.get(f"{second}_{day}") is None):
                    self.add_error(f"{second}_{day}", _("Write both times, or neither."))
        return told
