"""Form fields that accept what people type: a time of day and a date as text."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from homeground.ground.ui.date_entry import DateFault, NotADate, parse_date
from homeground.ground.ui.time_entry import NotATime, TimeFault, parse_time

# Django's own sentence for an empty field; our catalogs, English too, say it more kindly.
gettext_noop("This field is required.")


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """What this field of a form may be answered with, where only the page knows: staff, rooms, kinds."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class TimeEntry(forms.Field):
    """A text field whose value is a `datetime.time`; see `time_entry` for what it reads.

    `near` helps with bare hours: beside a session at 18:00, "6" means the evening.
    """

    widget = forms.TextInput
    default_error_messages = {
        TimeFault.UNREADABLE: _("Write a time like 6:30 pm or 18:30."),
        TimeFault.OUT_OF_RANGE: _("There is no such time. Write it like 6:30 pm or 18:30."),
    }

    def __init__(self, *, near: time | None = None, **kwargs: Any) -> None:
        self.near = near
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Short box, no autofill."""
        return {"class": "short", "autocomplete": "off", "maxlength": "20"}

    def prepare_value(self, value: object) -> object:
        """Show a stored time as "18:05"; leave typed text as typed."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: object) -> time | None:
        """Read the text; empty means None."""
        if isinstance(value, time):
            return value
        if value in self.empty_values:
            return None
        try:
            return parse_time(str(value), near=self.near)
        except NotATime as refusal:
            if refusal.fault is TimeFault.EMPTY:
                return None
            raise forms.ValidationError(
                self.error_messages[refusal.fault], code=refusal.fault.value
            ) from None


class DateEntry(forms.Field):
    """A text field whose value is a `datetime.date`; see `date_entry` for what it reads.

    Give `today` (from the view, through the form) where a date without a year makes sense.
    """

    widget = forms.TextInput
    default_error_messages = {
        DateFault.UNREADABLE: _("Write a date like 11/24/2026 or 24 Nov 2026."),
        DateFault.NO_SUCH_DAY: _("There is no such day. Write a date like 11/24/2026."),
        DateFault.SHORT_YEAR: _("Write the year with four digits, like 11/24/2026."),
    }

    def __init__(self, *, today: date | None = None, **kwargs: Any) -> None:
        self.today = today
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """A box as long as a date."""
        return {"class": "middle", "maxlength": "40"}

    def prepare_value(self, value: object) -> object:
        """Show a stored date as 11/24/2026; leave typed text as typed."""
        return f"{value:%m/%d/%Y}" if isinstance(value, date) else value

    def to_python(self, value: object) -> date | None:
        """Read the text; empty means None."""
        if isinstance(value, date):
            return value
        if value in self.empty_values:
            return None
        try:
            return parse_date(str(value), today=self.today)
        except NotADate as refusal:
            if refusal.fault is DateFault.EMPTY:
                return None
            raise forms.ValidationError(
                self.error_messages[refusal.fault], code=refusal.fault.value
            ) from None
