"""Pages of the people the clinic serves: neutral words, phone first."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from homeground.audit import actions as audit
from homeground.audit.actions import Note
from homeground.confidentiality.rules import notice
from homeground.desk import queries
from homeground.desk.forms import WishForm
from homeground.desk.queries.own import NoChart, Own, own
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.timetable.actions.wishes import wish


def _own(request: Request) -> Own:
    person_id = request.visit.actor.person_id
    if person_id is None:
        raise Http404
    try:
        return own(person_id, clock.now(), request.visit.house.zone)
    except NoChart:
        raise Http404 from None


@require_GET
def today(request: Request) -> HttpResponse:
    """What comes next, how far the week is, and how to reach us."""
    return render(
        request,
        "desk/today.html",
        {"page": _own(request), "form": WishForm(), "zone": request.visit.house.zone},
    )


@require_GET
def my_week(request: Request) -> HttpResponse:
    """The next two weeks as a list."""
    return render(request, "desk/my_week.html", {"page": _own(request), "zone": request.visit.house.zone})


@require_POST
def wishes(request: Request) -> HttpResponse:
    """Ask for a change."""
    form = WishForm(request.POST)
    page = _own(request)
    if not form.is_valid():
        return render(request, "desk/wishes.html", {"form": form}, status=422)
    wish(
        patient_id=page.patient_id,
        kind=form.cleaned_data["kind"],
        words=form.cleaned_data["words"],
        by=request.visit.actor,
        at=clock.now(),
    )
    messages.success(request, _("We have your note. We will call you."))
    return redirect("desk:today")


@require_GET
def shared(request: Request) -> HttpResponse:
    """What people share with a family member: what a consent in force lists, item by item, else nothing."""
    at, visit = clock.now(), request.visit
    found = queries.shared(visit.actor, at, visit.house.zone)
    if found:
        notes = [
            Note("desk.shared.read", "person", subject_id=each.person_id, patient_id=each.person_id)
            for each in found
        ]
        audit.record_all(notes=notes, by=visit.actor, at=at)
    said = notice.accompanying("", (get_language() or "en")[:2]).notice
    return render(request, "desk/shared.html", {"people": found, "zone": visit.house.zone, "notice": said})
