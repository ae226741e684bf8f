"""One appointment, and the exceptions made to it."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.timetable import actions, queries, words
from homeground.timetable.forms import CancelForm, MakeUpForm, MoveForm, SubstituteForm
from homeground.timetable.queries import Roster
from homeground.timetable.queries.clashes import Clash, clashes_of_staff, rooms_taken
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.views.shell import page, schedules, space_choices, staff_choices, zone

GONE = (actions.AppointmentNotHere, actions.SpaceNotHere, people.PersonNotHere)


@require_safe
def appointment(request: Request, appointment_id: UUID) -> HttpResponse:
    """One appointment; with times in the query, what would stand in the way of moving it there."""
    if not {"on", "starts", "ends"} <= request.GET.keys():
        return _appointment(request, appointment_id)
    move = MoveForm(request.GET, spaces=space_choices())
    if not move.is_valid():
        return _appointment(request, appointment_id, move=move, status=422)
    return _appointment(request, appointment_id, move=move, times=_times(request, move))


@require_POST
def cancellation(request: Request, appointment_id: UUID) -> HttpResponse:
    """Cancel it for everybody."""
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _appointment(request, appointment_id, cancel=form, status=422)
    try:
        actions.cancel_appointment(
            appointment_id=appointment_id,
            reason=actions.Reason(form.cleaned_data["reason"]),
            by=request.visit.actor,
            at=clock.now(),
        )
    except GONE:
        raise Http404 from None
    except (actions.AlreadyCancelled, actions.AlreadyBegun) as error:
        form.add_error(None, _late(error))
        return _appointment(request, appointment_id, cancel=form, status=422)
    messages.success(request, _("The appointment is cancelled. It counts as excused for everybody."))
    return redirect("timetable:appointment", appointment_id)


@require_POST
def moves(request: Request, appointment_id: UUID) -> HttpResponse:
    """Give it other times or another room."""
    form = MoveForm(request.POST, spaces=space_choices())
    if not form.is_valid():
        return _appointment(request, appointment_id, move=form, status=422)
    starts_at, ends_at = _times(request, form)
    try:
        actions.move_appointment(
            appointment_id=appointment_id,
            starts_at=starts_at,
            ends_at=ends_at,
            space_id=form.cleaned_data["space"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except GONE:
        raise Http404 from None
    except MOVE_REFUSALS as error:
        form.add_error(None, _refused_move(error))
        return _appointment(request, appointment_id, move=form, times=(starts_at, ends_at), status=422)
    messages.success(request, _("The appointment is moved, with everybody in it."))
    return redirect("timetable:appointment", appointment_id)


@require_POST
def substitutes(request: Request, appointment_id: UUID) -> HttpResponse:
    """Have somebody else lead it."""
    form = SubstituteForm(request.POST, staff=staff_choices())
    if not form.is_valid():
        return _appointment(request, appointment_id, substitute=form, status=422)
    try:
        actions.substitute_leader(
            appointment_id=appointment_id,
            staff_id=form.cleaned_data["staff"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except GONE:
        raise Http404 from None
    except MOVE_REFUSALS as error:
        form.add_error(None, _refused_move(error))
        busy = clashes_of_staff(appointment_id, form.cleaned_data["staff"])
        return _appointment(request, appointment_id, substitute=form, busy=busy, status=422)
    messages.success(request, _("Somebody else leads this appointment."))
    return redirect("timetable:appointment", appointment_id)


@require_POST
def make_ups(request: Request, appointment_id: UUID) -> HttpResponse:
    """Book a patient as a guest for the day."""
    form = MakeUpForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.book_make_up(
            appointment_id=appointment_id,
            patient_id=form.cleaned_data["patient"],
            by_video=form.cleaned_data["by_video"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except (*GONE, actions.NoOpenEpisode):
        raise Http404 from None
    except (actions.AlreadyCancelled, actions.AlreadyBegun) as error:
        messages.error(request, _late(error))
        return _appointment(request, appointment_id, status=422)
    except (actions.Refused, actions.DoubleBooked) as error:
        messages.error(request, str(words.refused(error)))
        return _appointment(request, appointment_id, status=422)
    messages.success(request, _("The make-up session is booked."))
    return redirect("timetable:appointment", appointment_id)


MOVE_REFUSALS = (
    actions.AlreadyCancelled,
    actions.AlreadyBegun,
    actions.BadTimes,
    actions.DoubleBooked,
)


def _late(error: Exception) -> str:
    if isinstance(error, actions.AlreadyCancelled):
        return _("This appointment was cancelled before.")
    return _("This appointment has begun. The attendance sheet tells what happened.")


def _refused_move(error: Exception) -> str:
    if isinstance(error, actions.DoubleBooked):
        return str(words.TAKEN[error.resource])
    if isinstance(error, actions.BadTimes):
        return _("It must begin later than now, end after it begins, and last at most 12 hours.")
    return _late(error)


def _times(request: Request, form: MoveForm) -> tuple[datetime, datetime]:
    told, house = form.cleaned_data, request.visit.house
    return at_clock(told["on"], told["starts"], house.zone), at_clock(told["on"], told["ends"], house.zone)


def _appointment(
    request: Request,
    appointment_id: UUID,
    *,
    cancel: CancelForm | None = None,
    move: MoveForm | None = None,
    times: tuple[datetime, datetime] | None = None,
    substitute: SubstituteForm | None = None,
    busy: tuple[Clash, ...] = (),
    status: int = 200,
) -> HttpResponse:
    found = queries.roster(appointment_id)
    if found is None or not _may_see(request, found):
        raise Http404
    facts, at = found.appointment, clock.now()
    may_change = schedules(request) and not facts.cancelled and facts.starts_at > at
    context: dict[str, object] = {"found": found, "facts": facts, "may_change": may_change}
    context["reason"] = words.CANCELLED.get(facts.cancelled, "")
    if may_change:
        context["cancel"] = cancel or CancelForm()
        context["move"] = move or _move_form(request, found)
        context["substitute"] = substitute or SubstituteForm(staff=staff_choices())
        context["busy"] = busy
        context["taken"] = rooms_taken([facts.id] if facts.lacks_space else []).values()
        if move is not None and times is not None:
            context["asked"] = True
            context["clashes"] = queries.clashes(appointment_id, *times, move.cleaned_data["space"])
    return page(request, "appointment.html", context, status=status)


def _may_see(request: Request, found: Roster) -> bool:
    leaders = {leader.person_id for leader in found.appointment.leaders}
    return schedules(request) or request.visit.actor.person_id in leaders


def _move_form(request: Request, found: Roster) -> MoveForm:
    starts = found.appointment.starts_at.astimezone(zone(request))
    ends = found.appointment.ends_at.astimezone(zone(request))
    initial = {
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "space": found.appointment.space_id,
    }
    return MoveForm(initial=initial, spaces=space_choices())
