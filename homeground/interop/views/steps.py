"""The steps of one request: its facts, the check of who asks, the person, the order, the decision."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.orders import OrderFacts
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop import actions, queries
from homeground.interop.forms import FactsForm, IdentityForm, OrderForm
from homeground.interop.views.shell import asked_of, asked_page, owners, settled, today
from homeground.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: Request, asked_id: UUID) -> HttpResponse:
    """Set down in our codes what the request asks for. A decision made before is taken back."""
    found = asked_of(request, asked_id)
    form = FactsForm(request.POST or None, owners=owners(), initial=_as_typed(found))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "asked": found}
        return render(request, "interop/facts.html", context, status=422 if form.errors else 200)
    with settled(request):
        confidentiality.clarify_outside_request(
            request_id=asked_id, **form.facts(), by=request.visit.actor, at=clock.now()
        )
    return redirect("interop:asked", asked_id)


_PLAIN = ("asker_kind", "asker_name", "asker_organization", "asker_address", "purpose")
_PAPER = ("paper", "paper_reference", "paper_on")


def _as_typed(found: confidential.Asked) -> dict[str, object]:
    return {
        **{name: getattr(found, name) for name in (*_PLAIN, *_PAPER)},
        "categories": list(found.categories),
        "owner": str(found.owner_id or ""),
    }


@require_POST
def identity(request: Request, asked_id: UUID) -> HttpResponse:
    """Note how the identity of who asks was checked."""
    asked_of(request, asked_id)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return asked_page(request, asked_id, identity=form)
    with settled(request):
        confidentiality.note_identity(
            request_id=asked_id, checked_by=form.checked_by(), by=request.visit.actor, at=clock.now()
        )
    return redirect("interop:asked", asked_id)


@require_POST
def person(request: Request, asked_id: UUID) -> HttpResponse:
    """Look for the person by another name, or note who it is, or that nobody of this name is known.

    A name is sent in the body: an address would keep it.
    """
    asked_of(request, asked_id)
    if "q" in request.POST:
        return asked_page(request, asked_id, looked=request.POST["q"][:200])
    chosen = request.POST.get("person", "")
    try:
        with settled(request):
            confidentiality.name_person(
                request_id=asked_id,
                person_id=UUID(chosen) if chosen != "nobody" else None,
                by=request.visit.actor,
                at=clock.now(),
            )
    except (ValueError, people.PersonNotHere):
        raise Http404 from None
    return redirect("interop:asked", asked_id)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: Request, asked_id: UUID) -> HttpResponse:
    """Read the court order element by element."""
    found = asked_of(request, asked_id)
    form = OrderForm(
        request.POST or None, cards=queries.order_cards(today(request)), initial=_as_read(asked_id)
    )
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "asked": found}
        return render(request, "interop/order.html", context, status=422 if form.errors else 200)
    with settled(request):
        confidentiality.read_court_order(
            request_id=asked_id, order=form.order(), by=request.visit.actor, at=clock.now()
        )
    return redirect("interop:asked", asked_id)


def _as_read(asked_id: UUID) -> dict[str, object]:
    """What was read before, so that one element can be corrected alone."""
    read: OrderFacts | None = confidential.court_order(asked_id)
    if read is None:
        return {}
    said = {each: "yes" if each in read.says else "no" for each in OrderForm.ELEMENTS}
    return {"kind": read.kind.value, "lists": [each.value for each in read.lists], **said}


@require_POST
def decision(request: Request, asked_id: UUID) -> HttpResponse:
    """Keep what the decision says now, with its rules."""
    visit = request.visit
    with settled(request):
        actions.keep_decision(request_id=asked_id, house=visit.house, by=visit.actor, at=clock.now())
    return redirect("interop:asked", asked_id)
