from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.treatment import actions, queries
from homeground.treatment.forms import CallForm
from homeground.treatment.rules.vocabulary import CallResult
from homeground.treatment.views.shell import page, today


@require_safe
def outreach(request: Request) -> HttpResponse:
    """Calls to make because someone was away."""
    return _list(request, clock.now())


@require_POST
def calls(request: Request, outreach_id: UUID) -> HttpResponse:
    """Write down what came of a call."""
    at = clock.now()
    form = CallForm(request.POST, auto_id=f"%s-{outreach_id}")
    if not form.is_valid():
        return _list(request, at, form, outreach_id)
    try:
        result = CallResult(form.cleaned_data["result"])
        actions.record_call(outreach_id=outreach_id, result=result, by=request.visit.actor, at=at)
    except actions.CallNotHere:
        raise Http404 from None
    except actions.CallNotOwed:
        messages.warning(request, _("This call was written down before, or is no longer owed."))
        return redirect("treatment:outreach")
    messages.success(request, _("The call is written down."))
    return redirect("treatment:outreach")


def _list(
    request: Request, at: datetime, form: CallForm | None = None, refused_id: UUID | None = None
) -> HttpResponse:
    on = today(request, at)
    calls_owed = queries.calls_today(on)
    if refused_id is not None and refused_id not in {call.outreach_id for call in calls_owed}:
        raise Http404
    context = {"rows": calls_owed, "on": on, "form": form, "refused_id": refused_id}
    return page(request, "outreach.html", context, status=422 if form else 200)
