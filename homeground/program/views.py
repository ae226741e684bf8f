"""The clinic's centers, programs and rooms after founding. Closing a day belongs to the timetable."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import KEEPERS
from homeground.program import actions, queries
from homeground.program.forms import CenterForm, ProgramForm, SpaceForm


@require_safe
def places(request: Request) -> HttpResponse:
    """Every center with its hours, closed days, programs and rooms."""
    context = {
        "centers": queries.centers(timezone.localdate(clock.now())),
        "may_add": request.visit.actor.has(*KEEPERS),
    }
    return _page(request, "places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_center(request: Request) -> HttpResponse:
    """Add a center."""
    form = CenterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.open_center(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        except actions.ClosesBeforeOpening as error:
            form.add_error(f"closes_{error.weekday}", _("It must close after it opens."))
        else:
            messages.success(request, _("The center is there. Add its rooms and programs next."))
            return redirect("program:places")
    return _page(request, "center_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def center(request: Request, center_id: UUID) -> HttpResponse:
    """Correct a center's name, address, phone and hours."""
    centers = queries.centers(timezone.localdate(clock.now()))
    now = next((each for each in centers if each.id == center_id), None)
    if now is None:
        raise Http404
    form = CenterForm(request.POST if request.method == "POST" else None, initial=_as_typed(now))
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.change_center(center_id=center_id, **told, by=request.visit.actor, at=clock.now())
        except actions.ClosesBeforeOpening as error:
            form.add_error(f"closes_{error.weekday}", _("It must close after it opens."))
        else:
            messages.success(request, _("The center is corrected."))
            return redirect("program:places")
    context = {"form": form, "center": now}
    return _page(request, "center_form.html", context, status=422 if form.is_bound else 200)


def _as_typed(center: queries.CenterShown) -> dict[str, object]:
    """A center as its form shows it."""
    names = ("name", "street", "city", "state", "phone")
    shown = {name: getattr(center, name) for name in names} | {"zip_code": center.zip}
    opens = {f"opens_{each.weekday}": each.opens for each in center.hours}
    return shown | opens | {f"closes_{each.weekday}": each.closes for each in center.hours}


@require_http_methods(["GET", "HEAD", "POST"])
def space(request: Request, space_id: UUID) -> HttpResponse:
    """Correct a room's name, use and chairs."""
    now = next((each for each in queries.spaces() if each.id == space_id), None)
    if now is None:
        raise Http404
    shown = {"name": now.name, "kind": now.kind, "seats": now.seats}
    form = SpaceForm(request.POST if request.method == "POST" else None, centers=None, initial=shown)
    if form.is_valid():
        told = form.cleaned_data
        actions.change_space(space_id=space_id, **told, by=request.visit.actor, at=clock.now())
        messages.success(request, _("The room is corrected."))
        return redirect("program:places")
    context = {"form": form, "space": now}
    return _page(request, "space_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_program(request: Request) -> HttpResponse:
    """Add a program to a center."""
    told = request.POST if request.method == "POST" else None
    form = ProgramForm(told, centers=_centers(), packs=queries.pack_names())
    if form.is_valid():
        try:
            actions.add_program(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        except actions.CenterNotHere:
            raise Http404 from None
        except actions.DaysOutOfOrder:
            form.add_error("max_days", _("At most cannot be less than at least."))
        except actions.BelowFloor as error:
            short = _("The rules ask for at least %(hours)g hours a week.") % {"hours": error.floor / 60}
            form.add_error("hours", short)
        else:
            messages.success(request, _("The program is there. It admits people from now on."))
            return redirect("program:places")
    return _page(request, "program_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_space(request: Request) -> HttpResponse:
    """Add a room to a center."""
    form = SpaceForm(request.POST if request.method == "POST" else None, centers=_centers())
    if form.is_valid():
        try:
            actions.add_space(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        except actions.CenterNotHere:
            raise Http404 from None
        messages.success(request, _("The room is there. Groups can meet in it."))
        return redirect("program:places")
    return _page(request, "space_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _centers() -> list[tuple[object, object]]:
    return [(each.id, each.name) for each in queries.centers(timezone.localdate(clock.now()))]


def _page(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    return render(request, f"program/{template}", dict(context), status=status)
