"""Who opened charts outside their work: asked about every week, one by one."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.queries import book
from homeground.confidentiality.rules.looks import Finding, Sign
from homeground.desk.forms.looks import LookForm
from homeground.desk.queries.looks import WEEK, Asked, Looks, looks, monday
from homeground.ground import clock
from homeground.ground.visit import Request

SIGNS: dict[Sign, Promise] = {
    Sign.OWN_CHART: gettext_lazy("their own chart"),
    Sign.COLLEAGUE: gettext_lazy("a colleague's chart"),
    Sign.SAME_NAME: gettext_lazy("the same family name"),
    Sign.SAME_REACH: gettext_lazy("the same telephone or e-mail"),
    Sign.EMERGENCY: gettext_lazy("emergency access"),
    Sign.OUTSIDE: gettext_lazy("not among their people"),
}
FINDINGS: dict[Finding, Promise] = {
    Finding.EXPLAINED: gettext_lazy("a good reason"),
    Finding.BREACH: gettext_lazy("a breach"),
}


@require_safe
def week(request: Request) -> HttpResponse:
    """One week of openings worth a question; this week when none is named."""
    today = _today(request)
    chosen = _monday(request.GET.get("week", ""), monday(today))
    found = looks(chosen, request.visit.house.zone)
    context = {
        "page": found,
        "rows": [_row(each) for each in found.rows],
        "before": chosen - WEEK,
        "after": chosen + WEEK if chosen + WEEK <= today else None,
        "last": chosen + WEEK,
        "card": book().card("review.looks", today),
    }
    return render(request, "desk/looks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: Request, reader_id: UUID, person_id: UUID) -> HttpResponse:
    """One of them: who, whose, when, how often, why we ask; and what came of it."""
    visit, named = request.visit, request.POST if request.method == "POST" else request.GET
    chosen = _monday(named.get("week_of", ""), monday(_today(request)))
    asked = _one(looks(chosen, visit.house.zone), reader_id, person_id)
    form = LookForm(request.POST if request.method == "POST" else None, initial={"week_of": chosen})
    if form.is_valid():
        try:
            breach = confidentiality.review_look(
                **form.cleaned_data,
                reader_id=reader_id,
                person_id=person_id,
                discovered_on=_today(request),
                by=visit.actor,
                at=clock.now(),
            )
        except confidentiality.OwnReview:
            form.add_error(None, _("You opened this chart yourself. Somebody else asks about it."))
        except confidentiality.LookReviewedBefore:
            form.add_error(None, _("Somebody wrote down before what came of it. Nothing was changed."))
        else:
            return _done(request, breach, chosen)
    context = {"row": _row(asked), "form": form, "week_of": chosen}
    return render(request, "desk/look.html", context, status=422 if form.is_bound else 200)


def _done(request: Request, breach: UUID | None, chosen: date) -> HttpResponse:
    messages.success(request, _("Written down."))
    if breach is not None:
        return redirect("confidentiality:breach", breach)
    return redirect(f"{reverse('desk:looks')}?week={chosen.isoformat()}")


def _one(page: Looks, reader_id: UUID, person_id: UUID) -> Asked:
    for each in page.rows:
        if (each.reader_id, each.person_id) == (reader_id, person_id):
            return each
    raise Http404


def _row(each: Asked) -> dict[str, Any]:
    found = each.review
    return {
        "it": each,
        "signs": [SIGNS[sign] for sign in each.signs],
        "finding": FINDINGS[found.finding] if found else "",
    }


def _monday(text: str, default: date) -> date:
    try:
        return monday(date.fromisoformat(text))
    except ValueError:
        return default


def _today(request: Request) -> date:
    return clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()
