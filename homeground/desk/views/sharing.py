"""What a named recipient sees by a secret address, and a relative's calendar of times shared with them."""

import json
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from homeground.chart import queries as chart
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.actions import sharing
from homeground.confidentiality.queries import sharing as links
from homeground.confidentiality.queries.sharing import CALENDAR, PAGE, Linked, LinkNotHere
from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.asking import Relationship
from homeground.confidentiality.rules.asking import Request as Asking
from homeground.confidentiality.rules.vocabulary import Asker, Category, Channel
from homeground.desk.queries.privacy import owns_consent
from homeground.desk.views.consents import language
from homeground.ground import clock
from homeground.ground.actor import Actor
from homeground.ground.visit import Request
from homeground.interop import actions as interop
from homeground.interop import queries as interop_queries
from homeground.interop.rules import calendar_feed
from homeground.interop.rules.packet import Format, Kind
from homeground.timetable import queries as timetable

BACK, AHEAD = timedelta(days=14), timedelta(days=60)


@require_POST
def consent_links(request: Request, consent_id: UUID) -> HttpResponse:
    """Make an address for who a consent of one's own names, and show it this once."""
    at = clock.now()
    if not owns_consent(_person(request), consent_id, at):
        raise Http404
    try:
        secret = sharing.make_link(consent_id=consent_id, kind=PAGE, by=request.visit.actor, at=at)
    except (sharing.NotLinkable, confidential.ConsentNotHere):
        raise Http404 from None
    address = request.build_absolute_uri(reverse("desk:given", args=[secret]))
    return _once(request, address)


@require_POST
def links_ending(request: Request, consent_id: UUID) -> HttpResponse:
    """Take an address back; the consent itself stays."""
    at = clock.now()
    if not owns_consent(_person(request), consent_id, at):
        raise Http404
    sharing.end_links(consent_id=consent_id, by=request.visit.actor, at=at)
    messages.success(request, _("The link works no more."))
    return redirect("desk:privacy")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def given(request: Request, secret: str) -> HttpResponse:
    """What one consent lists, for who holds its address. Looking at the link shows nothing yet, so that a
    preview in a message opens nothing; each opening is decided anew and stands in the accounting."""
    try:
        found = links.linked(secret, PAGE, request.visit.house.id, clock.now())
        packet = _release(request, found) if request.method == "POST" else None
    except (LinkNotHere, confidentiality.Refused, confidentiality.Unconfirmed, interop_queries.NoChart):
        return render(request, "desk/given.html", {"nothing": True}, status=404)
    shown = json.loads(packet.body) if packet else None
    return render(request, "desk/given.html", {"packet": shown})


@never_cache
@require_GET
def given_calendar(request: Request, secret: str) -> HttpResponse:
    """The times shared with a relative, while a consent lists them; decided anew each time."""
    at, house = clock.now(), request.visit.house
    try:
        found = links.linked(secret, CALENDAR, house.id, at)
    except LinkNotHere:
        raise Http404 from None
    answer = confidential.decision(
        person_id=found.signed.person_id,
        request=_asking(found, frozenset({Category.APPOINTMENTS}), Channel.FEED),
        labels=(),
        relationship=Relationship(),
        account_id=None,
        at=at,
    )
    patient = chart.patient_of_person(found.signed.person_id)
    if not answer.allows(Category.APPOINTMENTS) or patient is None:
        raise Http404
    entries = [
        calendar_feed.Entry(
            each.appointment.id,
            each.appointment.starts_at,
            each.appointment.ends_at,
            at,
            bool(each.appointment.cancelled),
        )
        for each in timetable.patient_week(patient.patient_id, at - BACK, at + AHEAD)
    ]
    return HttpResponse(
        calendar_feed.calendar(entries, language=language()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="calendar.ics"'},
    )


@require_POST
def family_calendar(request: Request, consent_id: UUID) -> HttpResponse:
    """A relative's own address of the times a consent lists; the accounting has it from this moment on."""
    at, visit = clock.now(), request.visit
    try:
        signed = confidential.consent(consent_id, at)
        if signed.facts.recipient_id != visit.actor.person_id or Category.APPOINTMENTS not in signed.parts:
            raise Http404
        secret = sharing.make_link(consent_id=consent_id, kind=CALENDAR, by=visit.actor, at=at)
        found = Linked(consent_id, signed, visit.actor.account_id or consent_id)
        _release(request, found, frozenset({Category.APPOINTMENTS}), Channel.FEED)
    except (sharing.NotLinkable, confidential.ConsentNotHere, confidentiality.Refused):
        raise Http404 from None
    return _once(request, request.build_absolute_uri(reverse("desk:given_calendar", args=[secret])))


def _release(
    request: Request,
    found: Linked,
    categories: frozenset[Category] | None = None,
    channel: Channel = Channel.PAGE,
) -> interop.Packet:
    """By the one way out: decided under the person's lock, accounted for, with notice and explanation."""
    house, facts = request.visit.house, found.signed.facts
    errand = interop.Errand(
        person_id=found.signed.person_id,
        request=_asking(found, categories or found.signed.parts, channel),
        kind=Kind.RECORD,
        house=house,
        language=language(),
        recipient="; ".join(facts.recipients),
    )
    return interop.release(
        errand=errand,
        format=Format.JSON,
        by=Actor(organization_id=house.id, account_id=found.made_by_id, address=request.visit.actor.address),
        at=clock.now(),
    )


def _asking(found: Linked, categories: frozenset[Category], channel: Channel) -> Asking:
    facts = found.signed.facts
    return Asking(
        asker=Asker(facts.recipient_kind),
        purpose=min(facts.purposes, key=lambda each: each.value),
        categories=categories,
        channel=channel,
        name=facts.recipients[0],
        asker_id=facts.recipient_id,
    )


def _once(request: Request, address: str) -> HttpResponse:
    """An address is shown once and kept nowhere."""
    context = {"address": address, "notice": notice.accompanying("", language()).notice}
    response = render(request, "desk/link_once.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _person(request: Request) -> UUID:
    person_id = request.visit.actor.person_id
    if person_id is None:
        raise Http404
    return person_id
