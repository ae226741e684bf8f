"""The week painter: a form field whose value is a frozenset of (weekday 0 = Monday, half-hour 0 to 47).

The widget is a table of real checkboxes plus one line of text a day ("8-17, 18:30-20"); both may be used,
with or without script, and are brought together on the server. Preset buttons submit the form without script.
"""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.week_cells import (
    DAYS,
    HALVES,
    PRESETS,
    Cell,
    Cells,
    NotHours,
    day_words,
    merge,
    pack,
    parse_day,
    unpack,
    with_preset,
)

PRESET_WORDS = {
    "office": _("Office hours"),
    "school": _("School run"),
    "night": _("Night shift"),
    "clear": _("Clear"),
}
EARLY, DAYTIME, LATE = range(0, 12), range(12, 46), range(46, HALVES)


@dataclass(frozen=True, slots=True)
class WeekInput:
    """What the browser sent: the table, one text a day (None where absent), the week both started from."""

    table: Cells
    texts: tuple[str | None, ...]
    base: Cells
    preset: str

    def unreadable(self) -> tuple[int, ...]:
        """Weekdays whose text cannot be read as hours."""
        return tuple(day for day in range(DAYS) if self._text_cells(day) is None)

    def cells(self) -> Cells:
        """Table and texts together, then the preset; days with unreadable text keep the table's state."""
        texts: set[Cell] = set()
        for day in range(DAYS):
            read = self._text_cells(day)
            texts |= {cell for cell in self.base if cell[0] == day} if read is None else read
        return with_preset(merge(base=self.base, table=self.table, texts=frozenset(texts)), self.preset)

    def _text_cells(self, day: int) -> Cells | None:
        """Cells meant by a day's text; the base's where no text was sent; None when unreadable."""
        text = self.texts[day]
        if text is None:
            return frozenset(cell for cell in self.base if cell[0] == day)
        try:
            return parse_day(text, day)
        except NotHours:
            return None


def _cell(text: str) -> Cell | None:
    day, dash, half = text.partition("-")
    if dash and text.isascii() and day.isdigit() and half.isdigit() and len(text) <= 4:
        found = (int(day), int(half))
        return found if found[0] < DAYS and found[1] < HALVES else None
    return None


class WeekPainter(forms.Widget):
    """Seven columns of half-hours; see the module."""

    template_name = "ground/ui/widgets/week.html"
    use_fieldset = True
    full_width = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> WeekInput:
        """Collect table, texts, base and preset; forged cells are dropped."""
        sent = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, ())
        found = (_cell(str(text)) for text in sent)
        return WeekInput(
            table=frozenset(cell for cell in found if cell is not None),
            texts=tuple(data.get(f"{name}-text-{day}") for day in range(DAYS)),
            base=unpack(data.get(f"{name}-was", "")),
            preset=data.get(f"{name}-preset", ""),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """An empty week sends nothing, which still is an answer."""
        return False

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Rows, day texts and presets for the template."""
        context = super().get_context(name, value, attrs)
        cells, texts = _shown(value)
        context["week"] = {
            "id": context["widget"]["attrs"].get("id", f"id_{name}"),
            "was": pack(cells),
            "days": [{"name": WEEKDAYS[d], "short": WEEKDAYS_ABBR[d]} for d in range(DAYS)],
            "early": _rows(EARLY, cells),
            "daytime": _rows(DAYTIME, cells),
            "late": _rows(LATE, cells),
            "early_open": any(half in EARLY for _day, half in cells),
            "late_open": any(half in LATE for _day, half in cells),
            "texts": [{"day": d, "name": WEEKDAYS[d], "text": texts[d]} for d in range(DAYS)],
            "presets": [
                {"key": p.key, "label": PRESET_WORDS[p.key], "cells": pack(p.cells)} for p in PRESETS
            ],
        }
        return context


def _shown(value: object) -> tuple[Cells, tuple[str, ...]]:
    """Cells to mark and the text of each day; unreadable text is shown as it was typed."""
    if isinstance(value, WeekInput):
        cells = value.cells()
        kept = value.unreadable()
        return cells, tuple((value.texts[d] or "") if d in kept else day_words(cells, d) for d in range(DAYS))
    cells = frozenset(value) if isinstance(value, (frozenset, set)) else frozenset()
    return cells, tuple(day_words(cells, day) for day in range(DAYS))


def _rows(halves: range, cells: Cells) -> list[dict[str, Any]]:
    return [
        {
            "clock": f"{half // 2}:{half % 2 * 3}0",
            "full": half % 2 == 0,
            "cells": [
                {"value": f"{day}-{half}", "day": WEEKDAYS[day], "marked": (day, half) in cells}
                for day in range(DAYS)
            ],
        }
        for half in halves
    ]


class WeekField(forms.Field):
    """A week of half-hours as a frozenset of (weekday, half-hour)."""

    widget = WeekPainter
    default_error_messages = {
        "required": _("Mark at least one half hour."),
        "unreadable": _("%(day)s: write hours like 8-17, 18:30-20."),
    }
    empty_values = [None, frozenset()]

    def to_python(self, value: object) -> Cells:
        """Read table and texts; refuses texts that are no hours, naming the day."""
        if not isinstance(value, WeekInput):
            return frozenset(value) if isinstance(value, (frozenset, set)) else frozenset()
        problems = [
            forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable", params={"day": WEEKDAYS[day]}
            )
            for day in value.unreadable()
        ]
        if problems:
            raise forms.ValidationError(problems)
        return replace(value, preset="").cells()


class WithWeek(forms.Form):
    """Base of a form with a WeekField.

    A pressed preset button (no script) makes the form invalid without complaints: the view draws it again,
    the preset marked and everything typed kept.
    """

    @property
    def preset_pressed(self) -> bool:
        """Whether this POST came from a preset button and not from the form's own button."""
        return any(
            isinstance(self.fields[name], WeekField) and self[name].data.preset
            for name in (self.fields if self.is_bound else ())
        )

    def full_clean(self) -> None:
        """Clean as usual, then forget complaints when the person only asked for a preset."""
        super().full_clean()
        if self.preset_pressed:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Valid input sent with the form's own button."""
        return super().is_valid() and not self.preset_pressed
