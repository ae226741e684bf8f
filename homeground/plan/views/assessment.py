"""The assessment: sections saved as typed, substances, the signature."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import labels, queries
from homeground.plan.actions import assessment as actions
from homeground.plan.actions.drafts import StayNotHere
from homeground.plan.forms import ProblemForm, SubstanceForm, TypedInput, read_typed
from homeground.plan.queries.assessment import AssessmentPage
from homeground.plan.rules.sections import SECTIONS
from homeground.plan.views.shell import draw, kept, looked, stay_of, today, wants_json


def texts_of(found: AssessmentPage) -> Mapping[str, str]:
    """Every field of an assessment by its name."""
    texts: dict[str, str] = {}
    for code, filled in found.filled.items():
        texts |= {f"{code}-staff": filled.staff, f"{code}-person": filled.person}
        texts[f"{code}-deferred"] = filled.deferred
    return texts


@require_POST
def assessments(request: Request, patient_id: UUID) -> HttpResponse:
    """Begin an assessment, or go to the open one."""
    by, at = request.visit.actor, clock.now()
    try:
        actions.open_assessment(patient_id=patient_id, on=today(request), by=by, at=at)
    except StayNotHere:
        raise Http404 from None
    return redirect("plan:assessment", patient_id=patient_id)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: Request, patient_id: UUID) -> HttpResponse:
    """The latest assessment of the stay."""
    stay = stay_of(request, patient_id)
    id = queries.latest_assessment(stay.id)
    if request.method != "POST":
        return _assessment(request, patient_id)
    typed = read_typed(request.POST)
    if id is None:
        raise Http404
    try:
        by, at = request.visit.actor, clock.now()
        written = actions.write_assessment(assessment_id=id, typed=typed.fields, by=by, at=at)
    except actions.AssessmentSigned:
        messages.warning(request, _("The assessment was signed meanwhile. Nothing was changed."))
        return redirect("plan:assessment", patient_id=patient_id)
    if written.conflicts and not wants_json(request):
        return _assessment(request, patient_id, typed=typed, conflicts=written.conflicts, status=409)
    now = texts_of(queries.assessment(id))
    return kept(request, typed, written, now, reverse("plan:assessment", args=[patient_id]))


@require_POST
def signature(request: Request, assessment_id: UUID) -> HttpResponse:
    """Sign it; refused with the sections that are still open."""
    found = _found(assessment_id)
    try:
        actions.sign_assessment(assessment_id=assessment_id, by=request.visit.actor, at=clock.now())
    except actions.SectionsOpen as refused:
        return _assessment(request, found.patient_id, missing=refused.codes, status=422)
    except actions.AssessmentSigned:
        messages.warning(request, _("The assessment was signed meanwhile. Nothing was changed."))
    else:
        messages.success(request, _("Signed. The assessment stays as it is from now on."))
    return redirect("plan:assessment", patient_id=found.patient_id)


@require_POST
def substances(request: Request, assessment_id: UUID) -> HttpResponse:
    """Add a substance."""
    found = _found(assessment_id)
    form = SubstanceForm(request.POST)
    if form.is_valid():
        try:
            actions.record_substance(
                assessment_id=assessment_id,
                found=actions.Substance(**form.cleaned_data),
                by=request.visit.actor,
                at=clock.now(),
            )
        except actions.SubstanceTwice:
            form.add_error("substance", _("This substance is listed already."))
        except actions.AssessmentSigned:
            form.add_error(None, _("The assessment was signed meanwhile. Nothing was changed."))
        else:
            return redirect(f"{reverse('plan:assessment', args=[found.patient_id])}#substances")
    return _assessment(request, found.patient_id, form=form, status=422)


@require_POST
def substance_removal(request: Request, assessment_id: UUID, substance_id: UUID) -> HttpResponse:
    """Take a substance out again."""
    found = _found(assessment_id)
    if substance_id not in {each.id for each in found.substances}:
        raise Http404
    by, at = request.visit.actor, clock.now()
    try:
        actions.remove_substance(assessment_id=assessment_id, substance_id=substance_id, by=by, at=at)
    except actions.AssessmentSigned:
        messages.warning(request, _("The assessment was signed meanwhile. Nothing was changed."))
    return redirect(f"{reverse('plan:assessment', args=[found.patient_id])}#substances")


def _found(assessment_id: UUID) -> AssessmentPage:
    try:
        return queries.assessment(assessment_id)
    except queries.AssessmentNotHere:
        raise Http404 from None


def _assessment(
    request: Request,
    patient_id: UUID,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    missing: tuple[str, ...] = (),
    form: SubstanceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stay = stay_of(request, patient_id)
    looked(request, patient_id, "assessment")
    id = queries.latest_assessment(stay.id)
    found = queries.assessment(id) if id else None
    context = {
        "stay": stay,
        "assessment": found,
        "sections": SECTIONS,
        "texts": texts_of(found) if found else {},
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
        "missing": [labels.SECTION_NAMES[code] for code in missing],
        "substance_form": form or SubstanceForm(),
        "problem_form": ProblemForm(prefix=""),
        "problems": queries.problems_of(stay.id),
        "form": form,
    }
    return draw(request, "assessment.html", context, status=status)
