"""What the pages of the desk share: the page of one request, and what a refusal of an action says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop import queries, words
from homeground.interop.forms import IdentityForm, SendingForm
from homeground.people import queries as people
from homeground.people.roles import Role


def today(request: Request) -> date:
    """The clinic's day."""
    return clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()


def owners() -> list[tuple[str, str]]:
    """Who may look after a request: the directors."""
    return [(str(each.id), each.name) for each in people.staff([Role.DIRECTOR.value])]


def asked_of(request: Request, asked_id: UUID) -> confidential.Asked:
    """The request, if this reader may see it; else the page is not there."""
    visit = request.visit
    try:
        return queries.request_of(asked_id, visit.actor, clock.now(), visit.house.zone)
    except queries.RequestNotHere:
        raise Http404 from None


@contextmanager
def settled(request: Request) -> Iterator[None]:
    """Run an action; a refusal becomes a message, and nothing was changed."""
    try:
        yield
    except queries.RequestNotHere:
        raise Http404 from None
    except confidentiality.ClosedBefore:
        messages.warning(request, _("This request is closed. Nothing was changed."))
    except confidentiality.AlreadySent:
        messages.warning(request, _("Something was sent on this request. Write down a new one."))
    except confidentiality.IdentityNotChecked:
        messages.warning(request, _("First note how the identity was checked."))


def sending_form(page: queries.AskedPage, data: object = None) -> SendingForm:
    """The form for what shall leave, with everything given chosen."""
    judged = page.judged
    return SendingForm(
        data,
        given=judged.decision.categories,
        kinds=judged.kinds,
        confirm=judged.to_confirm,
        limited=judged.limited,
        initial={
            "parts": [each.value for each in judged.decision.categories],
            "kind": judged.kinds[-1].value if judged.kinds else "",
            "address": page.asked.asker_address,
            "format": "pdf",
        },
    )


def asked_page(
    request: Request,
    asked_id: UUID,
    *,
    identity: IdentityForm | None = None,
    sending: SendingForm | None = None,
    looked: str = "",
) -> HttpResponse:
    """The page of one request; a form with errors stands in its place."""
    visit = request.visit
    try:
        page = queries.asked_page(asked_id, visit.actor, clock.now(), visit.house.zone)
    except queries.RequestNotHere:
        raise Http404 from None
    looking = page.open and page.asked.identity_checked_at and not page.asked.person_id
    context = {
        "page": page,
        "words": words,
        "identity": identity or IdentityForm(),
        "sending": sending or (sending_form(page) if page.ready else None),
        "looked": looked,
        "candidates": queries.candidates(looked or page.asked.subject) if looking or looked else (),
        "may_direct": visit.actor.has(Role.DIRECTOR),
    }
    wrong = (identity and identity.errors) or (sending and sending.errors)
    with timezone.override(visit.house.zone):
        return render(request, "interop/asked.html", context, status=422 if wrong else 200)
