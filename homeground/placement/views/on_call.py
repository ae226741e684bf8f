"""The roster of who answers critical answers at once."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.placement import actions
from homeground.placement.forms import OnCallForm
from homeground.placement.queries.instruments import setting
from homeground.placement.queries.on_call import on_call as answers_at
from homeground.placement.queries.on_call import roster
from homeground.placement.views.shell import draw

_REFUSALS: dict[type[Exception], tuple[str, Any]] = {
    actions.NotAShift: (
        "ends_time",
        gettext_lazy("It ends after it begins, is not over, and lasts two weeks at most."),
    ),
    actions.ShiftTaken: ("starts_time", gettext_lazy("Somebody is on call in a part of this time already.")),
    actions.NotAClinicianOnCall: (
        "person",
        gettext_lazy("This person is no clinician here now."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def on_call(request: Request) -> HttpResponse:
    """Who answers when; a POST puts somebody on the roster."""
    form = OnCallForm(request.POST or None, clinicians=_clinicians())
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.span(ZoneInfo(request.visit.house.zone))
        person_id = form.cleaned_data["person"]
        by, at = request.visit.actor, clock.now()
        try:
            actions.put_on_call(person_id=person_id, starts_at=starts_at, ends_at=ends_at, by=by, at=at)
        except tuple(_REFUSALS) as refusal:
            field, words = _REFUSALS[type(refusal)]
            form.add_error(field, str(words))
        else:
            messages.success(request, _("On the roster."))
            return redirect("placement:on_call")
    return _page(request, form, status=422 if form.is_bound or request.method == "POST" else 200)


@require_POST
def on_call_removal(request: Request, shift_id: UUID) -> HttpResponse:
    """Take a time off the roster."""
    try:
        actions.take_off_call(shift_id=shift_id, by=request.visit.actor, at=clock.now())
    except actions.ShiftNotHere:
        raise Http404 from None
    messages.success(request, _("Taken off the roster."))
    return redirect("placement:on_call")


def _page(request: Request, form: OnCallForm, status: int) -> HttpResponse:
    at = clock.now()
    now, names = answers_at(at), dict(_clinicians())
    context = {
        "shifts": roster(at),
        "answers_now": names.get(now, "") if now else "",
        "otherwise": names.get(setting().on_call_id, ""),
        "shift_form": form,
        "form": form if form.is_bound else None,
        "now": at,
    }
    return draw(request, "on_call.html", context, status=status)


def _clinicians() -> list[tuple[Any, str]]:
    return [(each.id, each.name) for each in people.staff(CLINICIANS)]
