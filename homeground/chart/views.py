from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.chart import actions, queries
from homeground.chart.forms import ConsentForm
from homeground.chart.queries import EpisodeFacts
from homeground.chart.words import REASONS
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as consents_of
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS


@require_safe
def episode(request: Request, episode_id: UUID) -> HttpResponse:
    """One stay: who, where, since when, whether consent to treat is there, and what comes next."""
    return _episode(request, _read(request, episode_id))


@require_POST
def consents(request: Request, episode_id: UUID) -> HttpResponse:
    """Record a consent to treat that was signed."""
    found = _read(request, episode_id)
    form = ConsentForm(request.POST)
    if form.is_valid():
        signed_at = datetime.combine(
            form.cleaned_data["signed_on"],
            form.cleaned_data["signed_time"],
            ZoneInfo(request.visit.house.zone),
        )
        try:
            confidentiality.record_consent(
                person_id=found.patient.person_id,
                kind="treatment",
                language=form.cleaned_data["language"],
                method=form.cleaned_data["method"],
                signed_at=signed_at,
                by=request.visit.actor,
                at=clock.now(),
            )
        except confidentiality.SignedLater:
            form.add_error("signed_on", _("A signature cannot lie in the future."))
        else:
            messages.success(request, _("The consent is recorded."))
            return redirect("chart:episode", episode_id=episode_id)
    return _episode(request, found, status=422, consent_form=form)


def _today(request: Request) -> date:
    return timezone.localdate(clock.now(), ZoneInfo(request.visit.house.zone))


def _read(request: Request, episode_id: UUID) -> EpisodeFacts:
    try:
        return actions.read_episode(
            episode_id=episode_id, on=_today(request), by=request.visit.actor, at=clock.now()
        )
    except actions.EpisodeNotHere:
        raise Http404 from None


def _ended(episode_id: UUID) -> str:
    """Why the stay ends, in words; empty while nobody has ended it."""
    known = queries.discharge_of(episode_id)
    return str(REASONS[known.reason]) if known else ""


def _episode(request: Request, found: EpisodeFacts, status: int = 200, **bound: forms.Form) -> HttpResponse:
    at = clock.now()
    zone = ZoneInfo(request.visit.house.zone)
    here = timezone.localtime(at, zone)
    context = {
        "episode": found,
        "ended": _ended(found.id) if request.visit.actor.has(*CLINICIANS) else "",
        "last_day": found.ends_on and found.ends_on - timedelta(days=1),
        "clinician": request.visit.actor.has(*CLINICIANS),
        "counselor": people.person(found.counselor_id).name if found.counselor_id else "",
        "consents": consents_of.consents_in_force(found.patient.person_id, at),
        "consent_form": ConsentForm(initial={"signed_on": here.date(), "signed_time": here.time()}),
        "form": next(iter(bound.values()), None),
        **bound,
    }
    with timezone.override(zone):
        return render(request, "chart/episode.html", context, status=status)
