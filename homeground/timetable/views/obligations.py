"""What a person has to do besides treatment: typed, painted or taken from a calendar file."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.ui.week_grid import GridItem
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.timetable import actions, queries
from homeground.timetable.calendar_file import CalendarRefused, Reading, read_busy
from homeground.timetable.calendar_file.words import refusal_words
from homeground.timetable.forms import ApartForm, CalendarForm, CircumstancesForm, ObligationForm, PaintForm
from homeground.timetable.queries import PersonWeek
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.rules.week import DAY
from homeground.timetable.views.shell import page, today, zone

WEEKS = 13
LISTED = timedelta(weeks=2)


@require_http_methods(["GET", "HEAD", "POST"])
def obligations(request: Request, person_id: UUID) -> HttpResponse:
    """The person's week; POST adds a time typed by hand."""
    if request.method != "POST":
        return _obligations(request, person_id)
    form = ObligationForm(request.POST)
    if not form.is_valid():
        return _obligations(request, person_id, typed=form)
    try:
        _add(request, person_id, form.cleaned_data)
    except people.PersonNotHere:
        raise Http404 from None
    except actions.EndsBeforeStart:
        form.add_error("ends", _("It must end after it begins."))
        return _obligations(request, person_id, typed=form)
    except actions.TooManyObligations:
        form.add_error(None, _("There are too many obligations already. Remove some first."))
        return _obligations(request, person_id, typed=form)
    messages.success(request, _("The time is added."))
    return redirect("timetable:obligations", person_id)


@require_POST
def painted(request: Request, person_id: UUID) -> HttpResponse:
    """Take over the painted week."""
    form = PaintForm(request.POST)
    if not form.is_valid():
        return _obligations(request, person_id, painting=form, status=200 if form.preset_pressed else 422)
    try:
        actions.paint_week(
            person_id=person_id, cells=form.cleaned_data["week"], by=request.visit.actor, at=clock.now()
        )
    except people.PersonNotHere:
        raise Http404 from None
    messages.success(request, _("The week is saved."))
    return redirect("timetable:obligations", person_id)


@require_POST
def calendar_file(request: Request, person_id: UUID) -> HttpResponse:
    """Take over the busy times of a calendar file for the next three months."""
    form = CalendarForm(request.POST, request.FILES)
    if not form.is_valid():
        return _obligations(request, person_id, file=form)
    try:
        reading = _read(request, form)
        count = actions.take_calendar(
            person_id=person_id, busy=reading.busy, by=request.visit.actor, at=clock.now()
        )
    except people.PersonNotHere:
        raise Http404 from None
    except CalendarRefused as refused:
        form.add_error("calendar", str(refusal_words[refused.reason_code]))
        return _obligations(request, person_id, file=form)
    except actions.TooManyObligations:
        form.add_error("calendar", _("This calendar has too many events for one person."))
        return _obligations(request, person_id, file=form)
    told = ngettext("%(n)s time was taken over.", "%(n)s times were taken over.", count) % {"n": count}
    if reading.skipped:
        told += " " + _("%(n)s could not be read.") % {"n": len(reading.skipped)}
    messages.success(request, told)
    return redirect("timetable:obligations", person_id)


@require_POST
def calendar_removal(request: Request, person_id: UUID) -> HttpResponse:
    """Take away everything that came from a calendar file."""
    try:
        count = actions.remove_imported(person_id=person_id, by=request.visit.actor, at=clock.now())
    except people.PersonNotHere:
        raise Http404 from None
    told = ngettext("%(n)s time was removed.", "%(n)s times were removed.", count) % {"n": count}
    messages.success(request, told)
    return redirect("timetable:obligations", person_id)


@require_POST
def circumstances(request: Request, person_id: UUID) -> HttpResponse:
    """Travel, video, part of the day."""
    form = CircumstancesForm(request.POST, clinical=request.visit.actor.has(*CLINICIANS))
    if not form.is_valid():
        return _obligations(request, person_id, way=form)
    try:
        actions.record_circumstances(
            person_id=person_id, **form.cleaned_data, by=request.visit.actor, at=clock.now()
        )
    except people.PersonNotHere:
        raise Http404 from None
    messages.success(request, _("Travel and wishes are saved."))
    return redirect("timetable:obligations", person_id)


@require_POST
def removal(request: Request, obligation_id: UUID) -> HttpResponse:
    """Take one obligation away."""
    try:
        person_id = actions.remove_obligation(
            obligation_id=obligation_id, by=request.visit.actor, at=clock.now()
        )
    except actions.ObligationNotHere:
        raise Http404 from None
    messages.success(request, _("The time is removed."))
    return redirect("timetable:obligations", person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: Request, person_id: UUID) -> HttpResponse:
    """Who must not meet this person here. For clinicians."""
    form = ApartForm(request.POST or None, people=_others(request, person_id))
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_apart(
                one_id=person_id, other_id=form.cleaned_data["other"], by=request.visit.actor, at=clock.now()
            )
        except people.PersonNotHere:
            raise Http404 from None
        except actions.AlreadyApart:
            form.add_error("other", _("These two are kept apart already."))
        else:
            messages.success(request, _("They will not be seated together. Nobody is told why."))
            return redirect("timetable:apart", person_id)
    context = {"person": _person(person_id), "pairs": queries.no_contacts(person_id), "form": form}
    return page(request, "apart.html", context, status=422 if form.errors else 200)


@require_POST
def apart_removal(request: Request, pair_id: UUID) -> HttpResponse:
    """Two people may meet again."""
    try:
        actions.lift_no_contact(pair_id=pair_id, by=request.visit.actor, at=clock.now())
    except actions.PairNotHere:
        raise Http404 from None
    messages.success(request, _("They may meet again."))
    return redirect("desk:people")


def _person(person_id: UUID) -> people.PersonFacts:
    try:
        return people.person(person_id)
    except people.PersonNotHere:
        raise Http404 from None


def _others(request: Request, person_id: UUID) -> list[tuple[object, object]]:
    stays = chart.admitted_on(today(request, clock.now()))
    return [
        (each.patient.person_id, each.patient.name) for each in stays if each.patient.person_id != person_id
    ]


def _add(request: Request, person_id: UUID, told: dict[str, Any]) -> None:
    who = {"person_id": person_id, "hard": told["hard"] == "hard"}
    by, at, house = request.visit.actor, clock.now(), request.visit.house
    if told["weekday"] is not None:
        actions.add_weekly(
            weekday=told["weekday"], starts=told["starts"], ends=told["ends"], **who, by=by, at=at
        )
        return
    starts_at, ends_at = (at_clock(told["on"], told[name], house.zone) for name in ("starts", "ends"))
    actions.add_dated(starts_at=starts_at, ends_at=ends_at, **who, by=by, at=at)


def _read(request: Request, form: CalendarForm) -> Reading:
    now = today(request, clock.now())
    return read_busy(
        form.cleaned_data["calendar"].read(),
        starts_on=now,
        ends_on=now + timedelta(weeks=WEEKS),
        zone=request.visit.house.zone,
    )


def _obligations(
    request: Request,
    person_id: UUID,
    *,
    typed: ObligationForm | None = None,
    painting: PaintForm | None = None,
    file: CalendarForm | None = None,
    way: CircumstancesForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    person, at = _person(person_id), clock.now()
    found = queries.busy_of(person_id, on=today(request, at))
    initial = {
        "travel_minutes": found.travel_minutes,
        "daypart": found.daypart,
        "video_possible": found.video,
        "dual": found.dual,
    }
    clinical = request.visit.actor.has(*CLINICIANS)
    stay = chart.open_episode_of_person(person_id, today(request, at))
    context = {
        "person": person,
        "week": found,
        "rows": [each for each in found.obligations if _near(each, at)],
        "imported": sum(1 for each in found.obligations if each.imported and _ahead(each, at)),
        "later": sum(1 for each in found.obligations if _ahead(each, at) and not _near(each, at)),
        "coming": _coming(found, today(request, at), zone(request)),
        "typed": typed or ObligationForm(),
        "painting": painting or PaintForm(initial={"week": found.painted}),
        "file": file or CalendarForm(),
        "way": way or CircumstancesForm(initial=initial, clinical=clinical),
        "stay": stay,
        "may_keep_apart": clinical,
    }
    wrong = any(form is not None for form in (typed, file, way))
    return page(request, "obligations.html", context, status=status or (422 if wrong else 200))


def _ahead(each: queries.ObligationFacts, at: datetime) -> bool:
    return each.ends_at is None or each.ends_at > at


def _near(each: queries.ObligationFacts, at: datetime) -> bool:
    """Whether a time stands in the list: of an imported calendar only the next two weeks do."""
    far = each.imported and each.starts_at is not None and each.starts_at >= at + LISTED
    return _ahead(each, at) and not far


def _coming(week: PersonWeek, first: date, zone: ZoneInfo) -> list[GridItem]:
    """The dated times of the seven days from `first` on, cut at midnight, as the week shows them."""
    items = []
    for each in week.obligations:
        if each.starts_at is None or each.ends_at is None:
            continue
        starts, ends = (at.astimezone(zone).replace(tzinfo=None) for at in (each.starts_at, each.ends_at))
        for on in (first + timedelta(days=n) for n in range(7)):
            midnight = datetime.combine(on, time())
            begun = max(int((starts - midnight).total_seconds() // 60), 0)
            over = min(int((ends - midnight).total_seconds() // 60), DAY)
            if begun < over:
                label = _("busy") if each.hard else _("could move")
                items.append(GridItem(on.weekday(), begun, over, label, kind="busy"))
    return items
