"""The desk for requests from outside: what came, and what is written down of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.queries.outside import agreements as agreements_on
from homeground.confidentiality.rules.vocabulary import Asker, Paper, Purpose
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop import queries, words
from homeground.interop.forms import AgreementForm, EmergencyForm, NewForm
from homeground.interop.views.shell import asked_of, asked_page, owners, settled, today
from homeground.people.roles import CLINICIANS, DOOR, Role


@require_safe
def requests(request: Request) -> HttpResponse:
    """Open requests with their owner and clock, the oldest first."""
    closed = request.GET.get("show") == "closed"
    zone = request.visit.house.zone
    rows = queries.requests(clock.now(), zone, closed=closed)
    with timezone.override(zone):
        return render(request, "interop/requests.html", {"rows": rows, "closed": closed, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Write down a request. Nothing here looks whether the person is known."""
    directs = request.visit.actor.has(Role.DIRECTOR)
    mine = str(request.visit.actor.person_id or "") if directs else ""
    form = NewForm(request.POST or None, owners=owners(), initial={"owner": mine, "came_by": "phone"})
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "interop/new.html", {"form": form, **_ways(request)}, status=422 if form.errors else 200
        )
    told = {name: form.cleaned_data[name] for name in ("came_by", "subject", "words")}
    asked_id = confidentiality.receive_outside_request(
        **form.facts(), **told, by=request.visit.actor, at=clock.now()
    )
    if directs:
        return redirect("interop:asked", asked_id)
    messages.success(request, _("Written down. The director sees it now. Tell the caller nothing more."))
    return redirect("interop:script")


def _ways(request: Request) -> dict[str, bool]:
    """Which ways on the reader has: who cares for people answers an emergency."""
    actor = request.visit.actor
    return {"may_answer": actor.has(*CLINICIANS), "may_write": actor.has(*DOOR)}


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: Request) -> HttpResponse:
    """A medical emergency: what the law wants written down; then the person is found and the rest told."""
    form = EmergencyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "interop/emergency.html", {"form": form}, status=422 if form.errors else 200)
    told, by, at = dict(form.cleaned_data), request.visit.actor, clock.now()
    how = str(words.CHECKS[told.pop("how")])
    asked_id = confidentiality.receive_outside_request(
        **told,
        came_by="phone",
        asker_kind=Asker.EMERGENCY,
        purpose=Purpose.EMERGENCY,
        categories=queries.EMERGENCY_PARTS,
        paper=Paper.NONE,
        paper_reference="",
        paper_on=None,
        owner_id=by.person_id,
        by=by,
        at=at,
    )
    confidentiality.note_identity(request_id=asked_id, checked_by=how, by=by, at=at)
    return redirect("interop:asked", asked_id)


@require_safe
def asked(request: Request, asked_id: UUID) -> HttpResponse:
    """One request, step by step."""
    return asked_page(request, asked_id)


@require_POST
def closing(request: Request, asked_id: UUID) -> HttpResponse:
    """Nothing more is to be done about a request."""
    asked_of(request, asked_id)
    with settled(request):
        confidentiality.close_outside_request(request_id=asked_id, by=request.visit.actor, at=clock.now())
        messages.success(request, _("The request is closed."))
    return redirect("interop:asked", asked_id)


@require_safe
def script(request: Request) -> HttpResponse:
    """What to say when somebody asks about a person, by telephone or at the door (check F16)."""
    return render(request, "interop/script.html", _ways(request))


@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: Request) -> HttpResponse:
    """Written agreements with auditors, researchers and companies that work for the clinic (F29, F30)."""
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confidentiality.record_agreement(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        messages.success(request, _("The agreement is written down."))
        return redirect("interop:agreements")
    found = agreements_on(today(request))
    context = {"form": form, "agreements": found, "words": words}
    return render(request, "interop/agreements.html", context, status=422 if form.errors else 200)
