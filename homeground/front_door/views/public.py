from django.http import HttpResponse
from django.views.decorators.http import require_safe

from homeground.front_door.views.shell import public, zone
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.program.rules.vocabulary import Population
from homeground.timetable import queries as timetable

SHOWN = 3


@require_safe
def home(request: Request) -> HttpResponse:
    """One question, the phone, and what a week looks like, taken from the groups with open seats."""
    weeks = timetable.fit(
        busy=frozenset(),
        travel_minutes=0,
        video=True,
        population=Population.ADULT,
        language=None,
        on=clock.now().astimezone(zone(request)).date(),
    )
    return public(request, "home.html", {"weeks": weeks.offers[:SHOWN]})


@require_safe
def family(request: Request) -> HttpResponse:
    """For someone who worries: what helps tonight. The same page for everyone; it knows nobody."""
    return public(request, "family.html")
