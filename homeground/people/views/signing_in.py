from allauth.account.utils import perform_login
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import actions, queries
from homeground.people.roles import NAMES, SEES, STAFF, Role
from homeground.people.views.shell import draw


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request, secret: str) -> HttpResponse:
    """A one-time link. Looking at it changes nothing, so a preview of the message does not spend it."""
    if request.method != "POST":
        return render(request, "people/sign_in.html", {"spent": False})
    try:
        account_id = actions.use_link(secret=secret, by=request.visit.actor, at=clock.now())
    except actions.LinkSpent:
        return render(request, "people/sign_in.html", {"spent": True}, status=410)
    return perform_login(request, queries.account(account_id))


@require_safe
def me(request: Request) -> HttpResponse:
    """What I may see here, and how I sign in."""
    actor = request.visit.actor
    context = {
        "roles": [(NAMES[role], SEES[role]) for role in Role if actor.has(role)],
        "second_factor": queries.has_second_factor(request.user),
        "shell": "ground/staff.html" if actor.has(*STAFF) else "ground/patient.html",
    }
    return draw(request, "me.html", context)
