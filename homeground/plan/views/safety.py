"""The safety plan as staff see it, and what risk was found."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import queries
from homeground.plan.actions import safety as actions
from homeground.plan.forms import RiskForm, TypedInput, read_typed
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.views.shell import draw, kept, looked, stay_of, wants_json


@require_http_methods(["GET", "HEAD", "POST"])
def safety(request: Request, patient_id: UUID) -> HttpResponse:
    """Six sections, written together; saved as typed."""
    stay_of(request, patient_id)
    if request.method != "POST":
        return _safety(request, patient_id)
    typed = read_typed(request.POST)
    by, at = request.visit.actor, clock.now()
    written = actions.write_safety_plan(patient_id=patient_id, typed=typed.fields, by=by, at=at)
    if written.conflicts and not wants_json(request):
        return _safety(request, patient_id, typed=typed, conflicts=written.conflicts, status=409)
    now = dict(queries.safety(patient_id).texts)
    return kept(request, typed, written, now, reverse("plan:safety", args=[patient_id]))


@require_POST
def finishing(request: Request, patient_id: UUID) -> HttpResponse:
    """The draft becomes the plan in use."""
    stay_of(request, patient_id)
    try:
        actions.finish_safety_plan(patient_id=patient_id, by=request.visit.actor, at=clock.now())
    except actions.NothingWritten:
        messages.warning(request, _("There is nothing new to finish. Write something first."))
    else:
        messages.success(request, _("The safety plan is in use. Print it, or let the person keep it."))
    return redirect("plan:safety", patient_id=patient_id)


@require_POST
def reading(request: Request, patient_id: UUID) -> HttpResponse:
    """It was read over together and stays as it is."""
    stay_of(request, patient_id)
    try:
        actions.look_over_safety_plan(patient_id=patient_id, by=request.visit.actor, at=clock.now())
    except actions.NoSafetyPlan:
        messages.warning(request, _("There is no finished safety plan yet."))
    else:
        messages.success(request, _("Recorded: read over today."))
    return redirect("plan:safety", patient_id=patient_id)


@require_POST
def risks(request: Request, patient_id: UUID) -> HttpResponse:
    """How high the risk was found."""
    stay_of(request, patient_id)
    form = RiskForm(request.POST)
    if form.is_valid():
        try:
            actions.note_risk(
                patient_id=patient_id,
                level=RiskLevel(form.cleaned_data["level"]),
                basis=form.cleaned_data["basis"],
                without_plan=form.cleaned_data["without_plan"],
                by=request.visit.actor,
                at=clock.now(),
            )
        except actions.SafetyPlanNeeded:
            form.add_error(
                "without_plan", _("Make or read over the safety plan first, or say why there is none now.")
            )
        else:
            messages.success(request, _("Recorded."))
            return redirect("plan:safety", patient_id=patient_id)
    return _safety(request, patient_id, form=form, status=422)


def _safety(
    request: Request,
    patient_id: UUID,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    form: RiskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    looked(request, patient_id, "safety")
    page = queries.safety(patient_id)
    context = {
        "stay": stay_of(request, patient_id),
        "page": page,
        "texts": dict(page.texts),
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
        "risk_form": form or RiskForm(),
        "form": form,
    }
    return draw(request, "safety.html", context, status=status)
