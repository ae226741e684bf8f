"""Example data of the catalogue page /style/: every component in every state, no real person in it."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.ground.ui.week import WeekField, WithWeek
from homeground.ground.ui.week_cells import block
from homeground.ground.ui.week_grid import GridItem
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards

KEYS = (
    ("P", _("Present")),
    ("L", _("Late")),
    ("E", _("Left early")),
    ("A", _("Absent, not excused")),
    ("X", _("Absent, excused")),
    ("V", _("By video")),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("What may we call you?"), help_text=_("A first name or any other name."))
    how = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[("call", _("Call")), ("text", _("Text message")), ("none", _("I will call you"))],
        widget=ChoiceCards,
    )
    urgency = forms.ChoiceField(
        label=_("When?"),
        choices=[("today", _("Today")), ("week", _("This week"))],
        widget=ChoiceCards(across=True),
    )
    topics = forms.MultipleChoiceField(
        label=_("What would help?"),
        required=False,
        choices=[
            ("ride", _("A ride to the center")),
            ("kids", _("Someone to watch my children")),
            ("court", _("A letter for the court")),
        ],
        widget=CheckboxRows,
    )
    starts = TimeEntry(label=_("From"), help_text=_("Like 6p, 18 or 6:30 pm."), near=time(18))
    born = DateEntry(label=_("Date of birth"), help_text=_("Month, day, year: 11/24/1990."))
    center = forms.ChoiceField(
        label=_("Center"), choices=[("n", _("North")), ("s", _("South"))], required=False
    )
    words = forms.CharField(label=_("Anything else?"), widget=forms.Textarea, required=False)
    message_ok = forms.BooleanField(
        label=_("You may leave a message"), help_text=_("We say only a first name."), required=False
    )


class WeekForm(WithWeek):
    """The week painter alone."""

    busy = WeekField(
        label=_("When can you not come?"),
        help_text=_("Mark work, school and care for others."),
        required=False,
    )


ITEMS = (
    GridItem(
        weekday=1, starts=1080, ends=1260, label="Group, evening", detail="North, room 2", url="#week-grid"
    ),
    GridItem(weekday=1, starts=1020, ends=1080, label="Counselor hour", kind="offer"),
    GridItem(
        weekday=3, starts=1080, ends=1260, label="Group, evening", detail="North, room 2", url="#week-grid"
    ),
    GridItem(weekday=3, starts=1110, ends=1230, label="Family night", kind="notice"),
    GridItem(weekday=4, starts=480, ends=1020, label="Work", kind="busy"),
    GridItem(weekday=5, starts=540, ends=720, label="Group, by video", kind="cancelled"),
)
AT = datetime(2026, 11, 24, 18, 4, tzinfo=UTC)
TABS = (
    {"label": _("All"), "url": "?", "current": True, "count": 12},
    {"label": _("Overdue"), "url": "?tab=overdue", "current": False, "count": 1},
)
STAGES = (
    {"label": _("Read"), "done": True, "current": False},
    {"label": _("Place"), "done": False, "current": True},
    {"label": _("Check"), "done": False, "current": False},
)
ENTRIES = (
    {"at": AT, "title": _("Asked for help"), "text": _("By phone, for herself."), "current": False},
    {"at": AT, "title": _("Called back"), "text": "", "current": True},
)
SHEET = (
    {"name": "A. Sample", "field": "state-1", "value": "P", "came": "18:00", "left": "21:00", "owes": 0},
    {
        "name": "B. Sample-With-A-Very-Long Name",
        "field": "state-2",
        "value": "L",
        "came": "18:20",
        "left": "21:00",
        "owes": 120,
    },
    {"name": "C. Sample", "field": "state-3", "value": "A", "came": "", "left": "", "owes": 180},
)
RAIL = (
    {"label": _("Today"), "url": "/style/", "current": True, "count": None},
    {"label": _("People"), "url": "/style/?2", "current": False, "count": None},
    {"label": _("Requests"), "url": "/style/?3", "current": False, "count": 3},
    {"label": _("Week"), "url": "/style/?4", "current": False, "count": None},
    {"label": _("Find"), "url": "/style/?5", "current": False, "count": None},
)
PUBLIC_RAIL = (
    {"label": _("Get help"), "url": "/style/?as=public", "current": True, "icon": "home"},
    {"label": _("Does it fit my week?"), "url": "/style/?2", "current": False, "icon": "calendar"},
    {"label": _("For families"), "url": "/style/?3", "current": False, "icon": "people"},
    {"label": _("Find a center"), "url": "/style/?4", "current": False, "icon": "place"},
)
SYMBOLS = (
    "home",
    "check",
    "done",
    "notice",
    "stop",
    "note",
    "open",
    "draft",
    "half",
    "pencil",
    "lock",
    "phone",
    "leave",
    "help",
    "calendar",
    "today",
    "plan",
    "message",
    "person",
    "people",
    "search",
    "clock",
    "place",
    "video",
    "plus",
    "close",
    "down",
    "next",
    "back",
    "print",
    "download",
    "undo",
)
SHELLS = {"staff": "ground/staff.html", "patient": "ground/patient.html", "public": "ground/public.html"}


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything `ground/style.html` shows; `?as=public|patient|staff` chooses the shell around it."""
    shell = request.GET.get("as", "staff")
    week = frozenset(block(range(5), 8, 12) | block(range(1), 13, 17))
    return {
        "shell": SHELLS.get(shell, SHELLS["staff"]),
        "rail": RAIL if shell not in ("public", "patient") else PUBLIC_RAIL,
        "public": shell == "public",
        "sample": SampleForm(),
        "wrong": SampleForm(data={"starts": "late", "born": "2/30/1990"}, auto_id="wrong_%s"),
        "week_form": WeekForm(request.POST or None, initial={"busy": week}),
        "items": ITEMS,
        "at": AT,
        "today": AT.date(),
        "tabs": TABS,
        "stages": STAGES,
        "entries": ENTRIES,
        "sheet": SHEET,
        "keys": KEYS,
        "facts": ((_("Group"), _("Evening, North")), (_("Seats"), "9 / 12")),
        "page": Paginator(range(60), 25).page(2),
        "symbols": SYMBOLS,
        "tones": ("ok", "notice", "stop", "note"),
    }
