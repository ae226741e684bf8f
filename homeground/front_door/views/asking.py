from datetime import datetime
from uuid import uuid4

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from homeground.front_door import actions, queries
from homeground.front_door.forms import HelpForm
from homeground.front_door.views.shell import public, zone
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.program import queries as program
from homeground.program.rules.opening import call_back_by

_PROMISE = Signer(salt="front_door.promise")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """The request for help: a form, and the promise that goes with it."""
    if request.method == "POST":
        return _receive(request)
    who = "other" if request.GET.get("for") == "other" else ""
    form = HelpForm(initial={"who": who, "group": request.GET.get("group", ""), "once": uuid4()})
    return _form(request, form)


def _receive(request: Request) -> HttpResponse:
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        promised_at = actions.receive_request(
            asking=form.asking(get_language() or "en"),
            zone=zone(request),
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.TooManyTries as refused:
        answer = _form(request, form, status=429)
        answer["Retry-After"] = str(refused.seconds)
        return answer
    except actions.AlreadyReceived:
        return redirect("front_door:help_sent")
    signed = _PROMISE.sign(promised_at.isoformat())
    return redirect(reverse("front_door:help_sent", query={"by": signed}))


def _form(request: Request, form: HelpForm, *, status: int = 200) -> HttpResponse:
    """The form with the promise that would hold if it were sent now, and the group it asks about."""
    at = clock.now()
    context = {
        "form": form,
        "promise": call_back_by(at, program.openings(), zone(request)),
        "wanted": queries.running_group(form.wanted_group(), at.astimezone(zone(request)).date()),
        "status": status,
    }
    return public(request, "help.html", context, status=status)


@require_safe
def sent(request: Request) -> HttpResponse:
    """What happens next. The promised time is signed, so nobody can be shown a made-up one."""
    try:
        promise = datetime.fromisoformat(_PROMISE.unsign(request.GET.get("by", "")))
    except BadSignature:
        promise = None
    return public(request, "help_sent.html", {"promise": promise})
