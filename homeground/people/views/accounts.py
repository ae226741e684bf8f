from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import actions, queries
from homeground.people.forms import StaffForm
from homeground.people.roles import NAMES, SEES, Role
from homeground.people.views.shell import REFUSALS, draw, show_link


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: Request) -> HttpResponse:
    """Who may sign in as staff, and what each role sees; a POST welcomes somebody new."""
    form = StaffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            account_id = actions.welcome(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        except tuple(REFUSALS) as refusal:
            form.add_error(*REFUSALS[type(refusal)])
        else:
            return show_link(request, account_id)
    context = {
        "held": queries.held_roles(),
        "names": NAMES,
        "roles": [(NAMES[role], SEES[role]) for role in Role],
        "form": form,
    }
    return draw(request, "accounts.html", context, status=422 if form.is_bound else 200)


@require_POST
def ending(request: Request, membership_id: UUID) -> HttpResponse:
    """End a role at once."""
    try:
        actions.end_membership(membership_id=membership_id, by=request.visit.actor, at=clock.now())
    except actions.MembershipNotHere:
        raise Http404 from None
    except actions.LastKeeper:
        messages.error(request, _("Nobody else could make accounts. Give this role to somebody first."))
    else:
        messages.success(
            request, _("The role has ended. Where this was the last one, all sessions ended too.")
        )
    return redirect("people:accounts")


@require_POST
def links(request: Request, account_id: UUID) -> HttpResponse:
    """Make a one-time link for an account and show it once."""
    return show_link(request, account_id)
