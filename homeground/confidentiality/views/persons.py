"""The privacy of one person, for staff: notice, requests, what is withheld, who opened the chart in need."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.audit import actions as audit
from homeground.confidentiality import actions, queries
from homeground.confidentiality.forms.rights import NoticeForm, RequestForm
from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.glass import Cause
from homeground.confidentiality.rules.vocabulary import Asker, Category
from homeground.confidentiality.views.rights import shown
from homeground.confidentiality.words import CAUSES
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import Role


@require_safe
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Everything about one person's privacy on one page."""
    return page(request, person_id)


@require_POST
def person_requests(request: Request, person_id: UUID) -> HttpResponse:
    """Record a right somebody makes use of."""
    form = RequestForm(request.POST, today=_today(request))
    required(person_id)
    if not form.is_valid():
        return page(request, person_id, form=form)
    opened = actions.open_request(
        person_id=person_id,
        **form.cleaned_data,
        owner_id=request.visit.actor.person_id,
        by=request.visit.actor,
        at=clock.now(),
    )
    messages.success(request, _("Recorded. The clock runs."))
    return redirect("confidentiality:right", opened)


@require_POST
def person_breaches(request: Request, person_id: UUID) -> HttpResponse:
    """A breach concerns this person."""
    required(person_id)
    chosen = request.POST.get("breach", "")
    known = {str(each.id): each.id for each in queries.breaches()}
    if chosen not in known:
        return page(request, person_id, form=RequestForm(today=_today(request)))
    actions.add_affected(breach_id=known[chosen], person_id=person_id, by=request.visit.actor, at=clock.now())
    messages.success(request, _("Recorded."))
    return redirect("confidentiality:breach", known[chosen])


@require_POST
def restriction_ending(request: Request, person_id: UUID, restriction_id: UUID) -> HttpResponse:
    """The person asked that a restriction end: from the next request on it binds no more."""
    at = clock.now()
    if restriction_id not in {each.id for each in queries.restrictions_of(person_id, at)}:
        raise Http404
    try:
        actions.lift_restriction(restriction_id=restriction_id, by=request.visit.actor, at=at)
    except actions.RestrictionNotHere:
        raise Http404 from None
    messages.success(request, _("Lifted, as the person asked."))
    return redirect("confidentiality:person", person_id)


@require_safe
def accounting(request: Request, person_id: UUID) -> HttpResponse:
    """What was sent about a person, as the two laws count it, and what went to intermediaries."""
    at, known = clock.now(), required(person_id)
    audit.record(
        by=request.visit.actor,
        at=at,
        event="confidentiality.accounting.read",
        subject_kind="person",
        subject_id=person_id,
        patient_id=person_id,
    )
    lists = [
        (_("With consent, last three years (42 CFR 2.25)"), queries.accounting_part2(person_id, at)),
        (
            _("Not for care, payment or operations, last six years (HIPAA)"),
            queries.accounting_hipaa(person_id, at),
        ),
        (
            _("To intermediaries, last three years (42 CFR 2.24)"),
            queries.through_intermediaries(person_id, at),
        ),
    ]
    context = {"person": known, "lists": [(title, [_sent(each) for each in rows]) for title, rows in lists]}
    return render(request, "confidentiality/accounting.html", context)


def _sent(each: queries.Sent) -> dict[str, Any]:
    return {
        "it": each,
        "to": each.recipient or words.RECIPIENTS["en"].get(Asker(each.recipient_kind), ""),
        "what": words.listed([Category(code) for code in each.categories], "en"),
    }


def required(person_id: UUID) -> people.PersonFacts:
    """The person, or not found."""
    try:
        return people.person(person_id)
    except people.PersonNotHere:
        raise Http404 from None


def page(request: Request, person_id: UUID, **bound: forms.Form) -> HttpResponse:
    """The page with the forms that were sent back, if any."""
    known, at = required(person_id), clock.now()
    glasses = queries.glasses(at, open_only=False, person_id=person_id)
    names = people.persons({each.opened_by_id for each in glasses}) if glasses else {}
    context = {
        "person": known,
        "rows": shown(queries.rights_requests(_today(request), person_id=person_id, open_only=False)),
        "given": queries.acknowledgements(person_id),
        "reach": queries.confidential_contact(person_id, at),
        "bound": [_bound(each) for each in queries.restrictions_of(person_id, at)],
        "glasses": [(each, names[each.opened_by_id].name, CAUSES[Cause(each.cause)]) for each in glasses],
        "breaches": queries.breaches() if request.visit.actor.has(Role.DIRECTOR) else (),
        "notice_form": bound.get("notice") or NoticeForm(initial={"language": known.language}),
        "request_form": bound.get("form") or RequestForm(today=_today(request)),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "confidentiality/person.html", context, status=422 if bound else 200)


def _bound(each: queries.Bound) -> dict[str, Any]:
    kind = words.RECIPIENTS["en"].get(Asker(each.recipient_kind), "") if each.recipient_kind else ""
    return {
        "id": each.id,
        "to": each.recipient or kind or _("anybody"),
        "what": words.listed([Category(code) for code in each.categories], "en") or _("anything"),
        "since": each.starts_at,
        "paid": each.kind == "paid_in_full",
    }


def _today(request: Request) -> date:
    return clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()
