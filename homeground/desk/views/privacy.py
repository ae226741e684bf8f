"""A patient's own privacy page: who may see what, who looked, what left, and how to stop or change it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.queries import ConsentNotHere, Right
from homeground.confidentiality.rules.answers import after
from homeground.confidentiality.rules.vocabulary import Answer, RequestKind
from homeground.desk.forms import RIGHTS, RightForm
from homeground.desk.queries.own import NoChart
from homeground.desk.queries.privacy import owns_consent
from homeground.desk.queries.privacy import privacy as privacy_page
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.timetable.rules.occurrences import local_day

KINDS = dict(RIGHTS)


@require_GET
def privacy(request: Request) -> HttpResponse:
    """What may be seen, who looked and what was sent."""
    return _privacy(request, RightForm())


@require_POST
def revocation(request: Request, consent_id: UUID) -> HttpResponse:
    """Stop a consent of one's own; it holds at the next request everywhere."""
    at = clock.now()
    if not owns_consent(_person(request), consent_id, at):
        raise Http404
    try:
        confidentiality.revoke_consent(consent_id=consent_id, revoked_at=at, by=request.visit.actor, at=at)
    except ConsentNotHere:
        raise Http404 from None
    except confidentiality.AlreadyRevoked:
        messages.info(request, _("This was stopped before."))
    else:
        messages.success(request, _("Stopped. From now on we share nothing with them."))
    return redirect("desk:privacy")


@require_POST
def rights(request: Request) -> HttpResponse:
    """Ask for a copy, a correction, less sharing, another way to be reached, a list, or complain."""
    form = RightForm(request.POST)
    if not form.is_valid():
        return _privacy(request, form, status=422)
    at = clock.now()
    confidentiality.open_request(
        person_id=_person(request),
        kind=RequestKind(form.cleaned_data["kind"]),
        words=form.cleaned_data["words"],
        received_on=local_day(at, request.visit.house.zone),
        owner_id=None,
        by=request.visit.actor,
        at=at,
    )
    messages.success(request, _("We have it. The day by which we answer is on this page."))
    return redirect("desk:privacy")


def _person(request: Request) -> UUID:
    person_id = request.visit.actor.person_id
    if person_id is None:
        raise Http404
    return person_id


def _after(each: Right, language: str) -> str:
    """What the person may still do after a denial; empty for other answers."""
    return after(each.kind, Answer(each.answer) if each.answer else None, language)


def _privacy(request: Request, form: RightForm, *, status: int = 200) -> HttpResponse:
    language = (get_language() or "en")[:2]
    try:
        found = privacy_page(_person(request), clock.now(), language, request.visit.house.zone)
    except NoChart:
        raise Http404 from None
    asked = [(KINDS.get(each.kind.value, ""), each, _after(each, language)) for each in found.requests]
    context = {"page": found, "asked": asked, "form": form, "zone": request.visit.house.zone}
    return render(request, "desk/privacy.html", context, status=status)
