"""Pages that put the plan beside what other rooms know: what is due, one objective's story, the copy."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from homeground.audit import actions as audit
from homeground.desk.queries.due import due_list, own_people
from homeground.desk.queries.thread import NoPlan, plan_copy, thread_page
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import queries as plan


@require_safe
def due(request: Request) -> HttpResponse:
    """Everything owed, for whom, since when, by which rule."""
    at, visit = clock.now(), request.visit
    own = own_people(visit.actor) if request.GET.get("show") != "all" else None
    page = due_list(at, visit.house.zone, own)
    return render(request, "desk/due.html", {"page": page, "zone": visit.house.zone})


@require_safe
def objective(request: Request, objective_id: UUID) -> HttpResponse:
    """One objective from the problem it answers to its end."""
    zone = request.visit.house.zone
    try:
        page = thread_page(objective_id, request.visit.parts, zone)
    except plan.ObjectiveNotHere:
        raise Http404 from None
    _looked(request, page.thread.patient_id, "desk.objective.read")
    return render(request, "desk/objective.html", {"page": page, "zone": zone})


@require_safe
def copy(request: Request, patient_id: UUID) -> HttpResponse:
    """The plan in plain words for the person, in their language, to print."""
    at, zone = clock.now(), request.visit.house.zone
    try:
        page = plan_copy(patient_id, at, at + timedelta(days=14))
    except NoPlan:
        raise Http404 from None
    _looked(request, patient_id, "desk.plan_copy.read")
    chosen = request.GET.get("in", page.language)
    with translation.override(chosen if chosen in ("en", "es") else "en"):
        return render(request, "desk/plan_copy.html", {"page": page, "zone": zone, "at": at})


def _looked(request: Request, patient_id: UUID, event: str) -> None:
    audit.record(
        by=request.visit.actor,
        at=clock.now(),
        event=event,
        subject_kind="patient",
        subject_id=patient_id,
        patient_id=patient_id,
    )
