"""The one-way box for those who worry about someone, and the clinicians' list of what came in."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.front_door import actions
from homeground.front_door.forms.worry import WorryForm
from homeground.front_door.queries import worries as queries
from homeground.front_door.views.shell import page, public, zone
from homeground.ground import clock
from homeground.ground.visit import Request


@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: Request) -> HttpResponse:
    """Tell us whom you worry about. Everybody gets the same answer, whoever it is about."""
    if request.method != "POST":
        return public(request, "worry.html", {"form": WorryForm(initial={"once": uuid4()})})
    form = WorryForm(request.POST)
    if not form.is_valid():
        return public(request, "worry.html", {"form": form}, status=422)
    try:
        actions.receive_worry(
            words=form.cleaned_data["words"],
            language=(get_language() or "en")[:2],
            once=form.cleaned_data["once"],
            zone=zone(request),
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.TooManyTries as refused:
        answer = public(request, "worry.html", {"form": form, "status": 429}, status=429)
        answer["Retry-After"] = str(refused.seconds)
        return answer
    except actions.AlreadyReceived:
        pass  # it is here already, and nobody learns more from sending it twice
    return redirect("front_door:worry_sent")


@require_safe
def sent(request: Request) -> HttpResponse:
    """What everybody is told, whoever it was about."""
    return public(request, "worry_sent.html")


@require_safe
def worries(request: Request) -> HttpResponse:
    """What came in and nobody has closed, the one due first on top."""
    return page(request, "worries.html", {"rows": queries.worries(), "now": clock.now()})


@require_safe
def one(request: Request, worry_id: UUID) -> HttpResponse:
    """One of them with its words; looking is recorded."""
    try:
        found = actions.read_worry(worry_id=worry_id, by=request.visit.actor, at=clock.now())
    except actions.WorryNotHere:
        raise Http404 from None
    return page(request, "worry_read.html", {"page": found})


@require_POST
def closing(request: Request, worry_id: UUID) -> HttpResponse:
    """Somebody looked into it."""
    try:
        actions.close_worry(worry_id=worry_id, by=request.visit.actor, at=clock.now())
    except actions.WorryNotHere:
        raise Http404 from None
    messages.success(request, _("Closed."))
    return redirect("front_door:worries")
