"""The door behind the sign-in: everyone lands on the first page of their role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from homeground.confidentiality import queries as confidentiality
from homeground.desk.queries import home as page
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import actions as people
from homeground.people.roles import CLINICIANS, STAFF, Role

PLACES = (
    (_("Attendance"), "treatment:sheets", CLINICIANS | {Role.FACILITATOR, Role.FRONT_DESK}),
    (_("Privacy"), "confidentiality:requests", CLINICIANS),
    (_("Hours this week"), "treatment:week", CLINICIANS | {Role.BILLER}),
)


@require_GET
def home(request: Request) -> HttpResponse:
    """Patients see today, family what is shared, staff what waits for them."""
    actor, house = request.visit.actor, request.visit.house
    if not actor.has(*STAFF):
        return redirect(_first(request) if actor.has(Role.PATIENT) else "desk:shared")
    at = clock.now()
    context = {
        "page": page(actor, at, house.zone),
        "now": at,
        "zone": house.zone,
        # The rail has no room for them with those who have five entries; one step from here is the rule.
        "places": [(label, name) for label, name, roles in PLACES if actor.has(*roles)],
    }
    return render(request, "desk/home.html", context)


def _first(request: Request) -> str:
    """A patient reads the privacy notice before anything else, once, unless they put it off (check F36)."""
    person_id = request.visit.actor.person_id
    if person_id is None or request.session.get("notice_later"):
        return "desk:today"
    if confidentiality.has_read_notice(person_id) or confidentiality.privacy_contact() is None:
        return "desk:today"
    return "confidentiality:notice_reading"


@require_POST
def notices_seen(request: Request) -> HttpResponse:
    """They know now that their times have changed."""
    people.see_notices(by=request.visit.actor, at=clock.now())
    return redirect("desk:home")
