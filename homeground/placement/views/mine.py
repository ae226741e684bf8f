"""A patient's own measures: what waits, how it went, and what may help next."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.placement import actions
from homeground.placement.queries import measures, trends
from homeground.placement.queries.instruments import setting
from homeground.placement.queries.measures import PacketNotHere
from homeground.placement.views.answering import remember
from homeground.placement.views.shell import draw


@require_safe
def mine(request: Request) -> HttpResponse:
    """What waits to be answered, and lines of what was. Words of strength only where the clinic says so."""
    patient_id = _own(request)
    visit, at = request.visit, clock.now()
    shows_severity = setting().shows_severity
    context = {
        "waiting": trends.waiting(patient_id, at),
        "trends": trends.trends(patient_id, visit.house.zone),
        "shows_severity": shows_severity,
        "shown": "plain" if shows_severity else "",
    }
    return draw(request, "mine.html", context)


@require_POST
def my_visit(request: Request, packet_id: UUID) -> HttpResponse:
    """Begin, or go on, with one's own questionnaires."""
    at = clock.now()
    try:
        if measures.packet_patient(packet_id, at) != _own(request):
            raise Http404
        opened = actions.open_here(packet_id=packet_id, mode="portal", by=request.visit.actor, at=at)
    except (PacketNotHere, actions.NobodyAnswers, actions.NotInUse):
        raise Http404 from None
    return remember(redirect("placement:check"), opened)


def _own(request: Request) -> UUID:
    person_id = request.visit.actor.person_id
    patient = chart.patient_of_person(person_id) if person_id else None
    if patient is None:
        raise Http404
    return patient.patient_id
