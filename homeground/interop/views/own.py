from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from homeground.chart import queries as chart
from homeground.confidentiality.rules.asking import Request as Asking
from homeground.confidentiality.rules.vocabulary import CHART, Asker, Channel, Purpose
from homeground.ground import clock, envelope, seal
from homeground.ground.visit import Request
from homeground.interop import actions, queries
from homeground.interop.rules import calendar_feed
from homeground.interop.rules.packet import MEDIA, Format, Kind
from homeground.people import queries as people
from homeground.people.roles import Role


def _own_patient_id(request: Request) -> UUID:
    person_id = request.visit.actor.person_id
    patient = chart.patient_of_person(person_id) if person_id else None
    if patient is None:
        raise Http404
    return patient.patient_id


# The name a file gets on somebody's machine says nothing of what it is or whose.
OWN_FORMATS = frozenset({Format.PDF.value, Format.JSON.value, Format.CSV.value})
NAMED = {
    MEDIA[Format.PDF]: 'attachment; filename="document.pdf"',
    MEDIA[Format.JSON]: 'attachment; filename="document.json"',
    MEDIA[Format.CSV]: 'attachment; filename="document.csv"',
}


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


@require_POST
def own_records(request: Request) -> HttpResponse:
    """Hand the signed-in patient their own record, as PDF, JSON or CSV: no consent is asked (check F10)."""
    _own_patient_id(request)
    person_id = request.visit.actor.person_id
    assert person_id is not None  # a patient's account has a person
    wanted = request.POST.get("format", Format.PDF.value)
    if wanted not in OWN_FORMATS:
        raise Http404
    errand = actions.Errand(
        person_id=person_id,
        request=Asking(Asker.PATIENT, Purpose.OWN_REQUEST, CHART, Channel(wanted)),
        kind=Kind.RECORD,
        house=request.visit.house,
        language=people.person(person_id).language,
        recipient="",
    )
    found = actions.release(errand=errand, format=Format(wanted), by=request.visit.actor, at=clock.now())
    return handed_over(found)


@never_cache
@require_GET
def release(request: Request, release_id: UUID) -> HttpResponse:
    """A packet that left, made again from its sealed content, for the director and for who sent it.

    That it was looked at is audited.
    """
    try:
        made_by_id = queries.release(release_id).made_by_id
        if not (request.visit.actor.has(Role.DIRECTOR) or made_by_id == request.visit.actor.account_id):
            raise Http404
        found = actions.remake(release_id=release_id, by=request.visit.actor, at=clock.now())
    except (queries.ReleaseNotHere, envelope.NoKey, envelope.Shredded, seal.SealBroken):
        raise Http404 from None
    return handed_over(found)


def handed_over(packet: actions.Packet) -> HttpResponse:
    return HttpResponse(
        packet.body,
        content_type=packet.media_type,
        headers={
            "Content-Disposition": NAMED[packet.media_type],
            "Cache-Control": "no-store",
        },
    )
