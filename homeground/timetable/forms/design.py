"""Shapes of what a director sends to the design board."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import TimeEntry, offer
from homeground.ground.ui.widgets import CheckboxRows
from homeground.timetable.actions import Assumptions, CandidatePlan
from homeground.timetable.forms import Choices, ChosenId, DayEntry

TRACKS = [
    ("morning", _("Morning")),
    ("afternoon", _("Afternoon")),
    ("evening", _("Evening")),
    ("weekend", _("Weekend")),
]


class ScenarioForm(forms.Form):
    """A name, a program, and the Monday the new week would begin."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=80)
    program = ChosenId(label=_("Program"))
    starts_on = DayEntry(label=_("From Monday"))

    def __init__(self, *args: Any, programs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "program", programs)


class CandidateForm(forms.Form):
    """A group that could begin."""

    name = forms.CharField(label=_("Name of the group"), max_length=120)
    track = forms.ChoiceField(label=_("Track"), choices=TRACKS)
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), coerce=int, choices=[(day, WEEKDAYS[day]) for day in range(7)], widget=CheckboxRows()
    )
    starts = TimeEntry(label=_("From"))
    ends = TimeEntry(label=_("To"))
    break_minutes = forms.IntegerField(
        label=_("Minutes of break"),
        min_value=0,
        max_value=60,
        initial=15,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    capacity = forms.IntegerField(
        label=_("Chairs"),
        min_value=1,
        max_value=60,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))])
    video = forms.BooleanField(label=_("Meets by video only"), required=False)
    must = forms.BooleanField(label=_("It must run"), required=False)

    def clean(self) -> dict[str, Any]:
        """A meeting ends after it begins and is longer than its break."""
        told = super().clean() or {}
        starts, ends = told.get("starts"), told.get("ends")
        if starts and ends and not self.errors:
            long = ends.hour * 60 + ends.minute - starts.hour * 60 - starts.minute
            if long <= told["break_minutes"]:
                self.add_error("ends", _("The group ends after it begins, and later than its break."))
        return told

    def plan(self) -> CandidatePlan:
        """What was typed, as the action takes it."""
        told = self.cleaned_data
        return CandidatePlan(
            name=told["name"],
            track=told["track"],
            days=tuple(sorted(told["days"])),
            starts=told["starts"],
            ends=told["ends"],
            break_minutes=told["break_minutes"],
            capacity=told["capacity"],
            language=told["language"],
            video=told["video"],
            must=told["must"],
        )


RUNS = [("free", _("If it serves people")), ("pin", _("In any case")), ("drop", _("No more"))]


class AssumptionsForm(forms.Form):
    """What the scenario takes for granted: running groups, rooms, and who leads."""

    more_rooms = forms.IntegerField(
        label=_("Group rooms more or fewer"),
        help_text=_("0: as it is. 1: one more; -1: one fewer."),
        min_value=-9,
        max_value=9,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    more_leaders = forms.IntegerField(
        label=_("Counselors more"),
        help_text=_("As if they were hired, free all week."),
        min_value=0,
        max_value=9,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    spared = forms.TypedMultipleChoiceField(
        label=_("Without"), coerce=UUID, required=False, widget=CheckboxRows()
    )

    def __init__(self, *args: Any, groups: Choices, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "spared", staff)
        self._groups = {f"group-{key}": key for key, _label in groups}
        for key, label in groups:
            self.fields[f"group-{key}"] = forms.ChoiceField(label=str(label), choices=RUNS)

    @property
    def groups(self) -> list[forms.BoundField]:
        """The running groups, for the page."""
        return [self[name] for name in self._groups]

    def told(self) -> Assumptions:
        """What was said, as the action takes it."""
        said = self.cleaned_data
        return Assumptions(
            dropped=self._marked("drop"),
            pinned=self._marked("pin"),
            spared=frozenset(said["spared"]),
            more_rooms=said["more_rooms"],
            more_leaders=said["more_leaders"],
        )

    def _marked(self, mark: str) -> frozenset[UUID]:
        return frozenset(
            UUID(str(key)) for name, key in self._groups.items() if self.cleaned_data[name] == mark
        )
