from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import Role
from homeground.treatment import actions, queries
from homeground.treatment.forms import NotASheet, SheetInput, read_sheet
from homeground.treatment.queries.hours import midnight
from homeground.treatment.rules.sheet import Held
from homeground.treatment.views.sheet_page import sheet_page
from homeground.treatment.views.shell import page, today, zone


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, appointment_id: UUID) -> HttpResponse:
    """The attendance sheet: one page, one save."""
    at = clock.now()
    if request.method != "POST":
        return _shown(request, appointment_id, at)
    try:
        typed = read_sheet(request.POST, zone(request))
    except NotASheet:
        return _shown(request, appointment_id, at, status=400)
    if not typed.valid or typed.times.held is None:
        return _shown(request, appointment_id, at, typed, status=422)
    return _saved(request, appointment_id, at, typed)


def _saved(request: Request, appointment_id: UUID, at: datetime, typed: SheetInput) -> HttpResponse:
    held, seen = typed.times.held, typed.times.seen
    assert held is not None
    assert seen is not None
    try:
        actions.take_attendance(
            appointment_id=appointment_id,
            marks=typed.marks,
            starts_at=held.span.starts_at,
            ends_at=held.span.ends_at,
            breaks=_pairs(held),
            times_seen=(seen.span.starts_at, seen.span.ends_at, _pairs(seen)),
            by=request.visit.actor,
            at=at,
        )
    except queries.SheetNotHere:
        raise Http404 from None
    except actions.SheetRefused as refused:
        return _shown(request, appointment_id, at, typed, refused, status=422 if refused.problems else 409)
    return redirect("treatment:sheet", appointment_id=appointment_id)


def _pairs(held: Held) -> list[tuple[datetime, datetime]]:
    return [(pause.starts_at, pause.ends_at) for pause in held.breaks]


def _shown(
    request: Request,
    appointment_id: UUID,
    at: datetime,
    typed: SheetInput | None = None,
    refused: actions.SheetRefused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page as it stands, with what was typed over it and what is wrong beside it."""
    here = zone(request)
    try:
        found = queries.sheet(appointment_id, zone=str(here), at=at, by=request.visit.actor)
    except queries.SheetNotHere:
        raise Http404 from None
    shown = sheet_page(
        found,
        here,
        typed=typed,
        problems=refused.problems if refused else (),
        conflicts=refused.conflicts if refused else (),
        times_changed=refused.times_changed if refused else False,
    )
    may_see_hours = request.visit.actor.has(Role.COUNSELOR, Role.DIRECTOR)
    context = {
        "page": shown,
        "sheet": found,
        "at": at,
        "broken": status == 400,
        "may_see_hours": may_see_hours,
        "may_write_notes": request.visit.actor.has(Role.FACILITATOR, Role.COUNSELOR, Role.DIRECTOR),
    }
    return page(request, "sheet.html", context, status=status)


@require_safe
def sheets(request: Request) -> HttpResponse:
    """Today's sheets, and those nobody has taken yet; a facilitator's own only."""
    at = clock.now()
    actor = request.visit.actor
    own = None if actor.has(*queries.SEES_EVERY_SHEET) else actor.person_id
    start = midnight(today(request, at), zone(request))
    context = {
        "today": queries.sheets_between(start, start + timedelta(days=1), own),
        "due": queries.sheets_due(at, own),
        "at": at,
    }
    return page(request, "sheets.html", context)
