"""A closed day that is open after all."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.program import actions as closing
from homeground.timetable.actions.reopening import Reopened, reopen_center


@require_POST
def reopening(request: Request, center_id: UUID) -> HttpResponse:
    """Open a center again on the day that was pressed."""
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        done = reopen_center(center_id=center_id, on=on, by=request.visit.actor, at=clock.now())
    except (ValueError, closing.CenterNotHere, closing.NotClosed):
        raise Http404 from None
    except closing.ClosedInThePast:
        messages.error(request, _("The day has begun: it stays as it was."))
    else:
        _tell(request, done)
    return redirect("timetable:closures")


def _tell(request: Request, done: Reopened) -> None:
    said = ngettext(
        "The day is open again. %(n)s appointment is held after all.",
        "The day is open again. %(n)s appointments are held after all.",
        done.appointments,
    )
    messages.success(request, said % {"n": done.appointments})
    if done.refused:
        told = ngettext(
            "%(n)s place was taken meanwhile: look at the day in the week.",
            "%(n)s places were taken meanwhile: look at the day in the week.",
            done.refused,
        )
        messages.warning(request, told % {"n": done.refused})
    if done.guests:
        told = ngettext(
            "%(n)s person wanted to make up hours that day and has to be booked again.",
            "%(n)s people wanted to make up hours that day and have to be booked again.",
            done.guests,
        )
        messages.warning(request, told % {"n": done.guests})
