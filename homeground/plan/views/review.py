"""Reviews of a plan: written as typed, closed with a decision."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import labels, queries
from homeground.plan.actions import reviews as actions
from homeground.plan.forms import ClosingForm, TypedInput, read_typed
from homeground.plan.queries.stay import ReviewFacts
from homeground.plan.rules.decision import Decision, Reason
from homeground.plan.views.shell import draw, kept, looked, today, wants_json


@require_POST
def reviews(request: Request, episode_id: UUID) -> HttpResponse:
    """Begin a review, or go to the open one."""
    stay = chart.episode(episode_id, today(request))
    if stay is None:
        raise Http404
    try:
        id = actions.open_review(episode_id=episode_id, by=request.visit.actor, at=clock.now())
    except actions.NothingToReview:
        messages.warning(request, _("There is no plan in force to review."))
        return redirect("plan:plan", patient_id=stay.patient.patient_id)
    return redirect("plan:review", review_id=id)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, review_id: UUID) -> HttpResponse:
    """How each objective went, what the person says, and the reasoning."""
    if request.method != "POST":
        return _review(request, review_id)
    typed = read_typed(request.POST)
    try:
        written = actions.write_review(
            review_id=review_id, typed=typed.fields, by=request.visit.actor, at=clock.now()
        )
    except actions.ReviewNotHere:
        raise Http404 from None
    except actions.ReviewClosed:
        messages.warning(request, _("The review was closed meanwhile. Nothing was changed."))
        return redirect("plan:review", review_id=review_id)
    if written.conflicts and not wants_json(request):
        return _review(request, review_id, typed=typed, conflicts=written.conflicts, status=409)
    now = _texts(_found(review_id)[0])
    return kept(request, typed, written, now, reverse("plan:review", args=[review_id]))


@require_POST
def closing(request: Request, review_id: UUID) -> HttpResponse:
    """Close the review; refused with everything that stands against it."""
    _found(review_id)
    form = ClosingForm(request.POST)
    if form.is_valid():
        try:
            actions.close_review(
                review_id=review_id,
                decision=Decision(form.cleaned_data["decision"]),
                reasons=[Reason(code) for code in form.cleaned_data["reasons"]],
                by=request.visit.actor,
                at=clock.now(),
            )
        except actions.ReviewRefused as refused:
            for fault in refused.faults:
                form.add_error(None, str(labels.FAULTS[fault]))
        except actions.PlanChanged:
            form.add_error(
                None, _("Another version came into force meanwhile. Look at it, then close again.")
            )
        except actions.ReviewClosed:
            form.add_error(None, _("The review was closed meanwhile. Nothing was changed."))
        else:
            messages.success(request, _("The review is closed."))
            return redirect("plan:review", review_id=review_id)
    return _review(request, review_id, form=form, status=422)


def _found(review_id: UUID) -> tuple[ReviewFacts, UUID]:
    found = queries.review_here(review_id)
    if found is None:
        raise Http404
    return found


def _texts(found: ReviewFacts) -> Mapping[str, str]:
    texts = {"reasoning": found.reasoning, "person_said": found.person_said}
    for each in found.progress:
        texts |= {f"state-{each.objective_id}": each.state, f"words-{each.objective_id}": each.words}
    return texts


def _review(
    request: Request,
    review_id: UUID,
    *,
    typed: TypedInput | None = None,
    conflicts: frozenset[str] = frozenset(),
    form: ClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found, episode_id = _found(review_id)
    stay = chart.episode(episode_id, today(request))
    if stay is None:
        raise Http404
    looked(request, stay.patient.patient_id, "review")
    version = queries.version(found.version_id)
    progress = {each.objective_id: each for each in found.progress}
    context = {
        "stay": stay,
        "review": found,
        "version": version,
        "rows": [
            (goal, aim, progress.get(aim.objective_id)) for goal in version.text.goals for aim in goal.aims
        ],
        "texts": _texts(found),
        "mine": typed.texts if typed else None,
        "conflicts": conflicts,
        "states": [(str(code), word) for code, word in labels.PROGRESS.items()],
        "closing_form": form or ClosingForm(),
        "form": form,
    }
    return draw(request, "review.html", context, status=status)
