"""The pages of somebody who answers without signing in: a link, and one question after the other."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.placement import actions
from homeground.placement.actions.measures import ANSWERABLE
from homeground.placement.queries import measures
from homeground.placement.queries.measures import Answering, PacketNotHere, Visiting
from homeground.placement.rules.instruments import flow
from homeground.placement.rules.instruments.definition import Item
from homeground.placement.views.shell import draw

COOKIE = "answering"
PATH = "/placement/"


def remember(response: HttpResponse, visit: str) -> HttpResponse:
    """Let this browser, and no other, go on with the packet it opened; also after it was closed."""
    response.set_cookie(
        COOKIE,
        visit,
        max_age=int(ANSWERABLE.total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, secret: str) -> HttpResponse:
    """A link from a message. Looking at it changes nothing, so a preview does not spend it."""
    visit, at = request.visit, clock.now()
    try:
        found = measures.link(secret, request.COOKIES.get(COOKIE, ""), visit.house.id, at)
        if not found.fresh:
            return redirect("placement:check")
        if request.method != "POST":
            return draw(request, "check_welcome.html", {"language": found.language})
        opened = actions.open_link(secret=secret, by=visit.actor, at=at)
    except (PacketNotHere, actions.LinkSpent):
        return draw(request, "check_spent.html", {}, status=410)
    response = remember(redirect("placement:check"), opened)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, found.language, samesite="Lax")
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """One question at a time. Every tap is kept at once."""
    try:
        found = _visiting(request)
    except PacketNotHere:
        return draw(request, "check_spent.html", {}, status=410)
    if request.method == "POST":
        return _answer(request, found)
    current = found.current
    if current is None:
        return _finished(request)
    wanted = request.GET.get("item", "")
    item = next((each for each in _asked(current) if each.id == wanted), None) or current.next
    if item is None:
        return _finished(request)
    return _question(request, found, current, item)


@never_cache
@require_safe
def check_help(request: Request) -> HttpResponse:
    """After a critical answer: who helps now, and who of us will hear of it."""
    try:
        found = _visiting(request)
    except PacketNotHere:
        return draw(request, "check_spent.html", {}, status=410)
    kind = "overdose" if request.GET.get("about") == "overdose" else "suicide"
    return draw(request, "check_help.html", {"kind": kind, "more": found.current is not None})


def _visiting(request: Request) -> Visiting:
    secret = request.COOKIES.get(COOKIE, "")
    if not secret:
        raise PacketNotHere
    return measures.visiting(secret, request.visit.house.id, clock.now())


def _answer(request: Request, found: Visiting) -> HttpResponse:
    sent = request.POST
    try:
        current = found.holding(UUID(sent.get("form", "")))
        if current is None:
            raise PacketNotHere
        kept = actions.answer(
            administration_id=current.id,
            item=sent.get("item", "")[:40],
            value=None if "pass" in sent else int(sent.get("value", "")),
            was=_number(sent.get("was", "")),
            by=request.visit.actor,
            at=clock.now(),
        )
    except (ValueError, KeyError, PacketNotHere) as refusal:
        return _refused(request, found, refusal)
    except actions.AlreadyFinished:
        return redirect("placement:check")
    except actions.AnsweredMeanwhile as other:
        return _refused(request, found, other)
    if kept.critical:
        return redirect(f"{reverse('placement:check_help')}?about={kept.critical[0].kind.value}")
    return redirect("placement:check")


def _refused(request: Request, found: Visiting, refusal: Exception) -> HttpResponse:
    """Show the question again with what went wrong; what does not belong here is not found."""
    current = found.current
    item = next((i for i in _asked(current) if i.id == request.POST.get("item")), None) if current else None
    if current is None or item is None:
        return draw(request, "check_spent.html", {}, status=404)
    fault = "meanwhile" if isinstance(refusal, actions.AnsweredMeanwhile) else "range"
    return _question(request, found, current, item, fault=fault, status=422)


def _question(
    request: Request,
    found: Visiting,
    current: Answering,
    item: Item,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    chosen = get_language() or "en"
    language = chosen if chosen in current.instrument.languages else "en"
    before = flow.before(current.instrument, current.answers, item.id)
    context: dict[str, Any] = {
        "answering": current,
        "item": item,
        "language": language,
        "foreign": language != chosen,
        "title": current.instrument.title.get(chosen) or current.instrument.title.get("en", ""),
        "intro": current.instrument.intro.get(language, ""),
        "preface": item.preface.get(language, ""),
        "question": item.words[language],
        "options": [
            (option.value, item.said(option.value, language), current.answers.get(item.id) == option.value)
            for option in item.options
        ],
        "was": current.answers.get(item.id),
        "before": before,
        "number": current.seen + (0 if item.id in current.answers else 1),
        "fault": fault,
        "mode": found.mode,
    }
    return draw(request, "check.html", context, status=status)


def _finished(request: Request) -> HttpResponse:
    response = draw(request, "check_done.html", {"signed_in": request.user.is_authenticated})
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _asked(current: Answering | None) -> tuple[Item, ...]:
    return flow.asked(current.instrument, current.answers) if current else ()


def _number(text: str) -> int | None:
    """The answer the page showed, as a browser sends it; empty is none. Raises ValueError."""
    return int(text) if text.strip() else None
