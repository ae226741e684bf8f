"""What the pages of this room share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import actions
from homeground.people.actions.links import LIFETIME

REFUSALS: dict[type[Exception], tuple[str, Any]] = {
    actions.UsernameTaken: ("username", _("Somebody signs in with this name already.")),
    actions.NameTooPlain: (
        "username",
        _("Use at least three letters or digits, with dots or dashes between."),
    ),
    actions.RoleHeldAlready: ("role", _("This person holds this role already.")),
    actions.NameMissing: ("given_name", _("A name is needed.")),
}


def draw(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page with times in the clinic's zone."""
    with timezone.override(ZoneInfo(request.visit.house.zone)):
        return render(request, f"people/{template}", dict(context), status=status)


def show_link(request: Request, account_id: UUID) -> HttpResponse:
    """Make a one-time link and show it; the page is not kept by any cache."""
    at = clock.now()
    try:
        secret = actions.make_link(account_id=account_id, by=request.visit.actor, at=at)
    except actions.AccountNotHere:
        raise Http404 from None
    except actions.NotYourLinkToMake:
        raise PermissionDenied from None
    link = request.build_absolute_uri(reverse("people:sign_in", args=[secret]))
    response = draw(request, "link.html", {"link": link, "until": at + LIFETIME})
    add_never_cache_headers(response)
    return response
