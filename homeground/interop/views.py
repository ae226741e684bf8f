from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop import actions, queries
from homeground.interop.rules import calendar_feed


def _own_patient_id(request: Request) -> UUID:
    person_id = request.visit.actor.person_id
    patient = chart.patient_of_person(person_id) if person_id else None
    if patient is None:
        raise Http404
    return patient.patient_id


@never_cache
@require_GET
def feed(request: Request, secret: str) -> HttpResponse:
    """The calendar itself. Who holds the address is the patient or someone they gave it to."""
    try:
        found = queries.feed(secret, request.visit.house.id, clock.now())
    except queries.NoSuchFeed:
        raise Http404 from None
    body = calendar_feed.calendar(found.entries, language=found.language)
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="calendar.ics"'},
    )


@require_POST
def feeds(request: Request) -> HttpResponse:
    """Make a new address for the signed-in patient and show it this once."""
    patient_id = _own_patient_id(request)
    secret = actions.make_feed(patient_id=patient_id, by=request.visit.actor, at=clock.now())
    address = request.build_absolute_uri(reverse("interop:feed", args=[secret]))
    return render(request, "interop/feed.html", {"address": address})


@require_POST
def revocation(request: Request) -> HttpResponse:
    """End the signed-in patient's address."""
    actions.revoke_feed(patient_id=_own_patient_id(request), by=request.visit.actor, at=clock.now())
    return redirect("desk:today")
