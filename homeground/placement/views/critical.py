"""Critical answers: who has to look at what by when."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.placement import actions
from homeground.placement.forms import DoneForm
from homeground.placement.queries.critical import open_criticals
from homeground.placement.queries.on_call import on_call
from homeground.placement.views.shell import draw

_REFUSALS = {
    actions.NotSeenYet: gettext_lazy("Take it on first, then say what was done."),
    actions.SecondPersonNeeded: gettext_lazy("You said so already. A second clinician must agree."),
}


@require_safe
def criticals(request: Request) -> HttpResponse:
    """Every critical answer that is not closed, the next deadline first."""
    return _list(request)


@require_POST
def acknowledgement(request: Request, critical_id: UUID) -> HttpResponse:
    """Take one on."""
    try:
        actions.acknowledge(critical_id=critical_id, by=request.visit.actor, at=clock.now())
    except actions.CriticalNotHere:
        raise Http404 from None
    messages.success(request, _("It is yours now. Reach the person, then say here what was done."))
    return redirect("placement:criticals")


@require_POST
def dismissals(request: Request, critical_id: UUID) -> HttpResponse:
    """Say what was done; the second clinician who does so closes it."""
    critical = next((each for each in open_criticals() if each.id == critical_id), None)
    if critical is None:
        raise Http404
    form = DoneForm(request.POST, critical=critical, zone=ZoneInfo(request.visit.house.zone))
    if form.is_valid():
        try:
            closed = actions.dismiss(
                critical_id=critical_id,
                done=form.cleaned_data["done"],
                disposed=form.disposed(),
                by=request.visit.actor,
                at=clock.now(),
            )
        except actions.DispositionLacking as refused:
            form.refuse(refused.lacks)
        except tuple(_REFUSALS) as refusal:
            form.add_error("done", str(_REFUSALS[type(refusal)]))
        else:
            words = _("Closed by two people.") if closed else _("Kept. A second clinician must agree.")
            messages.success(request, words)
            return redirect("placement:criticals")
    return _list(request, bound={critical_id: form}, status=422)


def _list(request: Request, *, bound: dict[UUID, DoneForm] | None = None, status: int = 200) -> HttpResponse:
    at, me, zone = clock.now(), request.visit.actor.person_id, ZoneInfo(request.visit.house.zone)
    here = timezone.localtime(at, zone)
    now = {"reached_on": here.date(), "reached_time": here.time()}
    rows = [
        {
            "critical": each,
            "overdue": each.overdue(at),
            "mine": me is not None and me in (each.responsible_id, each.escalated_to_id),
            "form": (bound or {}).get(each.id) or DoneForm(critical=each, zone=zone, initial=now),
            "may_agree": each.waits_for(me),
        }
        for each in open_criticals()
    ]
    answers = on_call(at)
    context = {
        "rows": rows,
        "form": next(iter(bound.values()), None) if bound else None,
        "answers_now": people.person(answers).name if answers else "",
    }
    return draw(request, "criticals.html", context, status=status)
