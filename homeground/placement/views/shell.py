"""What the pages of this room share."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.placement import actions
from homeground.placement.queries import ScreeningNotHere, ScreeningPage


def draw(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page with times in the clinic's zone."""
    with timezone.override(ZoneInfo(request.visit.house.zone)):
        return render(request, f"placement/{template}", dict(context), status=status)


def read(request: Request, screening_id: UUID) -> ScreeningPage:
    """The screening asked for, or 404."""
    try:
        return actions.read_screening(screening_id=screening_id, by=request.visit.actor, at=clock.now())
    except ScreeningNotHere:
        raise Http404 from None
