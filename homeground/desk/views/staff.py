"""Pages of the staff that put several rooms together."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from homeground.audit import actions as audit
from homeground.desk import queries
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import CLINICIANS, DOOR, SCHEDULING
from homeground.timetable.actions.wishes import NoSuchWish, answer_wish


@require_GET
def people(request: Request) -> HttpResponse:
    """The people in treatment, by name."""
    number = request.GET.get("page", "1")
    page = queries.people(
        clock.now(),
        request.visit.house.zone,
        request.visit.actor,
        search=request.GET.get("q", "")[:100],
        number=int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1,
    )
    return render(request, "desk/people.html", {"page": page})


@require_GET
def patient(request: Request, patient_id: UUID) -> HttpResponse:
    """One patient's page, as far as the reader may see it. Opening it is part of the patient's record."""
    at, visit = clock.now(), request.visit
    try:
        page = queries.patient_page(patient_id, visit.parts, at, visit.house.zone)
    except queries.NotHere:
        raise Http404 from None
    audit.record(
        by=visit.actor,
        at=at,
        event="desk.patient.read",
        subject_kind="patient",
        subject_id=patient_id,
        patient_id=patient_id,
        facts={"rule": visit.rule, "caseload": not visit.outside_caseload},
    )
    return render(
        request,
        "desk/patient.html",
        {
            "page": page,
            "zone": visit.house.zone,
            "may_schedule": visit.actor.has(*SCHEDULING),
            "may_contact": visit.actor.has(*DOOR),
            "may_plan": visit.actor.has(*CLINICIANS),
        },
    )


@require_POST
def wish_answer(request: Request, wish_id: UUID) -> HttpResponse:
    """Someone took care of a patient's wish."""
    try:
        answer_wish(wish_id=wish_id, by=request.visit.actor, at=clock.now())
    except NoSuchWish:
        raise Http404 from None
    return redirect("desk:home")
