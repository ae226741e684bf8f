"""The door behind the sign-in: everyone lands on the first page of their role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from homeground.desk.queries import home as page
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import STAFF, Role


@require_GET
def home(request: Request) -> HttpResponse:
    """Patients see today, family what is shared, staff what waits for them."""
    actor, house = request.visit.actor, request.visit.house
    if not actor.has(*STAFF):
        return redirect("desk:today" if actor.has(Role.PATIENT) else "desk:shared")
    at = clock.now()
    return render(
        request, "desk/home.html", {"page": page(actor, at, house.zone), "now": at, "zone": house.zone}
    )
