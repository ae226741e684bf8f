"""The waiting list, and chairs kept for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.templatetags.ui import moment
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.timetable import actions, queries, words
from homeground.timetable.forms import LeaveForm, SeatForm, WaitForm
from homeground.timetable.views.fit import show
from homeground.timetable.views.shell import page, today, zone


@require_safe
def waiting(request: Request) -> HttpResponse:
    """Who waits, in order: a kept chair, the chair that can be offered now, or what would make room."""
    now = today(request, clock.now())
    found = queries.waiting_list(now)
    context = {
        "people": found,
        "offers": sum(1 for each in found if each.offer),
        "today": now,
        "urgencies": dict(words.URGENCIES),
        "reasons": words.LEFT,
        "may_design": request.visit.actor.has(Role.DIRECTOR),
    }
    return page(request, "waiting.html", context)


@require_POST
def waits(request: Request, episode_id: UUID) -> HttpResponse:
    """Put a stay on the waiting list."""
    form = WaitForm(request.POST)
    if not form.is_valid():
        return show(request, episode_id, trouble=_("Please choose how soon this person needs a seat."))
    try:
        actions.put_on_list(
            episode_id=episode_id,
            urgency=form.cleaned_data["urgency"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.EpisodeNotHere:
        raise Http404 from None
    except actions.EpisodeNotOpen as error:
        return show(request, episode_id, trouble=str(words.refused(error)))
    except actions.AlreadyWaiting:
        return show(request, episode_id, trouble=_("This person is on the waiting list already."))
    messages.success(request, _("On the waiting list. The first free chair that fits is offered in order."))
    return redirect("timetable:waiting")


@require_POST
def leaving(request: Request, waiting_id: UUID) -> HttpResponse:
    """Take somebody off the list, with a reason."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.leave_list(
            waiting_id=waiting_id, why=form.cleaned_data["why"], by=request.visit.actor, at=clock.now()
        )
    except actions.NotWaiting:
        raise Http404 from None
    messages.success(request, _("No longer on the waiting list."))
    return redirect("timetable:waiting")


@require_POST
def holds(request: Request, episode_id: UUID) -> HttpResponse:
    """Keep a chair of a group for this stay."""
    form = SeatForm(request.POST)
    if not form.is_valid():
        return show(request, episode_id, trouble=_("The first day could not be read. Please choose again."))
    told = form.cleaned_data
    try:
        kept = actions.hold(
            episode_id=episode_id,
            group_id=told["group"],
            by_video=told["by_video"],
            sessions=told["sessions"],
            starts_on=told["starts_on"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except (actions.GroupNotHere, actions.EpisodeNotHere, people.PersonNotHere):
        raise Http404 from None
    except actions.Refused as error:
        return show(request, episode_id, trouble=str(words.refused(error)))
    until = moment(kept.until.astimezone(zone(request)))
    messages.success(request, _("The chair is kept until %(moment)s.") % {"moment": until})
    return redirect("timetable:fit", episode_id)


@require_POST
def release(request: Request, hold_id: UUID) -> HttpResponse:
    """Give a kept chair back before its time."""
    episode_id = queries.episode_of_hold(hold_id)
    if episode_id is None:
        raise Http404
    try:
        actions.give_back_hold(hold_id=hold_id, by=request.visit.actor, at=clock.now())
    except actions.HoldNotHere:
        raise Http404 from None
    messages.success(request, _("The chair is free again."))
    return redirect("timetable:fit", episode_id)
