"""Rights of people as work items: the list, one request, and its answer."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
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

from homeground.confidentiality import actions, queries
from homeground.confidentiality.forms.rights import ANSWER_FORMS, AnswerForm, ExtensionForm, OwnerForm
from homeground.confidentiality.rules.answers import after, deniable
from homeground.confidentiality.rules.vocabulary import Answer
from homeground.confidentiality.words import ANSWERS, KINDS, STANDINGS
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import DOOR

type Names = dict[UUID, people.PersonFacts]


@require_safe
def requests(request: Request) -> HttpResponse:
    """Every right somebody makes use of, by the day it is due."""
    everything = request.GET.get("show") == "all"
    rows = queries.rights_requests(_today(request), open_only=not everything)
    context = {"rows": shown(rows), "everything": everything}
    return render(request, "confidentiality/requests.html", context)


@require_safe
def right(request: Request, right_id: UUID) -> HttpResponse:
    """One request: what was asked, until when, whose work it is, and the answer."""
    return _right(request, right_id)


@require_POST
def owner(request: Request, right_id: UUID) -> HttpResponse:
    """Give the request to somebody."""
    form = OwnerForm(request.POST, staff=_staff())
    if not form.is_valid():
        return _right(request, right_id, owner=form)
    with _here():
        actions.assign_request(
            request_id=right_id,
            owner_id=form.cleaned_data["owner"],
            by=request.visit.actor,
            at=clock.now(),
        )
    messages.success(request, _("Saved."))
    return redirect("confidentiality:right", right_id)


@require_POST
def extension(request: Request, right_id: UUID) -> HttpResponse:
    """Use the one extension, with its reason."""
    form = ExtensionForm(request.POST)
    if form.is_valid():
        try:
            with _here():
                actions.extend_request(
                    request_id=right_id,
                    why=form.cleaned_data["why"],
                    on=_today(request),
                    by=request.visit.actor,
                    at=clock.now(),
                )
        except actions.NoExtension:
            form.add_error(None, _("There is no more time to give: none is allowed, used, or in time."))
        else:
            messages.success(request, _("There is more time now. The person sees why."))
            return redirect("confidentiality:right", right_id)
    return _right(request, right_id, extension=form)


@require_POST
def answer(request: Request, right_id: UUID) -> HttpResponse:
    """Answer it; what is granted holds from now on."""
    form = ANSWER_FORMS.get(_found(request, right_id).kind, AnswerForm)(request.POST)
    if form.is_valid() and _answered(request, right_id, form):
        messages.success(request, _("Answered. The person reads it on their privacy page."))
        return redirect("confidentiality:right", right_id)
    return _right(request, right_id, answer=form)


def _answered(request: Request, right_id: UUID, form: AnswerForm) -> bool:
    """Whether the answer could be given; if not, the form says why."""
    try:
        with _here():
            actions.settle_request(
                request_id=right_id,
                answer=form.cleaned_data["answer"],
                words=form.cleaned_data["words"],
                **form.effect(),
                by=request.visit.actor,
                at=clock.now(),
            )
    except actions.ReasonMissing:
        form.add_error("words", _("A denial says why."))
    except actions.Owed:
        form.add_error("answer", _("The law gives a right to this. It can be granted or withdrawn."))
    except actions.EffectMissing:
        form.add_error("address", _("Write at least one way to reach the person."))
    else:
        return True
    return False


@contextmanager
def _here() -> Iterator[None]:
    """What is not here, or was answered before, is not found."""
    try:
        yield
    except (queries.RequestNotHere, actions.AnsweredBefore, people.PersonNotHere):
        raise Http404 from None


def _found(request: Request, right_id: UUID) -> queries.Right:
    try:
        return queries.rights_request(right_id, _today(request))
    except queries.RequestNotHere:
        raise Http404 from None


def _right(request: Request, right_id: UUID, **bound: forms.Form) -> HttpResponse:
    found = _found(request, right_id)
    days = queries.book().card(found.clock, _today(request))
    context = {
        "row": shown([found])[0],
        "card": days,
        "may_extend": len(days.value) > 1 and days.value[1] and not found.extended_to,
        "deniable": deniable(found.kind, paid_in_full=False),
        "after": after(found.kind, Answer.DENIED, "en"),
        "owner_form": bound.get("owner") or OwnerForm(staff=_staff(), initial={"owner": found.owner_id}),
        "extension_form": bound.get("extension") or ExtensionForm(),
        "answer_form": bound.get("answer") or ANSWER_FORMS.get(found.kind, AnswerForm)(),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "confidentiality/right.html", context, status=422 if bound else 200)


def shown(rows: Collection[queries.Right]) -> list[dict[str, Any]]:
    """Requests with the words and names a page needs. One statement."""
    ids = {each.person_id for each in rows} | {each.owner_id for each in rows if each.owner_id}
    names = people.persons(ids) if ids else {}
    return [_row(each, names) for each in rows]


def _row(each: queries.Right, names: Names) -> dict[str, Any]:
    state, words = STANDINGS[each.standing]
    return {
        "it": each,
        "who": names[each.person_id].name,
        "owner": names[each.owner_id].name if each.owner_id in names else "",
        "kind": KINDS[each.kind],
        "state": state,
        "standing": words,
        "answer": ANSWERS[Answer(each.answer)] if each.answer else "",
    }


def _staff() -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in people.staff(DOOR)]


def _today(request: Request) -> date:
    return clock.now().astimezone(ZoneInfo(request.visit.house.zone)).date()
