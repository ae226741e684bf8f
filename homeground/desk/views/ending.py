"""The end of a stay: planned, signed by two, ended, summed up, and the call after it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.audit import actions as audit
from homeground.chart import actions as chart
from homeground.desk.forms.ending import (
    CALLS,
    LACKS,
    REASONS,
    CallForm,
    EndForm,
    LeavingForm,
    RefusedForm,
    SummaryForm,
    leaving_initial,
)
from homeground.desk.queries.ending import StayNotHere, ending_page
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan.actions import ending as actions
from homeground.plan.actions.drafts import StayNotHere as StayGone
from homeground.plan.actions.signing import AlreadySigned, TextChanged
from homeground.plan.rules.ending import late_aftercare
from homeground.treatment.queries.attempts import attempt_days


def _zone(request: Request) -> ZoneInfo:
    return ZoneInfo(request.visit.house.zone)


def _today(request: Request) -> date:
    return timezone.localdate(clock.now(), _zone(request))


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: Request, episode_id: UUID) -> HttpResponse:
    """What is planned for afterwards and what is still missing; a POST keeps the plan."""
    if request.method != "POST":
        return _page(request, episode_id)
    form = LeavingForm(request.POST)
    if form.is_valid():
        told, by = form.told(_zone(request)), request.visit.actor
        try:
            actions.write_discharge_plan(episode_id=episode_id, told=told, by=by, at=clock.now())
        except StayGone:
            raise Http404 from None
        except actions.DischargePlanSigned:
            messages.warning(request, _("The plan is signed. Take the signature back to change it."))
        else:
            messages.success(request, _("Kept."))
        return redirect("desk:ending", episode_id=episode_id)
    return _page(request, episode_id, status=422, leaving_form=form)


@require_POST
def ending_signature(request: Request, episode_id: UUID) -> HttpResponse:
    """The counselor signs what the page showed."""
    seen, by = request.POST.get("seen", ""), request.visit.actor
    try:
        actions.sign_discharge_plan(episode_id=episode_id, seen=seen, by=by, at=clock.now())
    except StayGone:
        raise Http404 from None
    except (TextChanged, actions.NothingToSign):
        messages.warning(request, _("The plan has changed, or nothing is written. Read it again, then sign."))
    except AlreadySigned:
        messages.info(request, _("It was signed before."))
    else:
        messages.success(request, _("Signed. The person can read and sign it on their phone now."))
    return redirect("desk:ending", episode_id=episode_id)


@require_POST
def ending_copy(request: Request, episode_id: UUID) -> HttpResponse:
    """The person has their copy."""
    return _settle(request, episode_id, copy_given=True)


@require_POST
def ending_refusal(request: Request, episode_id: UUID) -> HttpResponse:
    """Why the person did not sign."""
    form = RefusedForm(request.POST)
    if not form.is_valid():
        return _page(request, episode_id, status=422, refused_form=form)
    return _settle(request, episode_id, person_refused=form.cleaned_data["person_refused"])


def _settle(
    request: Request, episode_id: UUID, *, person_refused: str = "", copy_given: bool = False
) -> HttpResponse:
    try:
        actions.settle_discharge_plan(
            episode_id=episode_id,
            person_refused=person_refused,
            copy_given=copy_given,
            by=request.visit.actor,
            at=clock.now(),
        )
    except StayGone:
        raise Http404 from None
    except (actions.NothingToSign, AlreadySigned):
        messages.warning(request, _("That does not fit what is there now. Nothing was changed."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("desk:ending", episode_id=episode_id)


@require_POST
def ending_reopening(request: Request, episode_id: UUID) -> HttpResponse:
    """Take the signatures back to change the words."""
    try:
        actions.reopen_discharge_plan(episode_id=episode_id, by=request.visit.actor, at=clock.now())
    except StayGone:
        raise Http404 from None
    except actions.NothingToSign:
        messages.warning(request, _("Nobody has signed it."))
    else:
        messages.success(request, _("Signatures taken back. Change it, then sign anew."))
    return redirect("desk:ending", episode_id=episode_id)


@require_POST
def ending_close(request: Request, episode_id: UUID) -> HttpResponse:
    """End the stay."""
    form = EndForm(request.POST, today=_today(request))
    if form.is_valid():
        try:
            _end(request, episode_id, form.cleaned_data)
        except (StayGone, StayNotHere):
            raise Http404 from None
        except actions.NotReady as refused:
            for lack in refused.lacks:
                form.add_error("reason", LACKS[lack])
        except chart.EndsBeforeStart:
            form.add_error("last_day", _("The stay had not begun on this day."))
        except chart.EpisodeNotHere:
            form.add_error(None, _("The stay has ended before. Nothing was changed."))
        else:
            messages.success(request, _("The stay ends after this day. Its chairs are freed in a minute."))
            return redirect("desk:ending", episode_id=episode_id)
    return _page(request, episode_id, status=422, end_form=form)


def _end(request: Request, episode_id: UUID, told: dict[str, Any]) -> None:
    stay = ending_page(episode_id, _today(request), request.visit.house.zone).stay
    actions.end_stay(
        episode_id=episode_id,
        ends_on=told["last_day"] + timedelta(days=1),
        reason=told["reason"],
        calls=attempt_days(stay.patient.patient_id, request.visit.house.zone),
        by=request.visit.actor,
        at=clock.now(),
    )


@require_POST
def ending_summary(request: Request, episode_id: UUID) -> HttpResponse:
    """Write and sign how the stay went."""
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _page(request, episode_id, status=422, summary_form=form)
    try:
        actions.sign_summary(
            episode_id=episode_id, by=request.visit.actor, at=clock.now(), **form.cleaned_data
        )
    except StayGone:
        raise Http404 from None
    except (actions.StillOpen, actions.SummarySigned):
        messages.warning(request, _("The stay is open, or its summary is signed. Nothing was changed."))
    else:
        messages.success(request, _("Signed."))
    return redirect("desk:ending", episode_id=episode_id)


@require_POST
def ending_call(request: Request, episode_id: UUID) -> HttpResponse:
    """What came of the call after leaving."""
    form = CallForm(request.POST)
    if not form.is_valid():
        return _page(request, episode_id, status=422, call_form=form)
    try:
        actions.record_follow_up(
            episode_id=episode_id, by=request.visit.actor, at=clock.now(), **form.cleaned_data
        )
    except StayGone:
        raise Http404 from None
    except (actions.StillOpen, actions.CallMade):
        messages.warning(request, _("The stay is open, or the call is recorded. Nothing was changed."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("desk:ending", episode_id=episode_id)


def _page(request: Request, episode_id: UUID, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    at, zone = clock.now(), _zone(request)
    try:
        page = ending_page(episode_id, _today(request), request.visit.house.zone)
    except StayNotHere:
        raise Http404 from None
    audit.record(
        by=request.visit.actor,
        at=at,
        event="desk.ending.read",
        subject_kind="episode",
        subject_id=episode_id,
        patient_id=page.stay.patient.patient_id,
    )
    context = {
        "page": page,
        "zone": request.visit.house.zone,
        "why": REASONS[page.ended.reason] if page.ended else "",
        "called": CALLS[page.called[1]] if page.called else "",
        "last_day": page.ended.ends_on - timedelta(days=1) if page.ended else None,
        "late": late_aftercare(page.told.aftercare_at, page.ended.at if page.ended else at),
        "leaving_form": LeavingForm(initial=leaving_initial(page.told, zone)),
        "end_form": EndForm(today=_today(request)),
        "refused_form": RefusedForm(),
        "summary_form": SummaryForm(),
        "call_form": CallForm(),
        "form": next(iter(bound.values()), None),
        **bound,
    }
    with timezone.override(zone):
        return render(request, "desk/ending.html", context, status=status)
