from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as persons
from homeground.people.roles import CLINICIANS
from homeground.placement import actions, queries
from homeground.placement.forms import DecisionForm, FactsForm, RatingsForm, RedFlagsForm
from homeground.placement.queries import ScreeningNotHere, ScreeningPage
from homeground.placement.rules.checklist import items
from homeground.placement.rules.domains import BY_CODE as DOMAINS
from homeground.placement.rules.levels import NAMES, PLACES, Level
from homeground.placement.rules.recommend import recommend
from homeground.placement.rules.red_flags import FLAGS, STEPS
from homeground.placement.views.shell import draw, read
from homeground.program import queries as program


@require_http_methods(["GET", "HEAD", "POST"])
def screenings(request: Request) -> HttpResponse:
    """Screenings that wait for a decision; a POST with a person's id opens another one."""
    if request.method == "POST":
        return _open(request)
    decided = request.GET.get("show") == "decided"
    rows = queries.screenings(decided=decided)
    return draw(
        request, "screenings.html", {"rows": rows, "decided": decided, "full": len(rows) == queries.PAGE_SIZE}
    )


def _open(request: Request) -> HttpResponse:
    try:
        person_id = UUID(request.POST.get("person", ""))
        screening_id = actions.open_screening(person_id=person_id, by=request.visit.actor, at=clock.now())
    except (ValueError, persons.PersonNotHere):
        raise Http404 from None
    return redirect("placement:screening", screening_id=screening_id)


@require_safe
def screening(request: Request, screening_id: UUID) -> HttpResponse:
    """One screening: red flags, facts, ratings, and what follows from them."""
    return _screening(request, screening_id)


@require_POST
def red_flags(request: Request, screening_id: UUID) -> HttpResponse:
    """Keep which red flags were seen or told."""
    form = RedFlagsForm(request.POST)
    return _save(
        request,
        screening_id,
        "red_flags_form",
        form,
        "facts",
        lambda: {"flags": form.flags()},
        actions.record_red_flags,
    )


@require_POST
def facts(request: Request, screening_id: UUID) -> HttpResponse:
    """Keep the candidacy facts."""
    form = FactsForm(request.POST)
    return _save(
        request,
        screening_id,
        "facts_form",
        form,
        "ratings",
        lambda: {"facts": form.facts()},
        actions.record_facts,
    )


@require_POST
def ratings(request: Request, screening_id: UUID) -> HttpResponse:
    """Keep the ratings of the six domains."""
    form = RatingsForm(request.POST)
    return _save(
        request,
        screening_id,
        "ratings_form",
        form,
        "decision",
        lambda: {"ratings": form.ratings()},
        actions.rate_domains,
    )


@require_POST
def decision(request: Request, screening_id: UUID) -> HttpResponse:
    """A clinician decides the level of care."""
    form = DecisionForm(request.POST)
    return _save(
        request, screening_id, "decision_form", form, "decision", lambda: form.cleaned_data, actions.decide
    )


_REFUSALS: dict[type[Exception], tuple[str | None, Any]] = {
    actions.AlreadyDecided: (
        None,
        gettext_lazy("The level of care was decided meanwhile. Nothing was changed."),
    ),
    actions.OverrideReasonMissing: (
        "override_reason",
        gettext_lazy("Say why you depart from the recommendation."),
    ),
    actions.RecommendationChanged: (
        None,
        gettext_lazy(
            "The answers changed since you opened this page. Look at the recommendation again, then decide."
        ),
    ),
    actions.WithdrawalNotScreened: (
        None,
        gettext_lazy("Go through the red flags first. Nobody is placed before that."),
    ),
    actions.NotALevel: ("level", gettext_lazy("Choose a level of care.")),
}


def _save(
    request: Request,
    screening_id: UUID,
    name: str,
    form: forms.Form,
    goes_on: str,
    given: Callable[[], dict[str, object]],
    action: Callable[..., None],
) -> HttpResponse:
    """Write one section, or show the page again with what was typed."""
    if form.is_valid():
        try:
            action(screening_id=screening_id, **given(), by=request.visit.actor, at=clock.now())
        except ScreeningNotHere:
            raise Http404 from None
        except actions.ReasonMissing as refusal:
            for domain in refusal.domains:
                form.add_error(f"{domain}_reason", _("Say what was seen or said."))
        except tuple(_REFUSALS) as refusal:
            form.add_error(*_REFUSALS[type(refusal)])
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('placement:screening', args=[screening_id])}#{goes_on}")
    return _screening(request, screening_id, status=422, **{name: form})


def _screening(request: Request, screening_id: UUID, status: int = 200, **bound: forms.Form) -> HttpResponse:
    page = read(request, screening_id)
    found = recommend(page.answers)
    context = {
        "page": page,
        "clinician": request.visit.actor.has(*CLINICIANS) and request.visit.shows("level_of_care"),
        "closed": request.visit.actor.has(*CLINICIANS) and not request.visit.shows("screening"),
        "flags": [
            (flag.words, STEPS[flag.step], flag.urgent) for flag in FLAGS if flag.code in page.answers.flags
        ],
        "found": found,
        "found_name": NAMES[found.level],
        "step": next(iter(bound), "").removesuffix("_form") or _step(page),
        "all_rated": page.rated.keys() == DOMAINS.keys(),
        "checklist": items(page.answers),
        "place": PLACES.get(Level(page.decision.level) if page.decision else found.level),
        "offered": page.decision and page.decision.level in {each.level for each in program.programs()},
        "decided_name": NAMES[Level(page.decision.level)] if page.decision else "",
        "red_flags_form": RedFlagsForm(
            initial=RedFlagsForm.initial_from(page.answers.flags, page.answers.withdrawal_screened)
        ),
        "facts_form": FactsForm(initial=page.answers.facts),
        "ratings_form": RatingsForm(initial=RatingsForm.initial_from(page.rated)),
        "decision_form": DecisionForm(initial={"seen": found.level}),
        "form": next(iter(bound.values()), None),
        **bound,
    }
    return draw(request, "screening.html", context, status=status)


def _step(page: ScreeningPage) -> str:
    """The section to fill next: the first that has nothing in it yet."""
    if not page.answers.withdrawal_screened:
        return "red_flags"
    if not page.answers.facts:
        return "facts"
    return "ratings" if page.rated.keys() != DOMAINS.keys() else "decision"
