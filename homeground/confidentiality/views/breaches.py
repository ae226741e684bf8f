"""Breaches: recorded, weighed, told in time, closed; and the letter to each person."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.confidentiality import actions, queries
from homeground.confidentiality.forms.breaches import BreachForm, RiskForm, TellingForm
from homeground.confidentiality.rules.clocks import SOON
from homeground.confidentiality.words import DUTIES, FACTORS, RATINGS
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
def breaches(request: Request) -> HttpResponse:
    """Every breach with what is still to be done; a POST records a new one."""
    today = _today(request)
    form = BreachForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        made = actions.record_breach(**form.cleaned_data, by=request.visit.actor, at=clock.now())
        messages.success(request, _("Recorded. Its clocks run."))
        return redirect("confidentiality:breach", made)
    rows = [(each, _duties(each, today)) for each in queries.breaches(open_only=False)]
    context = {"rows": rows, "form": form, "cards": _cards("breach.risk", "breach.part2", on=today)}
    return render(request, "confidentiality/breaches.html", context, status=422 if form.is_bound else 200)


@require_safe
def breach(request: Request, breach_id: UUID) -> HttpResponse:
    """One breach: its risk, its duties with their last days, whom it concerns."""
    return _page(request, breach_id)


@require_POST
def assessment(request: Request, breach_id: UUID) -> HttpResponse:
    """Weigh the four factors."""
    form = RiskForm(request.POST)
    _found(breach_id)
    if not form.is_valid():
        return _page(request, breach_id, risk=form)
    try:
        low = actions.assess_breach(
            breach_id=breach_id, weighed=form.weighed(), by=request.visit.actor, at=clock.now()
        )
    except actions.BreachNotHere:
        raise Http404 from None
    if low:
        messages.success(request, _("Little risk, and written down why: nobody has to be told."))
    else:
        messages.warning(request, _("It is a breach. The days by which people are told stand below."))
    return redirect("confidentiality:breach", breach_id)


@require_POST
def telling(request: Request, breach_id: UUID) -> HttpResponse:
    """Somebody was told."""
    form = TellingForm(request.POST)
    _found(breach_id)
    if form.is_valid() and form.cleaned_data["told_on"] <= _today(request):
        try:
            actions.tell(breach_id=breach_id, **form.cleaned_data, by=request.visit.actor, at=clock.now())
        except actions.BreachNotHere:
            raise Http404 from None
        except actions.ToldBefore:
            form.add_error("told_on", _("Nobody was told before it was found out."))
        else:
            return redirect("confidentiality:breach", breach_id)
    elif form.is_valid():
        form.add_error("told_on", _("This day has not come yet."))
    return _page(request, breach_id, telling=form)


@require_POST
def closing(request: Request, breach_id: UUID) -> HttpResponse:
    """Everything is done."""
    try:
        actions.close_breach(breach_id=breach_id, by=request.visit.actor, at=clock.now())
    except actions.BreachNotHere:
        raise Http404 from None
    except actions.DutiesOpen:
        messages.error(request, _("Somebody is still to be told. Mark it when it is done."))
    else:
        messages.success(request, _("Closed."))
    return redirect("confidentiality:breach", breach_id)


@require_safe
def letter(request: Request, breach_id: UUID, person_id: UUID) -> HttpResponse:
    """The letter to one person, to print: neutral outside, plain inside, to the address they asked for."""
    found = _found(breach_id)
    if person_id not in found.person_ids:
        raise Http404
    known, at = people.person(person_id), clock.now()
    context = {
        "breach": found,
        "person_id": person_id,
        "name": f"{known.given_name} {known.family_name}".strip(),
        "reach": queries.confidential_contact(person_id, at),
        "contact": queries.privacy_contact(),
        "today": _today(request),
    }
    with translation.override("es" if known.language == "es" else "en"):
        return render(request, "confidentiality/breach_letter.html", context)


def _found(breach_id: UUID) -> queries.Incident:
    found = queries.breach(breach_id)
    if found is None:
        raise Http404
    return found


def _page(request: Request, breach_id: UUID, **bound: forms.Form) -> HttpResponse:
    found, today = _found(breach_id), _today(request)
    names = people.persons(found.person_ids) if found.person_ids else {}
    context = {
        "breach": found,
        "duties": _duties(found, today),
        "weighed": [(FACTORS[each.factor], RATINGS[each.rating], each.words) for each in found.weighed],
        "persons": [(key, who.name) for key, who in names.items()],
        "risk_form": bound.get("risk") or RiskForm(),
        "told_on": today,
        "form": next(iter(bound.values()), None),
        "cards": _cards("breach.risk", "breach.part2", *(each.card for each in found.duties), on=today),
    }
    return render(request, "confidentiality/breach.html", context, status=422 if bound else 200)


def _duties(found: queries.Incident, today: date) -> list[dict[str, Any]]:
    return [
        {
            "code": each.due.duty.value,
            "words": DUTIES[each.due.duty],
            "due_on": each.due.due_on,
            "told_on": each.told_on,
            "late": each.told_on is None and today > each.due.due_on,
            "soon": each.told_on is None and today <= each.due.due_on <= today + SOON,
        }
        for each in found.told
    ]


def _cards(*ids: str, on: date) -> list[object]:
    return [queries.book().card(id, on) for id in dict.fromkeys(ids)]


def _today(request: Request) -> date:
    return clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()
