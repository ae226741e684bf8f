"""The person's own page about the time afterwards: to read, sign, and print."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan.actions import ending
from homeground.plan.actions.signing import AlreadySigned, NotTheirs, TextChanged
from homeground.plan.queries.ending import discharge_plan
from homeground.plan.views.shell import draw, own_patient, today


def _latest(request: Request) -> UUID | None:
    stays = chart.stays_of(own_patient(request).patient_id, today(request))
    return stays[0].id if stays else None


@require_safe
def my_leaving(request: Request) -> HttpResponse:
    """What we planned for the time after my stay; shown once my counselor has signed it."""
    stay_id = _latest(request)
    found = discharge_plan(stay_id) if stay_id else None
    shown = found if found and found.signed_at else None
    return draw(request, "my_leaving.html", {"told": shown})


@require_POST
def my_leaving_signature(request: Request) -> HttpResponse:
    """I sign what I read."""
    stay_id = _latest(request)
    if stay_id is None:
        raise Http404
    seen, by = request.POST.get("seen", ""), request.visit.actor
    try:
        ending.sign_discharge_plan_as_patient(episode_id=stay_id, seen=seen, by=by, at=clock.now())
    except (TextChanged, NotTheirs):
        messages.warning(request, _("The plan has changed. Please read it again."))
    except AlreadySigned:
        pass
    else:
        messages.success(request, _("Thank you. You signed it."))
    return redirect("plan:my_leaving")
