"""Ending a group and closing a day: first what it would touch, then the decision."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.program import actions as closing
from homeground.program import queries as program
from homeground.timetable import actions, queries
from homeground.timetable.forms import ClosureForm, EndForm
from homeground.timetable.queries.endings import guests_ahead, touched_by_closing
from homeground.timetable.views.shell import page, today


@require_http_methods(["GET", "HEAD", "POST"])
def group_end(request: Request, group_id: UUID) -> HttpResponse:
    """Who sits in a group and what becomes of their chairs; a POST ends it."""
    at = clock.now()
    now = today(request, at)
    found = next((each for each in queries.groups_with_seats(now) if each.group.id == group_id), None)
    if found is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ended(request, group_id, form):
        return redirect("timetable:group", group_id)
    context = {
        "found": found,
        "members": queries.members(group_id, now),
        "guests": guests_ahead(group_id, at),
        "form": form,
    }
    return page(request, "group_end.html", context, status=422 if form.is_bound else 200)


def _ended(request: Request, group_id: UUID, form: EndForm) -> bool:
    try:
        done = actions.end_group(
            group_id=group_id, ends_on=form.cleaned_data["ends_on"], by=request.visit.actor, at=clock.now()
        )
    except actions.GroupNotHere:
        raise Http404 from None
    except actions.EndsTooEarly:
        form.add_error("ends_on", _("A group ends today at the earliest, and after its first day."))
    except actions.EndedBefore:
        form.add_error("ends_on", _("The group ends on that day or before already."))
    else:
        told = ngettext(
            "The group ends. %(n)s chair ends with it.",
            "The group ends. %(n)s chairs end with it.",
            done.seats,
        )
        messages.success(request, told % {"n": done.seats})
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def closures(request: Request) -> HttpResponse:
    """The days to come on which a center is closed; a POST shows what a new one cancels, then closes it."""
    at = clock.now()
    now = today(request, at)
    centers = program.centers(now)
    form = ClosureForm(
        request.POST if request.method == "POST" else None, centers=[(each.id, each.name) for each in centers]
    )
    context: dict[str, object] = {"form": form, "centers": centers, "now": now}
    if form.is_valid():
        told = form.cleaned_data
        touched = touched_by_closing(told["center"], told["on"], at)
        if touched and not told["seen"] and told["on"] > now:
            return page(request, "closures.html", {**context, "touched": touched, "asked": told})
        if _closed(request, form):
            return redirect("timetable:closures")
    return page(request, "closures.html", context, status=422 if form.is_bound else 200)


def _closed(request: Request, form: ClosureForm) -> bool:
    told = form.cleaned_data
    try:
        cancelled = actions.close_center(
            center_id=told["center"], on=told["on"], name=told["name"], by=request.visit.actor, at=clock.now()
        )
    except closing.CenterNotHere:
        raise Http404 from None
    except closing.ClosedInThePast:
        form.add_error("on", _("Only a day to come can be closed."))
    except closing.ClosedAlready:
        form.add_error("on", _("The center is closed on that day already."))
    else:
        said = ngettext(
            "The day is closed. %(n)s appointment is cancelled and counts as excused.",
            "The day is closed. %(n)s appointments are cancelled and count as excused.",
            cancelled,
        )
        messages.success(request, said % {"n": cancelled})
        return True
    return False
