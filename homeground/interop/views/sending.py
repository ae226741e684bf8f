"""What leaves on a request: looked at first, sent by a Permit; and the letter that says nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from homeground.confidentiality import actions as confidentiality
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop import actions, queries
from homeground.interop.forms import SendingForm
from homeground.interop.rules.packet import MEDIA, Format
from homeground.interop.views.own import NAMED
from homeground.interop.views.shell import asked_page, sending_form

# Raised when something changed between the decision that was kept and the sending: nothing has left.
STOPPED = (confidentiality.Refused, actions.NotReady, actions.NothingChosen, actions.NoChart)


def _filled(request: Request, asked_id: UUID) -> SendingForm | None:
    """The form as it was sent; None when nothing may be sent any more."""
    visit = request.visit
    try:
        page = queries.asked_page(asked_id, visit.actor, clock.now(), visit.house.zone)
    except queries.RequestNotHere:
        raise Http404 from None
    return sending_form(page, request.POST) if page.ready else None


@require_POST
def preview(request: Request, asked_id: UUID) -> HttpResponse:
    """The packet as it would leave, before it does. Looking at it is part of the person's record."""
    form, visit = _filled(request, asked_id), request.visit
    if form is None:
        return _stopped(request, asked_id)
    if not form.is_valid():
        return asked_page(request, asked_id, sending=form)
    try:
        content = actions.look_at_packet(
            request_id=asked_id, wish=form.wish(), house=visit.house, by=visit.actor, at=clock.now()
        )
    except STOPPED:
        return _stopped(request, asked_id)
    except queries.TooMuch:
        form.add_error("kind", _("This letter may not hold all these parts. Choose fewer."))
        return asked_page(request, asked_id, sending=form)
    kept = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    context = {"content": content, "asked_id": asked_id, "kept": kept}
    return render(request, "interop/preview.html", context)


@require_POST
def sending(request: Request, asked_id: UUID) -> HttpResponse:
    """Release the packet. The decision is made anew: what ended meanwhile stops it."""
    form, visit = _filled(request, asked_id), request.visit
    if form is None:
        return _stopped(request, asked_id)
    if not form.is_valid():
        return asked_page(request, asked_id, sending=form)
    try:
        actions.send_packet(
            request_id=asked_id, wish=form.wish(), house=visit.house, by=visit.actor, at=clock.now()
        )
    except STOPPED:
        return _stopped(request, asked_id)
    except queries.TooMuch:
        form.add_error("kind", _("This letter may not hold all these parts. Choose fewer."))
        return asked_page(request, asked_id, sending=form)
    messages.success(request, _("The packet is made and accounted for. Open it below to print or fax it."))
    return redirect("interop:asked", asked_id)


def _stopped(request: Request, asked_id: UUID) -> HttpResponse:
    messages.error(request, _("Nothing was sent: what the decision rested on does not hold any more."))
    return redirect("interop:asked", asked_id)


@never_cache
@require_safe
def reply(request: Request, asked_id: UUID) -> HttpResponse:
    """The letter that neither confirms nor denies: the same for a known and an unknown person."""
    visit = request.visit
    try:
        body = actions.write_reply(request_id=asked_id, house=visit.house, by=visit.actor, at=clock.now())
    except queries.RequestNotHere:
        raise Http404 from None
    named = {"Content-Disposition": NAMED[MEDIA[Format.PDF]], "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=MEDIA[Format.PDF], headers=named)
