"""What all pages of the door share: the navigation of the public site, and times in the clinic's zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.ground.visit import Request


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the public navigation."""

    label: str | Promise
    url: str
    current: bool


_ENTRIES = (
    ("front_door:help", _("Get help")),
    ("front_door:fit", _("Does it fit my week?")),
    ("front_door:check", _("Is this for me?")),
    ("front_door:family", _("For families")),
    ("front_door:find", _("Find a center")),
)


def zone(request: Request) -> ZoneInfo:
    """The clinic's time zone."""
    return ZoneInfo(request.visit.house.zone)


def page(
    request: Request, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Draw a page of this room with times in the clinic's zone."""
    with timezone.override(zone(request)):
        return render(request, f"front_door/{template}", dict(context or {}), status=status)


def public(
    request: Request, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Draw a public page with its navigation."""
    places = ((label, reverse(name)) for name, label in _ENTRIES)
    rail = tuple(Entry(label, url, request.path.startswith(url)) for label, url in places)
    return page(request, template, {"rail": rail, **(context or {})}, status=status)


def page_number(request: Request) -> int:
    """The page asked for in the query, 1 for anything that is no positive number of at most six digits."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= 6 else 1
