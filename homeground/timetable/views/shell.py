"""What all pages of this room share: the clinic's zone and day, and who may see which group."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import LEADING, SCHEDULING
from homeground.program import queries as program
from homeground.timetable import queries
from homeground.timetable.rules.occurrences import local_day


def zone(request: Request) -> ZoneInfo:
    """The clinic's time zone."""
    return ZoneInfo(request.visit.house.zone)


def today(request: Request, at: datetime) -> date:
    """The clinic's date at this moment."""
    return local_day(at, request.visit.house.zone)


def page(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page of this room with times in the clinic's zone."""
    with timezone.override(zone(request)):
        return render(request, f"timetable/{template}", dict(context), status=status)


def schedules(request: Request) -> bool:
    """Whether the one who is here may change weeks; a facilitator only looks at their own groups."""
    return request.visit.actor.has(*SCHEDULING)


def own_or_404(request: Request, group_id: UUID, on: date) -> None:
    """A facilitator sees the groups they lead; another's is not there for them."""
    if schedules(request):
        return
    person_id = request.visit.actor.person_id
    if person_id is None or not queries.leads(group_id, person_id, on):
        raise Http404


def staff_choices() -> list[tuple[object, object]]:
    """Everybody who may lead, for a select."""
    return [(each.id, each.name) for each in people.staff(LEADING)]


def space_choices() -> list[tuple[object, object]]:
    """Every room, for a select."""
    return [(each.id, each.name) for each in program.spaces()]
