"""The notice of privacy practices: public, read by patients, recorded by staff, its contact named."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.confidentiality import actions, queries
from homeground.confidentiality.forms.notice import ContactForm
from homeground.confidentiality.forms.rights import NoticeForm
from homeground.confidentiality.rules.practices import Notice, NoticeIncomplete
from homeground.confidentiality.rules.vocabulary import Method
from homeground.confidentiality.views.persons import page, required
from homeground.ground import clock
from homeground.ground.visit import Request

LATER = "notice_later"


@require_safe
def notice(request: Request) -> HttpResponse:
    """The notice, for everybody."""
    return render(request, "confidentiality/notice.html", {"notice": _notice(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: Request) -> HttpResponse:
    """A patient reads the notice on their own screen, and says that they have it; or reads it later."""
    person_id = request.visit.actor.person_id
    found = _notice(request)
    if found is None or person_id is None:
        return redirect("desk:home")
    if request.method != "POST":
        return render(request, "confidentiality/reading.html", {"notice": found})
    if "later" in request.POST:
        request.session[LATER] = found.version
    else:
        actions.acknowledge_notice(
            person_id=person_id,
            version=found.version,
            digest=found.digest,
            language=found.language,
            method=Method.SCREEN,
            by=request.visit.actor,
            at=clock.now(),
        )
        messages.success(request, _("Thank you. You can read it again at any time."))
    return redirect("desk:home")


@require_POST
def given(request: Request, person_id: UUID) -> HttpResponse:
    """Staff gave the notice to somebody: signed for, or not and why."""
    required(person_id)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return page(request, person_id, notice=form)
    told = form.cleaned_data
    found = _notice(request, told["language"])
    if found is None:
        form.add_error(None, _("The notice is not ready: say first whom it names."))
        return page(request, person_id, notice=form)
    refused = told["method"] == "refused"
    actions.acknowledge_notice(
        person_id=person_id,
        version=found.version,
        digest=found.digest,
        language=found.language,
        method=Method.PAPER if refused else Method(told["method"]),
        not_signed_because=told["why"] if refused else "",
        by=request.visit.actor,
        at=clock.now(),
    )
    messages.success(request, _("Recorded."))
    return redirect("confidentiality:person", person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request) -> HttpResponse:
    """Whom the notice names for questions and complaints."""
    known = queries.privacy_contact()
    shown = {"title": known.title, "phone": known.phone, "email": known.email} if known else {}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=shown)
    if form.is_valid():
        actions.name_privacy_contact(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        messages.success(request, _("The notice names this contact from now on."))
        return redirect("confidentiality:notice_contact")
    context = {"form": form, "notice": _notice(request, "en")}
    return render(
        request, "confidentiality/notice_contact.html", context, status=422 if form.is_bound else 200
    )


def _notice(request: Request, language: str = "") -> Notice | None:
    """The notice in the reader's language, None while it names nobody (check F36)."""
    try:
        return queries.privacy_notice(request.visit.house.name, language or get_language() or "en")
    except NoticeIncomplete:
        return None
