"""What the director reviews: emergency access."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeground.confidentiality import actions, queries
from homeground.confidentiality.forms.glass import ReviewForm
from homeground.confidentiality.rules.glass import Cause
from homeground.confidentiality.rules.vocabulary import Review
from homeground.confidentiality.words import CAUSES, REVIEWS
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people

SHOWN = 100


@require_safe
def reviews(request: Request) -> HttpResponse:
    """Emergency access that waits for a review, the late ones first, and what was reviewed before."""
    at = clock.now()
    waiting = queries.glasses(at)
    done = [each for each in queries.glasses(at, open_only=False, limit=SHOWN) if each.reviewed_at]
    ids = {who for each in (*waiting, *done) for who in (each.person_id, each.opened_by_id)}
    names = people.persons(ids)
    context = {
        "waiting": [_row(each, names) for each in waiting],
        "done": [_row(each, names) for each in done],
        "card": queries.book().card("review.break_glass_hours", at.date()),
    }
    return render(request, "confidentiality/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, glass_id: UUID) -> HttpResponse:
    """One emergency access: who, whom, why, how long; and what the review found."""
    at, visit = clock.now(), request.visit
    found = queries.glass(glass_id, at)
    if found is None:
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" and not found.reviewed_at else None)
    if form.is_valid():
        try:
            actions.review_glass(
                glass_id=glass_id,
                review=form.cleaned_data["review"],
                words=form.cleaned_data["words"],
                by=visit.actor,
                at=at,
            )
        except actions.OwnReview:
            form.add_error(None, _("You opened this chart yourself. Somebody else reviews it."))
        else:
            messages.success(request, _("Your review is recorded."))
            return redirect("confidentiality:reviews")
    row = _row(found, people.persons([found.person_id, found.opened_by_id]))
    context = {"row": row, "form": form, "own": found.opened_by_id == visit.actor.person_id}
    return render(request, "confidentiality/review.html", context, status=422 if form.is_bound else 200)


def _row(each: queries.Opened, names: dict[UUID, people.PersonFacts]) -> dict[str, object]:
    return {
        "it": each,
        "who": names[each.opened_by_id].name,
        "whom": names[each.person_id].name,
        "cause": CAUSES[Cause(each.cause)],
        "found": REVIEWS[Review(each.review)] if each.review else "",
    }
