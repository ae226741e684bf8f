from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import Role
from homeground.timetable import actions as timetable
from homeground.treatment import actions, queries
from homeground.treatment.forms import MakeUpForm, ShortWeekForm
from homeground.treatment.rules.vocabulary import ShortReason
from homeground.treatment.views.shell import page, today

NOT_OPEN = (
    timetable.AlreadyBegun,
    timetable.AlreadyCancelled,
    timetable.AppointmentNotHere,
    timetable.DoubleBooked,
    timetable.NoOpenEpisode,
    timetable.AlreadySeated,
    timetable.GroupFull,
    timetable.NoVideoSeats,
    timetable.NotAvailable,
    timetable.NotForThisPerson,
)


@require_safe
def week(request: Request) -> HttpResponse:
    """Everyone's hours this week."""
    on = today(request, clock.now())
    return page(request, "week.html", {"rows": queries.week_of_everyone(on), "on": on})


@require_safe
def hours(request: Request, patient_id: UUID) -> HttpResponse:
    """One patient's ledger, week by week."""
    return _ledger(request, patient_id, clock.now())


@require_POST
def short_weeks(request: Request, patient_id: UUID) -> HttpResponse:
    """Say why a week was short."""
    at = clock.now()
    form = ShortWeekForm(request.POST, auto_id=f"%s-{request.POST.get('week_starts_on', '')[:10]}")
    if form.is_valid():
        try:
            actions.explain_short_week(
                patient_id=patient_id,
                week_starts_on=form.cleaned_data["week_starts_on"],
                reason=ShortReason(form.cleaned_data["reason"]),
                on=today(request, at),
                by=request.visit.actor,
                at=at,
            )
            return redirect("treatment:hours", patient_id=patient_id)
        except queries.NotAdmitted:
            raise Http404 from None
        except actions.NotAWeek:
            form.add_error(None, _("This is not the first day of a week. Choose the week again."))
        except actions.NotShort:
            form.add_error(None, _("This week reached its floor. There is nothing to explain."))
    return _ledger(request, patient_id, at, explain=form)


@require_POST
def make_ups(request: Request, patient_id: UUID) -> HttpResponse:
    """Book a patient into one session of another group."""
    at = clock.now()
    form = MakeUpForm(request.POST)
    if form.is_valid():
        try:
            timetable.book_make_up(
                appointment_id=form.cleaned_data["appointment"],
                patient_id=patient_id,
                by_video=form.cleaned_data["by_video"],
                by=request.visit.actor,
                at=at,
            )
        except NOT_OPEN:
            form.add_error(None, _("That session is no longer open to this person. Choose another one."))
        else:
            messages.success(request, _("Booked. The session counts once attendance is taken."))
            return redirect("treatment:hours", patient_id=patient_id)
    return _ledger(request, patient_id, at, make_up=form)


def _ledger(
    request: Request,
    patient_id: UUID,
    at: datetime,
    *,
    explain: ShortWeekForm | None = None,
    make_up: MakeUpForm | None = None,
) -> HttpResponse:
    """The ledger page; a form that was refused comes back with what was typed, as 422."""
    on: date = today(request, at)
    try:
        found = actions.read_hours(patient_id=patient_id, on=on, by=request.visit.actor, at=at)
    except queries.NotAdmitted:
        raise Http404 from None
    context = {
        "ledger": found,
        "on": on,
        "explain": explain or ShortWeekForm(),
        "explained_week": explain.data.get("week_starts_on", "") if explain else "",
        "make_up": make_up,
        "form": explain or make_up,
        "may_act": request.visit.actor.has(Role.COUNSELOR, Role.DIRECTOR),
    }
    return page(request, "hours.html", context, status=422 if explain or make_up else 200)
