from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.front_door import actions, words
from homeground.front_door.forms import BeginForm, CallForm, ClosingForm
from homeground.front_door.queries import desk as queries
from homeground.front_door.rules.calls import CallResult, ClosingReason, results_open
from homeground.front_door.views.shell import page, page_number
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import CLINICIANS


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Requests for help: what is late first."""
    settled = request.GET.get("show") == "settled"
    at = clock.now()
    found = queries.inbox(at, settled=settled, number=page_number(request))
    return page(request, "inbox.html", {"inbox": found, "settled": settled, "at": at, "words": words})


@require_safe
def request(request: Request, request_id: UUID) -> HttpResponse:
    """One request with what to say, what not, and what to do next."""
    return _request(request, request_id)


@require_POST
def calls(request: Request, request_id: UUID) -> HttpResponse:
    """Write down a call."""
    form = CallForm(request.POST)
    if not form.is_valid():
        return _request(request, request_id, call=form)
    try:
        actions.log_call(
            request_id=request_id,
            result=CallResult(form.cleaned_data["result"]),
            note=form.cleaned_data["note"],
            once=form.cleaned_data["once"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.NotHere:
        raise Http404 from None
    except actions.MessageNotAllowed:
        form.add_error("result", _("This person asked for no messages. If one was left, tell the director."))
        return _request(request, request_id, call=form)
    except actions.RequestSettled:
        return _settled(request, request_id)
    messages.success(request, _("The call is written down."))
    return redirect("front_door:request", request_id=request_id)


@require_POST
def closing(request: Request, request_id: UUID) -> HttpResponse:
    """Close the request with a reason."""
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _request(request, request_id, closing=form)
    try:
        actions.close_request(
            request_id=request_id,
            reason=ClosingReason(form.cleaned_data["reason"]),
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.NotHere:
        raise Http404 from None
    except actions.RequestSettled:
        return _settled(request, request_id)
    messages.success(request, _("The request is closed."))
    return redirect("front_door:inbox")


@require_POST
def screening(request: Request, request_id: UUID) -> HttpResponse:
    """Register the person and open a screening; who may screen goes on to it."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _request(request, request_id, begin=form)
    try:
        screening_id = actions.begin_screening(
            request_id=request_id, **form.cleaned_data, by=request.visit.actor, at=clock.now()
        )
    except actions.NotHere:
        raise Http404 from None
    except actions.RequestSettled:
        return _settled(request, request_id)
    if request.visit.actor.has(*CLINICIANS):
        return redirect("placement:screening", screening_id)
    messages.success(request, _("A screening is open. A counselor goes on from here."))
    return redirect("front_door:request", request_id=request_id)


def _settled(request: Request, request_id: UUID) -> HttpResponse:
    messages.warning(request, _("Someone else settled this request. Nothing was changed."))
    return redirect("front_door:request", request_id=request_id)


def _request(request: Request, request_id: UUID, **forms: CallForm | ClosingForm | BeginForm) -> HttpResponse:
    """The page of one request; a form with errors stands in its place."""
    try:
        found = actions.read_request(request_id=request_id, by=request.visit.actor, at=clock.now())
    except actions.NotHere:
        raise Http404 from None
    results = results_open(found.contact_kind, found.may_leave_message)
    name = "" if found.for_someone_else else found.alias
    context = {
        "asked": found,
        "words": words,
        "call": forms.get("call") or CallForm(results=results, initial={"once": uuid4()}),
        "closing": forms.get("closing") or ClosingForm(),
        "begin": forms.get("begin") or BeginForm(initial={"given_name": name}),
        "may_screen": request.visit.actor.has(*CLINICIANS),
    }
    return page(request, "request.html", context, status=422 if forms else 200)
