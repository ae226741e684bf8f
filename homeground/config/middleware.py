"""Every request passes here: size, idle time, the access table, and the scope of the database."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from homeground.config import asking, houses
from homeground.config.access import TABLE
from homeground.config.news import news
from homeground.config.reading import NOTED_HERE
from homeground.ground import clock, scope
from homeground.ground.access import ANYONE, HOUSE_ONLY
from homeground.ground.actor import Actor
from homeground.ground.visit import Request, Visit
from homeground.people import queries as people
from homeground.people.roles import STAFF
from homeground.program import queries as program

type View = Callable[..., HttpResponseBase]
type Next = Callable[[HttpRequest], HttpResponseBase]

_SEEN_EVERY_SECONDS = 60


def refuse_oversize(get_response: Next) -> Next:
    """Refuse a request body beyond HG_REQUEST_LIMIT before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.HG_REQUEST_LIMIT:
            return render(request, "ground/errors/413.html", status=413)
        return get_response(request)

    return middleware


# Only names that Chromium knows: it complains on the console of every page about any other.
_POWERS = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer", "autoplay", "browsing-topics", "camera",
        "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection",
        "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip


def told_to_browsers(get_response: Next) -> Next:
    """Say with every page what a browser may do, and that nothing behind sign-in is kept anywhere.

    No page needs a power of the device; only the public site may stay in a cache (ASVS 14.3.2).
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Permissions-Policy"] = _POWERS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        match = request.resolver_match
        if match and TABLE.get(match.view_name) is not ANYONE:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware


class AccessMiddleware:
    """Deny by default: a view runs only when its name stands in the access table and admits the visitor.

    The view runs inside one transaction whose scope is the visitor's organization.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        admits = TABLE.get(match.view_name if match else "")
        if admits is None:
            raise Http404
        if admits is HOUSE_ONLY:
            return None
        if admits is ANYONE:
            return _as_visitor(cast(Request, request), view, args, kwargs)
        return _as_member(cast(Request, request), admits, view, args, kwargs)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _as_visitor(request: Request, view: View, args: Any, kwargs: Any) -> HttpResponseBase:
    house = program.public_house(request.get_host().split(":")[0])
    if house is None:
        return render(request, "ground/errors/no_clinic.html", status=503)
    request.visit = Visit(Actor(organization_id=house.id, address=_address(request)), house)
    with (
        scope.entered(organization_id=house.id, channel=scope.Channel.PUBLIC),
        timezone.override(house.zone),
    ):
        return view(request, *args, **kwargs)


def _as_member(
    request: Request,
    admits: frozenset[str],
    view: View,
    args: Any,
    kwargs: Any,
) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect(f"{_login_url()}?next={request.path}" if request.method == "GET" else _login_url())
    remembered = request.session.get("organization")
    chosen = UUID(remembered) if remembered else None
    with scope.entered(organization_id=chosen, account_id=request.user.pk):
        if chosen is None:
            chosen = people.organization_of(request.user)
            if chosen is None:
                raise PermissionDenied
            scope.narrow(organization_id=chosen, account_id=request.user.pk, channel=scope.Channel.INSIDE)
            request.session["organization"] = str(chosen)
        actor = people.actor(request.user, chosen, _address(request))
        house = houses.remembered(chosen, clock.now())
        if actor is None or house is None:  # the role has ended since the session began (check G09)
            logout(request)
            return redirect(_login_url())
        if _too_long_away(request, actor):
            logout(request)
            return redirect(_login_url())
        request.visit = Visit(actor, house)
        if _owes_second_factor(request, actor):
            return redirect("mfa_index")
        if not actor.has(*admits):
            raise PermissionDenied
        request.visit = Visit(actor, house, news(actor, clock.now()))
        with timezone.override(house.zone):
            return _decided(request, view, args, kwargs)


def _decided(request: Request, view: View, args: Any, named: Any) -> HttpResponseBase:
    """Ask the decision about the record this page shows: the page itself, or the page that says no."""
    visit, at = request.visit, clock.now()
    page = request.resolver_match.view_name if request.resolver_match else ""
    try:
        answer = asking.ask(page, named, visit.actor, at, visit.house.zone)
    except asking.NotHere:
        raise Http404 from None
    if answer is None:
        return view(request, *args, **named)
    if answer.enough:
        request.visit = asking.told(visit, answer)
        response = view(request, *args, **named)
        if page in NOTED_HERE and request.method == "GET" and response.status_code == 200:
            asking.note_opened(page, answer, visit.actor, at)
        return response
    asking.note_refused(page, answer, visit.actor, at)
    return render(
        request, "ground/errors/not_yours.html", {"glass": asking.glass(answer, visit.actor)}, status=403
    )


def _login_url() -> str:
    return reverse(settings.LOGIN_URL)


def _too_long_away(request: Request, actor: Actor) -> bool:
    """Idle beyond the role's limit, or signed in longer than a session may last (check G03)."""
    at = int(clock.real().timestamp())
    seen = request.session.get("seen_at", at)
    begun = request.session.get("signed_in_at", at)
    idle = settings.HG_IDLE_SECONDS["staff" if actor.has(*STAFF) else "portal"]
    if at - seen > idle or at - begun > settings.HG_SESSION_LIMIT.total_seconds():
        return True
    if at - seen >= _SEEN_EVERY_SECONDS or "seen_at" not in request.session:
        request.session["seen_at"] = at
        request.session.setdefault("signed_in_at", at)
    return False


def _owes_second_factor(request: Request, actor: Actor) -> bool:
    """Outside the demo staff need TOTP or a passkey before they see anything (check G02)."""
    if settings.HG_DEMO or not actor.has(*STAFF) or request.session.get("second_factor"):
        return False
    if Authenticator.objects.filter(
        user=request.user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists():
        request.session["second_factor"] = True
        return False
    return True
