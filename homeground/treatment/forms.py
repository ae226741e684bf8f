"""Shapes of what staff send. The sheet is read as a whole: one form has as many rows as people."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homeground.ground.ui.fields import DateEntry, TimeEntry, offer
from homeground.ground.ui.widgets import ChoiceCards
from homeground.treatment import note_words, words
from homeground.treatment.rules.outlines import OUTLINES
from homeground.treatment.rules.sheet import Held, Mark, Span
from homeground.treatment.rules.vocabulary import KEYS
from homeground.treatment.rules.wall_clock import nearest

BREAKS = (1, 2)
TIMES = ("starts", "ends", *(f"break-{side}-{number}" for number in BREAKS for side in ("from", "to")))
EARLIEST, LATEST = 1900, 2200


class NotASheet(ValueError):
    """What was sent is no sheet of ours: a forged or broken form."""


@dataclass
class TypedRow:
    """One row as typed, with what is wrong with its shape by field: state, in, out.

    `touched` is False for a row left as it was seen, and for one whose writer keeps what another saved.
    """

    patient_id: UUID
    key: str
    came: str
    left: str
    touched: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    mark: Mark | None = None


@dataclass
class TypedTimes:
    """The session's times as typed, with what is wrong by field: starts, ends, break."""

    texts: tuple[str, ...]
    touched: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    held: Held | None = None
    seen: Held | None = None


@dataclass(frozen=True)
class SheetInput:
    """A sheet as sent. `marks` and `times.held` are complete only when it is valid."""

    times: TypedTimes
    rows: tuple[TypedRow, ...]

    @property
    def valid(self) -> bool:
        """Whether every field has a shape that can be judged."""
        return not self.times.errors and not any(row.errors for row in self.rows)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of all rows whose shape is right."""
        return tuple(row.mark for row in self.rows if row.mark is not None)


def token(*parts: str | int) -> str:
    """What the writer saw, for a hidden field."""
    return "|".join(str(part) for part in parts)


def read_sheet(data: QueryDict, zone: tzinfo) -> SheetInput:
    """A sheet from what was sent; times of day become the moments nearest to the planned session.

    Raises NotASheet for what our page cannot have sent.
    """
    planned = _planned(data.get("planned", ""))
    times = _read_times(data, planned, zone)
    beside = times.held.span if times.held is not None else planned
    rows = tuple(_read_row(data, text, beside, zone) for text in data.getlist("row"))
    return SheetInput(times, rows)


def _planned(text: str) -> Span:
    try:
        starts, ends = (datetime.fromisoformat(part) for part in text.split("/"))
        span = Span(starts.astimezone(UTC), ends.astimezone(UTC))
    except (ValueError, OverflowError):
        raise NotASheet from None
    if not (EARLIEST < span.starts_at.year < LATEST and EARLIEST < span.ends_at.year < LATEST):
        raise NotASheet
    return span


def _parts(text: str, count: int) -> list[str]:
    found = text.split("|")
    if len(found) != count:
        raise NotASheet
    return found


def _version(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise NotASheet
    return int(text)


def _moment(text: str, near: datetime, zone: tzinfo) -> datetime | None:
    """A typed time as a moment; None when empty. Raises ValidationError in words."""
    if not text:  # most of a sheet: nobody came late
        return None
    wall: time | None = TimeEntry(near=near.astimezone(zone).time(), required=False).clean(text)
    return None if wall is None else nearest(wall, near, zone)


def _seen_moment(text: str, near: datetime, zone: tzinfo) -> datetime | None:
    """A time our page had shown. Raises NotASheet for any other text."""
    try:
        return _moment(text, near, zone)
    except forms.ValidationError:
        raise NotASheet from None


def _read_row(data: QueryDict, who: str, beside: Span, zone: tzinfo) -> TypedRow:
    version, *shown = _parts(data.get(f"base-{who}", ""), 4)
    try:
        patient_id = UUID(who)
    except ValueError:
        raise NotASheet from None
    if shown[0] not in KEYS:
        raise NotASheet
    near = {"in": beside.starts_at, "out": beside.ends_at}
    came, left = (_seen_moment(text, near[name], zone) for name, text in zip(near, shown[1:], strict=True))
    seen = Mark(patient_id, KEYS[shown[0]], came, left, based_on=_version(version))
    if f"keep-{who}" in data:
        kept = replace(seen, seen=seen)
        return TypedRow(patient_id, shown[0], shown[1], shown[2], touched=False, mark=kept)
    texts = [data.get(f"{name}-{who}", "").strip()[:20] for name in near]
    row = TypedRow(patient_id, data.get(f"state-{who}", ""), texts[0], texts[1])
    moments = {}
    for name, text in zip(near, texts, strict=True):
        try:
            moments[name] = _moment(text, near[name], zone)
        except forms.ValidationError as refusal:
            row.errors[name] = refusal.messages[0]
    if row.key not in KEYS:
        row.errors["state"] = _("Choose one of the six.")
    if not row.errors:
        row.mark = Mark(patient_id, KEYS[row.key], moments["in"], moments["out"], seen.based_on, seen)
        row.touched = not row.mark.says_the_same(seen)
    return row


def _read_times(data: QueryDict, planned: Span, zone: tzinfo) -> TypedTimes:
    shown = tuple(_parts(data.get("times-base", ""), len(TIMES)))
    middle = planned.starts_at + (planned.ends_at - planned.starts_at) / 2
    near = [planned.starts_at, planned.ends_at] + [middle] * (len(TIMES) - 2)
    seen = _held([_seen_moment(text, beside, zone) for text, beside in zip(shown, near, strict=True)])
    if seen is None:
        raise NotASheet
    if "keep-times" in data:
        return TypedTimes(shown, touched=False, held=seen, seen=seen)
    times = TypedTimes(tuple(data.get(name, "").strip()[:20] for name in TIMES), seen=seen)
    moments: list[datetime | None] = []
    for name, text, beside in zip(TIMES, times.texts, near, strict=True):
        try:
            moments.append(_moment(text, beside, zone))
        except forms.ValidationError as refusal:
            moments.append(None)
            times.errors[name.split("-")[0]] = refusal.messages[0]
    for name, text in zip(TIMES[:2], times.texts, strict=False):
        if not text:
            times.errors[name] = _("Write a time like 6:30 pm or 18:30.")
    if any(bool(a) != bool(b) for a, b in zip(times.texts[2::2], times.texts[3::2], strict=True)):
        times.errors.setdefault("break", _("Write when the break began and when it ended."))
    if not times.errors:
        times.held = _held(moments)
        times.touched = times.held != seen
    return times


def _held(moments: list[datetime | None]) -> Held | None:
    """What was held, None without a start or an end; pairs of breaks with an empty side are left out."""
    starts, ends, *pauses = moments
    if starts is None or ends is None:
        return None
    pairs = zip(pauses[::2], pauses[1::2], strict=True)
    return Held(Span(starts, ends), tuple(Span(a, b) for a, b in pairs if a is not None and b is not None))


class CallForm(forms.Form):
    """What came of a call."""

    result = forms.ChoiceField(
        label=gettext_lazy("What came of the call"),
        choices=list(words.RESULTS.items()),
        error_messages={"required": gettext_lazy("Choose what came of the call.")},
    )


class ShortWeekForm(forms.Form):
    """Why a week stayed below the floor."""

    week_starts_on = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    reason = forms.ChoiceField(
        label=gettext_lazy("Why was the week short?"),
        choices=[("", gettext_lazy("Choose a reason")), *words.REASONS.items()],
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )


class MakeUpForm(forms.Form):
    """Which session a person joins to make up time."""

    appointment = forms.UUIDField(widget=forms.HiddenInput)
    by_video = forms.BooleanField(widget=forms.HiddenInput, required=False)


class NewNoteForm(forms.Form):
    """Which kind of note is begun."""

    kind = forms.ChoiceField(
        choices=[(kind.value, note_words.KINDS[kind]) for kind in OUTLINES],
        error_messages={
            "required": gettext_lazy("Choose a kind."),
            "invalid_choice": gettext_lazy("Choose a kind."),
        },
    )


class PrivateNoteForm(forms.Form):
    """A note for its author's eyes alone."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(kind.value, words) for kind, words in note_words.PRIVATE.items()],
        widget=ChoiceCards(),
    )
    about_on = DateEntry(label=gettext_lazy("Day of the conversation"))
    text = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000
    )


class SupervisionForm(forms.Form):
    """Who answers for a colleague's notes, from when until when."""

    person = forms.TypedChoiceField(label=gettext_lazy("Colleague"), coerce=UUID)
    supervisor = forms.TypedChoiceField(
        label=gettext_lazy("Answers for their notes"), coerce=UUID, required=False, empty_value=None
    )
    starts_on = DateEntry(label=gettext_lazy("From"))
    through = DateEntry(label=gettext_lazy("Through"), required=False)

    def __init__(self, data: QueryDict | None = None, *, people: Sequence[Any], on: date) -> None:
        super().__init__(data, prefix="supervision")
        everybody = [(str(each.person_id), each.name) for each in people]
        able = [(str(each.person_id), each.name) for each in people if each.may_cosign]
        offer(self, "person", everybody)
        offer(self, "supervisor", [("", gettext_lazy("Nobody any more")), *able])
        self.fields["starts_on"].initial = on


class LicenceForm(forms.Form):
    """Until when a colleague's letters hold."""

    person = forms.TypedChoiceField(label=gettext_lazy("Colleague"), coerce=UUID)
    letters = forms.CharField(
        label=gettext_lazy("Letters"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    state = forms.CharField(
        label=gettext_lazy("State"),
        max_length=2,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    through = DateEntry(label=gettext_lazy("Valid through"))

    def __init__(self, data: QueryDict | None = None, *, people: Sequence[Any]) -> None:
        super().__init__(data, prefix="licence")
        offer(self, "person", [(str(each.person_id), each.name) for each in people])


class HandoutForm(forms.Form):
    """A leaflet as PDF, with the right to use it."""

    file = forms.FileField(label=gettext_lazy("PDF file"), help_text=gettext_lazy("At most 1 MB."))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    topic = forms.CharField(
        label=gettext_lazy("For the topic"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "topics"}),
    )
    rights = forms.ChoiceField(
        label=gettext_lazy("Why may we hand it out?"),
        choices=[(code.value, words) for code, words in note_words.RIGHTS.items()],
        widget=ChoiceCards(across=True),
    )
    holder = forms.CharField(
        label=gettext_lazy("Who holds the rights, or where it is written"), max_length=300
    )
