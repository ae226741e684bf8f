"""What all pages of this room share: the clinic's zone and day."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from homeground.ground.visit import Request
from homeground.treatment import words
from homeground.treatment.rules.ledger import day_of


def zone(request: Request) -> ZoneInfo:
    """The clinic's time zone."""
    return ZoneInfo(request.visit.house.zone)


def today(request: Request, at: datetime) -> date:
    """The clinic's day at a moment."""
    return day_of(at, zone(request))


def page(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page with times in the clinic's zone."""
    with timezone.override(zone(request)):
        return render(request, f"treatment/{template}", {"words": words, **context}, status=status)
