"""Shapes of what staff send about weeks, seats and groups. Nothing here decides or writes."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import DateEntry, TimeEntry, offer
from homeground.ground.ui.week import WeekField, WithWeek
from homeground.ground.ui.widgets import ChoiceCards
from homeground.ground.uploads import LIMIT
from homeground.timetable import words

type Choices = Iterable[tuple[object, object]]

DAYS = [(day, WEEKDAYS[day]) for day in range(7)]
LONGEST_LOSS = 60
TAPER_STEPS = range(1, 5)
FIRST, LAST = date(2020, 1, 1), date(2100, 1, 1)
HARD = [("hard", _("Cannot move")), ("soft", _("Could move if it must"))]


class ChosenId(forms.TypedChoiceField):
    """One of our own rows, chosen by id; empty means None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)


class DayEntry(DateEntry):
    """A date within this century, so that a mistyped year is caught at the field."""

    default_error_messages = {"far": _("This day is too far away. Please check the year.")}

    def clean(self, value: object) -> date | None:
        """Read the date and keep it within reason."""
        found = super().clean(value)
        if found is not None and not FIRST <= found < LAST:
            raise forms.ValidationError(self.error_messages["far"], code="far")
        return found


class ObligationForm(forms.Form):
    """A time typed by hand: every week on a weekday, or once on a date."""

    weekday = forms.TypedChoiceField(
        label=_("Every week on"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("(not every week)")), *DAYS],
    )
    on = DayEntry(label=_("Or once on"), required=False)
    starts = TimeEntry(label=_("From"))
    ends = TimeEntry(label=_("To"))
    hard = forms.ChoiceField(
        label=_("Could it move?"), choices=HARD, widget=ChoiceCards(across=True), initial="hard"
    )

    def clean(self) -> dict[str, Any]:
        """Either a weekday or a date."""
        told = super().clean() or {}
        if not self.errors and (told.get("weekday") is None) == (told.get("on") is None):
            self.add_error("weekday", _("Choose a weekday or write a date, one of the two."))
        return told


class PaintForm(WithWeek, forms.Form):
    """The week painted with half-hours."""

    week = WeekField(label=_("Busy every week"), required=False)


class CalendarForm(forms.Form):
    """A calendar file; only its times are read."""

    calendar = forms.FileField(
        label=_("Calendar file"),
        help_text=_("A file that ends in .ics. Only start and end are kept, no titles."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_calendar(self) -> Any:
        """Refuse what is larger than the house takes in."""
        found = self.cleaned_data["calendar"]
        if found.size > LIMIT:
            raise forms.ValidationError(_("This file is too big. Please give a file of less than 1 MB."))
        return found


class CircumstancesForm(forms.Form):
    """Travel, video, and the part of the day that suits."""

    travel_minutes = forms.IntegerField(
        label=_("Travel, minutes one way"),
        min_value=0,
        max_value=240,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    daypart = forms.ChoiceField(label=_("Suits best"), choices=words.DAYPARTS)
    video_possible = forms.BooleanField(label=_("Can join by video"), required=False)
    dual = forms.BooleanField(
        label=_("Co-occurring conditions"),
        help_text=_(
            "Opens groups for people with substance use and mental health needs. Only clinicians see it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, clinical: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not clinical:
            del self.fields["dual"]


class ApartForm(forms.Form):
    """The other one of a pair who must not meet."""

    other = ChosenId(label=_("Must not meet"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other", [("", _("Choose a patient")), *people])


class SeatForm(forms.Form):
    """The hidden values behind "seat in this group"."""

    group = forms.UUIDField()
    hour = forms.UUIDField(required=False)
    by_video = forms.BooleanField(required=False)
    sessions = forms.CharField(required=False, max_length=200)
    starts_on = DayEntry(label=_("From"))

    def clean_sessions(self) -> frozenset[tuple[int, time]]:
        """Weekday and start of the sessions chosen, written "0 18:00, 3 18:00"; 0 = Monday."""
        try:
            return frozenset(
                (int(day), time.fromisoformat(at))
                for day, at in (each.split() for each in self.cleaned_data["sessions"].split(",") if each)
            )
        except ValueError:
            raise forms.ValidationError(_("The sessions could not be read."), code="sessions") from None


class WaitForm(forms.Form):
    """How soon somebody needs a seat, in a clinician's judgement."""

    urgency = forms.TypedChoiceField(label=_("How soon"), coerce=int, choices=words.URGENCIES)


class LeaveForm(forms.Form):
    """Why somebody waits no longer."""

    why = forms.ChoiceField(label=_("Why"), choices=words.LEFT)


class TaperForm(forms.Form):
    """Up to four steps: from which day on, how many hours a week, and at which level of care.

    `steps()` gives those that were filled; a step needs a day and hours.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in TAPER_STEPS:
            self.fields[f"from_{n}"] = DayEntry(label=_("From"), required=n == 1)
            self.fields[f"hours_{n}"] = forms.DecimalField(
                label=_("Hours a week"),
                required=n == 1,
                min_value=1,
                max_value=30,
                widget=forms.NumberInput(attrs={"class": "short", "step": "0.5"}),
            )
            self.fields[f"level_{n}"] = forms.ChoiceField(
                label=_("Level of care"), required=False, choices=words.LEVELS
            )

    def clean(self) -> dict[str, Any]:
        """A day and hours go together."""
        told = super().clean() or {}
        for n in TAPER_STEPS:
            day, hours = told.get(f"from_{n}"), told.get(f"hours_{n}")
            missing = f"hours_{n}" if day else f"from_{n}"
            if (day is None) != (hours is None) and missing not in self.errors and not self.errors:
                self.add_error(missing, _("A step needs a day and hours."))
        return told

    def steps(self) -> list[tuple[date, int, str]]:
        """The filled steps: day, minutes a week, level."""
        told = self.cleaned_data
        return [
            (told[f"from_{n}"], round(told[f"hours_{n}"] * 60), told[f"level_{n}"])
            for n in TAPER_STEPS
            if told.get(f"from_{n}")
        ]

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of each step, for the page."""
        return [(n, self[f"from_{n}"], self[f"hours_{n}"], self[f"level_{n}"]) for n in TAPER_STEPS]


class LossForm(forms.Form):
    """What was lost, and on which days; the last day is named as people name it, inclusive."""

    what = forms.ChoiceField(
        label=_("What happened?"), choices=words.LOSSES, widget=ChoiceCards(across=True), initial="staff"
    )
    staff = ChosenId(label=_("Who is away"), required=False)
    space = ChosenId(label=_("Which room"), required=False)
    first = DayEntry(label=_("First day"))
    last = DayEntry(label=_("Last day"))

    def __init__(self, *args: Any, staff: Choices, spaces: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "staff", [("", "—"), *staff])
        offer(self, "space", [("", "—"), *spaces])

    def clean(self) -> dict[str, Any]:
        """The one that is away or lost is named, and the days are in order."""
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and not 0 <= (last - first).days <= LONGEST_LOSS:
            self.add_error("last", _("The last day is the first one or later, at most 60 days later."))
        if told.get("what") in ("staff", "space") and not told.get(told["what"]) and not self.errors:
            self.add_error(told["what"], _("Please choose."))
        return told


class EndForm(forms.Form):
    """The first day a chair is free again."""

    ends_on = DayEntry(label=_("First day without"))


class ClosureForm(forms.Form):
    """A day on which a center is closed. `seen`: what it cancels was shown before."""

    center = forms.TypedChoiceField(label=_("Center"), coerce=UUID)
    on = DayEntry(label=_("Day"))
    name = forms.CharField(label=_("Why"), help_text=_("A holiday’s name, or a storm."), max_length=100)
    seen = forms.BooleanField(required=False)

    def __init__(self, *args: Any, centers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "center", centers)


class CancelForm(forms.Form):
    """Why an appointment is cancelled."""

    reason = forms.ChoiceField(label=_("Reason"), choices=words.REASONS)


class MoveForm(forms.Form):
    """Other times and another room for one appointment."""

    on = DayEntry(label=_("Day"))
    starts = TimeEntry(label=_("From"))
    ends = TimeEntry(label=_("To"))
    space = ChosenId(label=_("Room"), required=False)

    def __init__(self, *args: Any, spaces: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "space", [("", _("No room")), *spaces])


class SubstituteForm(forms.Form):
    """Who leads instead."""

    staff = ChosenId(label=_("Who leads instead"))

    def __init__(self, *args: Any, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "staff", [("", _("Choose a colleague")), *staff])


class MakeUpForm(forms.Form):
    """Which patient comes as a guest for the day."""

    patient = forms.UUIDField()
    by_video = forms.BooleanField(required=False)


class HourForm(forms.Form):
    """A counselor's weekly hour."""

    staff = ChosenId(label=_("Counselor"))
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=DAYS)
    starts = TimeEntry(label=_("From"))
    ends = TimeEntry(label=_("To"))
    space = ChosenId(label=_("Office"), required=False)
    by_video = forms.BooleanField(label=_("Also by video"), required=False, initial=True)

    def __init__(self, *args: Any, staff: Choices, spaces: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "staff", [("", _("Choose a colleague")), *staff])
        offer(self, "space", [("", _("No room")), *spaces])
