from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from homeground.front_door.actions.limit import TooManyTries, take_turn
from homeground.front_door.forms import FitForm
from homeground.front_door.rules.allowance import CALENDAR
from homeground.front_door.views.shell import public, zone
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.timetable import queries as timetable
from homeground.timetable.calendar_file import CalendarRefused, Refusal, read_busy, weekly_pattern
from homeground.timetable.calendar_file.words import refusal_words

WEEKS = 4
HALVES = 48

type Cells = frozenset[tuple[int, int]]


@require_http_methods(["GET", "HEAD", "POST"])
def fit(request: Request) -> HttpResponse:
    """Does treatment fit my week? Answered on the spot; neither the week nor the file is kept."""
    if request.method != "POST":
        return public(request, "fit.html", {"form": FitForm()})
    form = FitForm(request.POST, request.FILES)
    if not form.is_valid():
        return public(request, "fit.html", {"form": form}, status=200 if form.preset_pressed else 422)
    today = clock.now().astimezone(zone(request)).date()
    try:
        read = _from_file(request, form, today) if form.cleaned_data["calendar"] else frozenset()
    except (CalendarRefused, TooManyTries) as refused:
        code = refused.reason_code if isinstance(refused, CalendarRefused) else Refusal.BUSY_NOW
        form.add_error("calendar", str(refusal_words[code]))
        return public(request, "fit.html", {"form": form}, status=422)
    return _answer(request, form.cleaned_data, read, today)


def _answer(request: Request, told: dict[str, Any], read: Cells, today: date) -> HttpResponse:
    """The offers or the smallest changes, above the week as it was understood."""
    week = told["week"] | read
    answer = timetable.fit(
        busy=week,
        travel_minutes=told["travel"],
        video=told["video"],
        population=told["age"],
        language=None if told["language"] == "any" else told["language"],
        on=today,
    )
    shown = FitForm(initial={**told, "week": week})
    return public(request, "fit.html", {"form": shown, "answer": answer, "from_file": bool(read)})


def _from_file(request: Request, form: FitForm, today: date) -> Cells:
    """Half-hours that the calendar usually fills, tentative ones too: the guest can clear them."""
    take_turn(form="calendar", allowance=CALENDAR, by=request.visit.actor, at=clock.now())
    reading = read_busy(
        form.cleaned_data["calendar"].read(),
        starts_on=today,
        ends_on=today + timedelta(weeks=WEEKS),
        zone=request.visit.house.zone,
    )
    pattern = weekly_pattern(reading, starts_on=today, weeks=WEEKS)
    return frozenset(divmod(cell, HALVES) for cell in pattern.hard | pattern.soft)
