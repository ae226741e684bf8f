"""Grave events and the physician's certification of one person."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import labels
from homeground.plan.actions import incidents as actions
from homeground.plan.forms import CertificationForm, IncidentForm, ReportForm
from homeground.plan.queries import ending as queries
from homeground.plan.rules.certifying import Fault
from homeground.plan.views.shell import draw, looked, stay_of, today, zone

_FIELDS = {
    Fault.NOT_A_PHYSICIAN: None,
    Fault.TOO_FEW_MINUTES: "minutes_a_week",
    Fault.BEFORE_THE_STAY: "from_on",
}


@require_http_methods(["GET", "HEAD", "POST"])
def incidents(request: Request, patient_id: UUID) -> HttpResponse:
    """What grave happened; a POST writes one down and starts the clock of the state's report."""
    stay_of(request, patient_id)
    if request.method != "POST":
        return _page(request, patient_id)
    form = IncidentForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        happened_at = datetime.combine(told["happened_on"], told["happened_time"], zone(request))
        what = {"kind": told["kind"], "words": told["words"], "happened_at": happened_at}
        by, at = request.visit.actor, clock.now()
        try:
            actions.record_incident(patient_id=patient_id, by=by, at=at, **what)
        except actions.NotHappenedYet:
            form.add_error("happened_time", _("This lies in the future."))
        else:
            messages.success(request, _("Written down. The clock of the state's report runs."))
            return redirect("plan:incidents", patient_id=patient_id)
    return _page(request, patient_id, status=422, incident_form=form)


@require_POST
def incident_report(request: Request, incident_id: UUID) -> HttpResponse:
    """The state was told, or need not be."""
    patient_id = queries.patient_of_incident(incident_id)
    form = ReportForm(request.POST)
    if patient_id is None or not form.is_valid():
        raise Http404
    why = form.cleaned_data["no_report_why"]
    try:
        actions.settle_report(
            incident_id=incident_id, no_report_why=why, by=request.visit.actor, at=clock.now()
        )
    except actions.IncidentNotHere:
        messages.info(request, _("It was settled before. Nothing was changed."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("plan:incidents", patient_id=patient_id)


@require_POST
def certifications(request: Request, patient_id: UUID) -> HttpResponse:
    """A physician certifies the need of this care."""
    stay_of(request, patient_id)
    form = CertificationForm(request.POST)
    if form.is_valid():
        by, at = request.visit.actor, clock.now()
        try:
            actions.certify(patient_id=patient_id, on=today(request), by=by, at=at, **form.cleaned_data)
        except actions.NotCertified as refused:
            for fault in refused.faults:
                form.add_error(_FIELDS[fault], str(labels.CERTIFYING[fault]))
        except actions.CertifiedBefore:
            form.add_error("from_on", _("A certification from this day is there."))
        else:
            messages.success(request, _("Certified."))
            return redirect("plan:incidents", patient_id=patient_id)
    return _page(request, patient_id, status=422, certification_form=form)


def _page(request: Request, patient_id: UUID, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    stay = stay_of(request, patient_id)
    looked(request, patient_id, "incidents")
    here = timezone.localtime(clock.now(), zone(request))
    context = {
        "stay": stay,
        "incidents": queries.incidents(patient_id),
        "certifications": queries.certifications(stay.id),
        "incident_form": IncidentForm(initial={"happened_on": here.date()}),
        "report_form": ReportForm(auto_id=False),
        "certification_form": CertificationForm(initial={"from_on": here.date()}),
        "form": next(iter(bound.values()), None),
        **bound,
    }
    return draw(request, "incidents.html", context, status=status)
