"""The plan of one person: what is in force, the draft, versions with their differences and signatures."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import STAFF
from homeground.plan import labels, queries
from homeground.plan.actions import assessment as assessments
from homeground.plan.actions import drafts, signing
from homeground.plan.forms import (
    DeferralForm,
    NotAStep,
    ProblemForm,
    RefusalForm,
    TypedInput,
    read_step,
    read_typed,
)
from homeground.plan.queries.content import signed_state
from homeground.plan.rules.completeness import Finding
from homeground.plan.rules.content import digest, fields_of
from homeground.plan.rules.difference import differences
from homeground.plan.rules.signing import needs_cosigner, qualified, waits_for
from homeground.plan.views.shell import draw, kept, looked, stay_of, today


@require_safe
def plan(request: Request, patient_id: UUID) -> HttpResponse:
    """The plan in force, what waits, what is due, and everything before."""
    return _plan(request, patient_id)


def _plan(request: Request, patient_id: UUID, status: int = 200, **bound: object) -> HttpResponse:
    stay = stay_of(request, patient_id)
    looked(request, patient_id, "plan")
    at = clock.now()
    page = queries.stay_plan(stay.id)
    context = {
        "stay": stay,
        "page": page,
        "due": queries.due_of_stay(stay, page, today(request), at),
        "assessment_id": queries.latest_assessment(stay.id),
        "problem_form": ProblemForm(),
        "deferral_form": DeferralForm(auto_id=False),
        **bound,
    }
    return draw(request, "plan.html", context, status=status)


@require_POST
def problems(request: Request, patient_id: UUID) -> HttpResponse:
    """Something was found that needs an answer."""
    form = ProblemForm(request.POST)
    if not form.is_valid():
        return _plan(request, patient_id, 422, problem_form=form, form=form)
    try:
        assessments.record_problem(
            patient_id=patient_id,
            on=today(request),
            by=request.visit.actor,
            at=clock.now(),
            **form.cleaned_data,
        )
    except drafts.StayNotHere:
        raise Http404 from None
    return redirect(f"{reverse('plan:plan', args=[patient_id])}#problems")


@require_POST
def deferral(request: Request, problem_id: UUID) -> HttpResponse:
    """Leave a problem for later with the reason, or take it up again."""
    form = DeferralForm(request.POST)
    try:
        if form.is_valid():
            why = form.cleaned_data["why"]
            by, at = request.visit.actor, clock.now()
            assessments.defer_problem(problem_id=problem_id, why=why, by=by, at=at)
    except assessments.ProblemNotHere:
        raise Http404 from None
    except assessments.InThePlan:
        messages.warning(request, _("This problem has a goal in the plan. Take the goal out first."))
    patient_id = queries.patient_of_problem(problem_id)
    if patient_id is None:
        raise Http404
    return redirect(f"{reverse('plan:plan', args=[patient_id])}#problems")


@require_POST
def versions(request: Request, patient_id: UUID) -> HttpResponse:
    """Begin a draft, or go to the one that is open."""
    stay = stay_of(request, patient_id)
    by, at = request.visit.actor, clock.now()
    try:
        draft_id = drafts.begin_version(patient_id=patient_id, on=today(request), by=by, at=at)
    except drafts.DraftOpen:
        unfinished = queries.stay_plan(stay.id).unfinished
        return redirect("plan:version", version_id=unfinished.facts.id if unfinished else stay.id)
    return redirect("plan:draft", version_id=draft_id)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, version_id: UUID) -> HttpResponse:
    """A draft as a document: everything typed is kept, buttons add and take away."""
    if request.method != "POST":
        return _draft(request, version_id)
    typed, before = read_typed(request.POST), _version(version_id).text
    try:
        step = read_step(request.POST.get("step", ""))
        written = drafts.write_draft(
            version_id=version_id, typed=typed.fields, step=step, by=request.visit.actor, at=clock.now()
        )
    except (queries.VersionNotHere, NotAStep, drafts.NotPartOfIt):
        raise Http404 from None
    except drafts.NotADraft:
        messages.warning(request, _("This version was offered or given up meanwhile. Nothing was changed."))
        return redirect("plan:version", version_id=version_id)
    after = queries.version(version_id).text
    if (written.conflicts or typed.errors) and request.headers.get("Accept") != "application/json":
        return _draft(request, version_id, typed=typed, conflicts=written.conflicts, status=409)
    place = f"#{written.added}" if written.added else ""
    all_seen = request.POST.get("document") == digest(before)
    return kept(
        request,
        typed,
        written,
        fields_of(after),
        reverse("plan:draft", args=[version_id]) + place,
        document=digest(after) if all_seen else "",
    )


def _draft(
    request: Request,
    version_id: UUID,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    gaps: tuple[Finding, ...] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = _version(version_id)
    if found.facts.state != "draft":
        return redirect("plan:version", version_id=version_id)
    stay = stay_of(request, found.patient_id)
    looked(request, found.patient_id, "draft")
    problems = queries.problems_of(found.episode_id)
    answered = {goal.problem_id for goal in found.text.goals}
    context = {
        "stay": stay,
        "version": found,
        "texts": fields_of(found.text),
        "seen": digest(found.text),
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
        "errors": typed.errors if typed else None,
        "open_problems": [p for p in problems if p.id not in answered and not p.deferred],
        "gaps": gaps,
        "kinds": [(code, word) for code, word in labels.KINDS.items()],
        "clinician": True,
    }
    return draw(request, "draft.html", context, status=status)


@require_POST
def giving_up(request: Request, version_id: UUID) -> HttpResponse:
    """Give a draft up; it stays readable."""
    found = _version(version_id)
    try:
        drafts.drop_draft(version_id=version_id, by=request.visit.actor, at=clock.now())
    except drafts.NotADraft:
        messages.warning(request, _("This version was offered or given up meanwhile. Nothing was changed."))
    return redirect("plan:plan", patient_id=found.patient_id)


@require_POST
def offer(request: Request, version_id: UUID) -> HttpResponse:
    """The author signs and offers the version; refused with everything that is missing."""
    _version(version_id)
    try:
        signing.offer(
            version_id=version_id,
            seen=request.POST.get("seen", ""),
            on=today(request),
            by=request.visit.actor,
            at=clock.now(),
        )
    except signing.Incomplete as refused:
        return _draft(request, version_id, gaps=refused.findings, status=422)
    except drafts.NotADraft:
        messages.warning(request, _("This version was offered or given up meanwhile. Nothing was changed."))
    except signing.ReviewOpen:
        messages.warning(request, _("A review is open. Close it first: it may change this plan."))
        return redirect("plan:draft", version_id=version_id)
    except signing.TextChanged:
        messages.warning(request, _("The text changed since you opened this page. Read it again, then sign."))
        return redirect("plan:draft", version_id=version_id)
    return redirect("plan:version", version_id=version_id)


@require_safe
def version(request: Request, version_id: UUID) -> HttpResponse:
    """One version: its text, what changed, who signed, and who still must."""
    return _shown(request, version_id)


def _shown(
    request: Request, version_id: UUID, status: int = 200, form: RefusalForm | None = None
) -> HttpResponse:
    found = _version(version_id)
    if found.facts.state == "draft":
        return redirect("plan:draft", version_id=version_id)
    on, actor = today(request), request.visit.actor
    stay = chart.episode(found.episode_id, on)
    if stay is None:
        raise Http404
    looked(request, found.patient_id, "version")
    signed, pack = signed_state(found), stay.rules.pack
    before = queries.version_before(found)
    me = people.person(actor.person_id) if actor.person_id else None
    context = {
        "stay": stay,
        "version": found,
        "differences": differences(before.text, found.text) if before else (),
        "before": before,
        "waits": waits_for(signed, pack, on) if found.facts.state == "offered" else (),
        "may_cosign": needs_cosigner(signed, pack, on) and me and qualified(me.credentials, pack, on),
        "problems": queries.problems_of(found.episode_id),
        "refusal_form": form or RefusalForm(witnesses=_witnesses(request)),
        "form": form,
    }
    return draw(request, "version.html", context, status=status)


@require_POST
def refusal(request: Request, version_id: UUID) -> HttpResponse:
    """The person did not sign: their reason, and who was there."""
    found = _version(version_id)
    form = RefusalForm(request.POST, witnesses=_witnesses(request))
    if not form.is_valid():
        return _shown(request, version_id, 422, form)

    def act() -> object:
        return signing.record_refusal(
            version_id=version_id,
            reason=form.cleaned_data["reason"],
            witness_id=form.cleaned_data["witness"],
            on=today(request),
            by=request.visit.actor,
            at=clock.now(),
        )

    return _signed(request, found, act)


@require_POST
def cosignature(request: Request, version_id: UUID) -> HttpResponse:
    """A qualified colleague signs too."""
    found = _version(version_id)
    by, at = request.visit.actor, clock.now()
    return _signed(
        request, found, lambda: signing.cosign(version_id=version_id, on=today(request), by=by, at=at)
    )


_REFUSED: dict[type[Exception], Any] = {
    drafts.NotOffered: gettext_lazy("This version does not wait for a signature."),
    signing.AlreadySigned: gettext_lazy("Somebody signed here before."),
    signing.SamePerson: gettext_lazy(
        "Somebody else must do this: nobody signs twice or witnesses their own act."
    ),
    signing.NotQualified: gettext_lazy("Your letters do not allow to sign for a colleague."),
    people.PersonNotHere: gettext_lazy("Choose somebody of the staff as witness."),
}


def _signed(request: Request, found: queries.Version, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except tuple(_REFUSED) as refusal:
        messages.warning(request, _REFUSED[type(refusal)])
    else:
        messages.success(request, _("Recorded."))
    return redirect("plan:version", version_id=found.facts.id)


def _witnesses(request: Request) -> list[tuple[UUID, str]]:
    me = request.visit.actor.person_id
    return [(who.id, who.name) for who in people.staff(STAFF) if who.id != me]


def _version(version_id: UUID) -> queries.Version:
    try:
        return queries.version(version_id)
    except queries.VersionNotHere:
        raise Http404 from None
