from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import actions, queries
from homeground.people.forms import PersonAccountForm, SafeContactForm
from homeground.people.roles import NAMES, STAFF
from homeground.people.views.shell import REFUSALS, draw, show_link


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, person_id: UUID) -> HttpResponse:
    """One person: how they may be reached without harm, and whether they can sign in."""
    known = _known(person_id)
    form = SafeContactForm(request.POST if request.method == "POST" else None, initial=_shown(person_id))
    if form.is_valid():
        actions.answer_safe_contact(
            person_id=person_id, **form.cleaned_data, by=request.visit.actor, at=clock.now()
        )
        messages.success(request, _("Saved."))
        return redirect("people:person", person_id=person_id)
    return _page(request, known, form=form, status=422 if form.is_bound else 200)


@require_POST
def account(request: Request, person_id: UUID) -> HttpResponse:
    """Let a patient or family member sign in, and show their first link."""
    known = _known(person_id)
    form = PersonAccountForm(request.POST)
    if form.is_valid():
        try:
            account_id = actions.make_account(
                person_id=person_id, **form.cleaned_data, by=request.visit.actor, at=clock.now()
            )
        except tuple(REFUSALS) as refusal:
            form.add_error(*REFUSALS[type(refusal)])
        else:
            return show_link(request, account_id)
    return _page(request, known, account_form=form, status=422)


def _known(person_id: UUID) -> queries.PersonFacts:
    try:
        return queries.person(person_id)
    except queries.PersonNotHere:
        raise Http404 from None


def _shown(person_id: UUID) -> dict[str, object]:
    """The answers given before; none is assumed for who was never asked."""
    known = queries.contact(person_id)
    asked = ("may_leave_message", "may_text", "may_name_us")
    return {
        "phone": known.phone,
        "email": known.email,
        "good_hours": known.good_hours,
        **{name: "yes" if getattr(known, name) else "no" for name in asked},
    }


def _page(
    request: Request,
    known: queries.PersonFacts,
    *,
    status: int,
    form: SafeContactForm | None = None,
    account_form: PersonAccountForm | None = None,
) -> HttpResponse:
    held = queries.roles_of(known.id)
    context = {
        "person": known,
        "held": [(each, NAMES[each.role]) for each in held],
        "is_staff": any(each.role in STAFF for each in held),
        "contact_form": form or SafeContactForm(initial=_shown(known.id)),
        "account_form": account_form or PersonAccountForm(),
        "form": account_form or form,
        "former": queries.former_contacts(known.id),
    }
    return draw(request, "person.html", context, status=status)
