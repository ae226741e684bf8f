"""Somebody outside asks for records: the same page, answer and day, whether or not the person is known."""

from datetime import date, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.vocabulary import Asker, Paper, Purpose
from homeground.front_door.actions.limit import TooManyTries, take_turn
from homeground.front_door.rules.allowance import HELP
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop.forms import AskForm

_PROMISE = Signer(salt="interop.answer")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """The form for a request for records."""
    if request.method == "POST":
        return _receive(request)
    return _form(request, AskForm(initial={"once": uuid4()}))


def _receive(request: Request) -> HttpResponse:
    form, at = AskForm(request.POST), clock.now()
    if not form.is_valid():
        return _form(request, form, status=422)
    told = {name: form.cleaned_data[name] for name in _PLAIN}
    try:
        take_turn(form="records", allowance=HELP, by=request.visit.actor, at=at)
        confidentiality.receive_outside_request(
            **told,
            came_by="web",
            asker_kind=Asker(form.cleaned_data["asker_kind"]),
            purpose=Purpose.INQUIRY,
            categories=(),
            paper=Paper.NONE,
            paper_on=None,
            owner_id=None,
            language=(get_language() or "en")[:2],
            by=request.visit.actor,
            at=at,
        )
    except TooManyTries as refused:
        answer = _form(request, form, status=429)
        answer["Retry-After"] = str(refused.seconds)
        return answer
    except confidentiality.AlreadyReceived:
        return redirect("interop:ask_sent")
    by = _PROMISE.sign(_answer_by(request).isoformat())
    return redirect(reverse("interop:ask_sent", query={"by": by}))


_PLAIN = (
    "asker_name",
    "asker_organization",
    "asker_address",
    "subject",
    "words",
    "paper_reference",
    "once",
)


def _answer_by(request: Request) -> date:
    """The day by which everybody who asks today has an answer."""
    on = clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()
    return on + timedelta(days=confidential.book().number("clock.outside_request", on))


def _form(request: Request, form: AskForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "by": _answer_by(request), "status": status}
    return render(request, "interop/ask.html", context, status=status)


@require_safe
def ask_sent(request: Request) -> HttpResponse:
    """What happens next. The promised day is signed, so nobody can be shown a made-up one."""
    try:
        by = date.fromisoformat(_PROMISE.unsign(request.GET.get("by", "")))
    except BadSignature:
        by = None
    return render(request, "interop/ask_sent.html", {"by": by})
