"""Opening a chart in an emergency, and giving it back."""

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.confidentiality import actions, queries
from homeground.confidentiality.forms.glass import GlassForm
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import Role

OPEN = "glass"
"""Where a session keeps what is open: the banner on every page costs no statement."""


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: Request, person_id: UUID) -> HttpResponse:
    """Ask for a reason, say who will be told, and open the chart for a limited time."""
    at, form = clock.now(), GlassForm(request.POST if request.method == "POST" else None)
    try:
        people.require_person(person_id)
    except people.PersonNotHere:
        raise Http404 from None
    if form.is_valid():
        opened = actions.break_glass(
            person_id=person_id,
            cause=form.cleaned_data["cause"],
            reason=form.cleaned_data["reason"],
            by=request.visit.actor,
            at=at,
        )
        _keep(request, opened)
        messages.info(request, _("The chart is open. The director is told now."))
        return redirect(_back(request))
    book = queries.book()
    context = {
        "form": form,
        "hours": book.number("base.break_glass", at.date()) // 60,
        "review_hours": book.number("review.break_glass_hours", at.date()),
        "told": [each.name for each in people.staff({Role.DIRECTOR})],
        "next": _back(request),
        "card": book.card("base.break_glass", at.date()),
    }
    return render(request, "confidentiality/glass.html", context, status=422 if form.is_bound else 200)


@require_POST
def ending(request: Request, glass_id: UUID) -> HttpResponse:
    """Give it back before its time."""
    try:
        actions.end_glass(glass_id=glass_id, by=request.visit.actor, at=clock.now())
    except actions.GlassNotHere:
        raise Http404 from None
    kept = request.session.get(OPEN, [])
    request.session[OPEN] = [each for each in kept if each["id"] != str(glass_id)]
    messages.success(request, _("The chart is closed again. The review still takes place."))
    return redirect("desk:home")


def _keep(request: Request, opened: UUID) -> None:
    found = queries.glass(opened, clock.now())
    if found is not None:
        kept = {"id": str(opened), "until": found.ends_at.isoformat(), "back": _back(request)}
        request.session[OPEN] = [*request.session.get(OPEN, []), kept]


def _back(request: Request) -> str:
    """Where the reader came from, when that is a page of this house: what the form says, else the browser."""
    came = urlsplit(request.headers.get("Referer", ""))
    wanted = request.POST.get("next") or (came.path if came.netloc == request.get_host() else "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted if wanted != request.path else reverse("desk:home")
    return reverse("desk:home")
