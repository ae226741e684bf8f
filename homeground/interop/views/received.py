"""Records that others sent about a person: received with their notice, and read by who needs them."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from homeground.confidentiality.rules.vocabulary import Category
from homeground.ground import clock, envelope, seal
from homeground.ground.visit import Request
from homeground.interop import words
from homeground.interop.actions import received as actions
from homeground.interop.forms import ReceivedForm
from homeground.interop.queries.received import ReceivedNotHere, received_of
from homeground.interop.rules.packet import MEDIA, Format
from homeground.interop.rules.received import Media, Way
from homeground.interop.views.own import NAMED
from homeground.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
def received(request: Request, person_id: UUID) -> HttpResponse:
    """What others sent about a person, for who may know of it; a POST receives another record."""
    known = _person(person_id)
    today = _today(request)
    form = ReceivedForm(
        request.POST or None, request.FILES or None, today=today, initial={"received_on": today}
    )
    if request.method == "POST" and form.is_valid() and (kept := _kept(request, person_id, form)):
        messages.success(request, _("Kept, sealed, with its notice."))
        if Category.RECEIVED in request.visit.parts:
            return redirect("interop:received_record", kept)
        return redirect("interop:received", person_id)
    context = {
        "person": known,
        "form": form,
        "rows": received_of(person_id) if Category.RECEIVED in request.visit.parts else (),
        "may_read": Category.RECEIVED in request.visit.parts,
        "words": words,
    }
    return render(request, "interop/received.html", context, status=422 if form.errors else 200)


def _kept(request: Request, person_id: UUID, form: ReceivedForm) -> UUID | None:
    """The record that was kept; None, and why at its field, when it could not be."""
    told = form.cleaned_data
    texts = {name: told[name] for name in ("sender", "what", "notice")}
    paper = actions.Paper(body=told["file"].read(), part2=told["part2"] == "yes", **texts)
    try:
        return actions.receive_record(
            person_id=person_id,
            paper=paper,
            came_by=Way(told["came_by"]),
            received_on=told["received_on"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.NotKept:
        form.add_error("file", _("This is neither a PDF nor a text."))
    except actions.SenderMissing:
        form.add_error("sender", _("Write who sent it."))
    except actions.ReceivedBefore:
        form.add_error("file", _("This very file was received before."))
    except envelope.Shredded:
        form.add_error(None, _("The record of this person was destroyed for good."))
    return None


@require_safe
def received_record(request: Request, received_id: UUID) -> HttpResponse:
    """One record that somebody sent, with the sender's notice above it. The look is in the trail."""
    found = _opened(request, received_id)
    context = {
        "found": found,
        "person": _person(found.person_id),
        "text": found.body.decode() if found.media is Media.TEXT else "",
    }
    return render(request, "interop/received_record.html", context)


@never_cache
@require_safe
def received_file(request: Request, received_id: UUID) -> HttpResponse:
    """The file itself, as it came."""
    found = _opened(request, received_id)
    if found.media is Media.TEXT:
        return HttpResponse(
            found.body,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="document.txt"'},
        )
    media = MEDIA[Format.PDF if found.media is Media.PDF else Format.JSON]
    return HttpResponse(found.body, content_type=media, headers={"Content-Disposition": NAMED[media]})


def _opened(request: Request, received_id: UUID) -> actions.OpenedRecord:
    try:
        return actions.open_received(received_id=received_id, by=request.visit.actor, at=clock.now())
    except (ReceivedNotHere, envelope.NoKey, envelope.Shredded, seal.SealBroken):
        raise Http404 from None


def _person(person_id: UUID) -> people.PersonFacts:
    try:
        return people.person(person_id)
    except people.PersonNotHere:
        raise Http404 from None


def _today(request: Request) -> date:
    return clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()
