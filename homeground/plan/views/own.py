"""The person's own pages: my plan, my story, my safety plan. Neutral words, phone first."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import queries
from homeground.plan.actions import assessment as assessments
from homeground.plan.actions import drafts, safety, signing
from homeground.plan.forms import ChangeForm, TypedInput, read_typed
from homeground.plan.rules.content import fields_of
from homeground.plan.rules.sections import SHARED, SHARED_PARTS
from homeground.plan.views.assessment import texts_of
from homeground.plan.views.shell import draw, kept, own_patient, today, wants_json


def _stay(request: Request) -> chart.EpisodeFacts | None:
    return chart.open_episode(own_patient(request).patient_id, today(request))


@require_safe
def my_plan(request: Request) -> HttpResponse:
    """What I want, the steps, and what waits for me."""
    return _my_plan(request)


def _my_plan(
    request: Request,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    form: ChangeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stay = _stay(request)
    page = queries.stay_plan(stay.id) if stay else None
    unfinished = page.unfinished if page else None
    context = {
        "page": page,
        "offered": unfinished if unfinished and unfinished.facts.state == "offered" else None,
        "draft": unfinished if unfinished and unfinished.facts.state == "draft" else None,
        "texts": fields_of(unfinished.text) if unfinished else {},
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
        "shared": sorted(SHARED_PARTS),
        "change_form": form or ChangeForm(),
        "form": form,
        "leaving": bool(stay and queries.discharge_plan(stay.id)),
        "has_story": bool(stay and queries.latest_assessment(stay.id)),
    }
    return draw(request, "my_plan.html", context, status=status)


@require_POST
def my_words(request: Request) -> HttpResponse:
    """My own words in the draft we write together."""
    stay = _stay(request)
    unfinished = queries.stay_plan(stay.id).unfinished if stay else None
    if unfinished is None:
        raise Http404
    typed = read_typed(request.POST)
    try:
        written = drafts.write_draft(
            version_id=unfinished.facts.id,
            typed=typed.fields,
            own_words_only=True,
            by=request.visit.actor,
            at=clock.now(),
        )
    except drafts.NotADraft:
        return redirect("plan:my_plan")
    if written.conflicts and not wants_json(request):
        return _my_plan(request, typed=typed, conflicts=written.conflicts, status=409)
    now = fields_of(queries.version(unfinished.facts.id).text)
    return kept(request, typed, written, now, reverse("plan:my_plan"))


@require_POST
def my_signature(request: Request, version_id: UUID) -> HttpResponse:
    """I sign the plan I read."""
    _mine(request, version_id)
    try:
        signing.sign_as_patient(
            version_id=version_id,
            seen=request.POST.get("seen", ""),
            on=today(request),
            by=request.visit.actor,
            at=clock.now(),
        )
    except (signing.TextChanged, drafts.NotOffered):
        messages.warning(request, _("The plan has changed. Please read it again."))
    except signing.AlreadySigned:
        pass
    else:
        messages.success(request, _("Thank you. You signed your plan."))
    return redirect("plan:my_plan")


@require_POST
def my_change(request: Request, version_id: UUID) -> HttpResponse:
    """I want something changed before I sign."""
    _mine(request, version_id)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _my_plan(request, form=form, status=422)
    try:
        drafts.ask_for_change(
            version_id=version_id, words=form.cleaned_data["words"], by=request.visit.actor, at=clock.now()
        )
    except drafts.NotOffered:
        messages.warning(request, _("The plan has changed. Please read it again."))
    else:
        messages.success(request, _("We have your words. You and your counselor can change the plan now."))
    return redirect("plan:my_plan")


def _mine(request: Request, version_id: UUID) -> None:
    try:
        found = queries.version(version_id)
    except queries.VersionNotHere:
        raise Http404 from None
    if found.patient_id != own_patient(request).patient_id:
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def my_story(request: Request) -> HttpResponse:
    """My part of the first talk: I can stop at any time and go on later."""
    stay = _stay(request)
    id = queries.latest_assessment(stay.id) if stay else None
    found = queries.assessment(id) if id else None
    if request.method != "POST":
        return _my_story(request, found)
    if found is None:
        raise Http404
    typed = read_typed(request.POST)
    by, at = request.visit.actor, clock.now()
    try:
        written = assessments.write_assessment(
            assessment_id=found.id, typed=typed.fields, own=True, by=by, at=at
        )
    except assessments.AssessmentSigned:
        return redirect("plan:my_story")
    now = queries.assessment(found.id)
    if written.conflicts and not wants_json(request):
        return _my_story(request, now, typed=typed, conflicts=written.conflicts, status=409)
    return kept(request, typed, written, texts_of(now), reverse("plan:my_story"))


def _my_story(
    request: Request,
    found: queries.AssessmentPage | None,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    context = {
        "assessment": found,
        "sections": [section.code for section in SHARED],
        "texts": texts_of(found) if found else {},
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
    }
    return draw(request, "my_story.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def my_safety(request: Request) -> HttpResponse:
    """What I do when it gets hard: mine to write."""
    patient_id = own_patient(request).patient_id
    if request.method != "POST":
        return _my_safety(request)
    typed = read_typed(request.POST)
    by, at = request.visit.actor, clock.now()
    written = safety.write_safety_plan(patient_id=patient_id, typed=typed.fields, by=by, at=at)
    if written.conflicts and not wants_json(request):
        return _my_safety(request, typed=typed, conflicts=written.conflicts, status=409)
    return kept(request, typed, written, dict(queries.safety(patient_id).texts), reverse("plan:my_safety"))


def _my_safety(
    request: Request,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    page = queries.safety(own_patient(request).patient_id)
    context = {
        "page": page,
        "texts": dict(page.texts),
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
    }
    return draw(request, "my_safety.html", context, status=status)


@require_POST
def my_safety_finishing(request: Request) -> HttpResponse:
    """I am done writing for now: this is my plan."""
    by, at = request.visit.actor, clock.now()
    try:
        safety.finish_safety_plan(patient_id=own_patient(request).patient_id, by=by, at=at)
    except safety.NothingWritten:
        messages.warning(request, _("Write something first."))
    else:
        messages.success(request, _("This is your plan now."))
    return redirect("plan:my_safety")


@require_safe
def my_card(request: Request) -> HttpResponse:
    """The plan in use as one small page that a phone can keep and paper can hold."""
    page = queries.safety(own_patient(request).patient_id)
    return draw(request, "my_card.html", {"page": page})


@require_safe
def my_worker(request: Request) -> HttpResponse:
    """The script that keeps the one page on a phone whose owner asked for it."""
    script = render_to_string("plan/worker.js", {"card": reverse("plan:my_card")})
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
