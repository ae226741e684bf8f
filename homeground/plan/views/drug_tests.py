"""Drug tests: one person's, one test step by step, and random draws."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import queries
from homeground.plan.actions import drug_tests as actions
from homeground.plan.forms import (
    ConfirmationForm,
    DiscussionForm,
    DrawForm,
    LaboratoryForm,
    OrderForm,
    ResultForm,
    first_day,
)
from homeground.plan.rules.vocabulary import Confirmed, Ordered, Outcome, Specimen
from homeground.plan.views.shell import draw as page
from homeground.plan.views.shell import looked, stay_of, today, zone


@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: Request, patient_id: UUID) -> HttpResponse:
    """One person's tests; order one for a clinical reason."""
    stay = stay_of(request, patient_id)
    on = today(request)
    form = OrderForm(request.POST if request.method == "POST" else None, initial={"due_on": on})
    if request.method == "POST" and form.is_valid() and first_day(form, "due_on", on):
        asked = form.cleaned_data
        actions.order_test(
            patient_id=patient_id,
            reason=Ordered(asked["reason"]),
            specimen=Specimen(asked["specimen"]),
            panel=asked["panel"],
            due_on=asked["due_on"],
            by=request.visit.actor,
            at=clock.now(),
        )
        return redirect("plan:tests", patient_id=patient_id)
    looked(request, patient_id, "tests")
    context = {"stay": stay, "tests": queries.tests_of(patient_id), "order_form": form, "form": form}
    return page(request, "tests.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def draws(request: Request) -> HttpResponse:
    """Tests that wait, the latest draws, and a new one."""
    on = today(request)
    form = DrawForm(
        request.POST if request.method == "POST" else None, initial={"due_on": on + timedelta(days=2)}
    )
    if request.method == "POST" and form.is_valid() and first_day(form, "due_on", on):
        asked = form.cleaned_data
        try:
            drawn = actions.draw(
                pool=[stay.patient.patient_id for stay in chart.admitted_on(on)],
                wanted=asked["wanted"],
                panel=asked["panel"],
                specimen=Specimen(asked["specimen"]),
                due_on=asked["due_on"],
                on=on,
                by=request.visit.actor,
                at=clock.now(),
            )
        except actions.NobodyToDraw:
            form.add_error(None, _("Nobody is in treatment today."))
        else:
            return redirect("plan:draw", draw_id=drawn.draw_id)
    context = {"draws": queries.draws(), "tests": queries.open_tests(), "draw_form": form, "form": form}
    return page(request, "draws.html", context, status=422 if form.is_bound else 200)


@require_safe
def draw(request: Request, draw_id: UUID) -> HttpResponse:
    """One draw with everything needed to repeat it."""
    try:
        return page(request, "draw.html", {"draw": queries.draw_facts(draw_id)})
    except queries.DrawNotHere:
        raise Http404 from None


@require_safe
def test(request: Request, test_id: UUID) -> HttpResponse:
    """One test: what happened, and the next step."""
    return _test(request, test_id)


@require_POST
def result(request: Request, test_id: UUID) -> HttpResponse:
    """What came of it."""

    def act(told: dict[str, Any], at: datetime) -> None:
        actions.record_result(
            test_id=test_id,
            outcome=Outcome(told["outcome"]),
            found=told["found"],
            observed=told["observed"],
            collected_at=datetime.combine(told["collected_on"], told["collected_time"], zone(request)),
            by=request.visit.actor,
            at=at,
        )

    return _step(
        request, test_id, ResultForm(request.POST), act, _("Recorded. Talk it over with the person.")
    )


@require_POST
def laboratory(request: Request, test_id: UUID) -> HttpResponse:
    """Send it to a laboratory."""
    by = request.visit.actor
    return _step(
        request,
        test_id,
        LaboratoryForm(request.POST),
        lambda told, at: actions.send_to_laboratory(
            test_id=test_id, laboratory=told["laboratory"], by=by, at=at
        ),
        _("Recorded."),
    )


@require_POST
def confirmation(request: Request, test_id: UUID) -> HttpResponse:
    """The laboratory's answer."""
    by = request.visit.actor
    return _step(
        request,
        test_id,
        ConfirmationForm(request.POST),
        lambda told, at: actions.record_confirmation(
            test_id=test_id, outcome=Confirmed(told["outcome"]), by=by, at=at
        ),
        _("Recorded."),
    )


@require_POST
def discussion(request: Request, test_id: UUID) -> HttpResponse:
    """The talk about it."""
    by = request.visit.actor
    return _step(
        request,
        test_id,
        DiscussionForm(request.POST),
        lambda told, at: actions.discuss(test_id=test_id, by=by, at=at, **told),
        _("Recorded."),
    )


_REFUSALS: dict[type[Exception], Any] = {
    actions.AlreadyRecorded: gettext_lazy("This was recorded before. Nothing was changed."),
    actions.NotInOrder: gettext_lazy("Another step comes before this one."),
    actions.CollectedLater: gettext_lazy("It was collected after it was ordered and before now."),
}


def _step(
    request: Request,
    test_id: UUID,
    form: forms.Form,
    act: Callable[[dict[str, Any], datetime], None],
    done: str,
) -> HttpResponse:
    if queries.drug_test(test_id) is None:
        raise Http404
    if form.is_valid():
        try:
            act(form.cleaned_data, clock.now())
        except tuple(_REFUSALS) as refusal:
            form.add_error(None, _REFUSALS[type(refusal)])
        else:
            messages.success(request, done)
            return redirect("plan:test", test_id=test_id)
    return _test(request, test_id, form)


def _test(request: Request, test_id: UUID, bound: forms.Form | None = None) -> HttpResponse:
    found = queries.drug_test(test_id)
    if found is None:
        raise Http404
    looked(request, found.patient_id, "test")
    here = clock.now().astimezone(zone(request))
    offered: tuple[forms.Form, ...] = (
        ResultForm(initial={"collected_on": here.date(), "collected_time": here.time()}),
        LaboratoryForm(),
        ConfirmationForm(),
        DiscussionForm(),
    )
    shown = {type(form).__name__: form for form in (*offered, *([bound] if bound else []))}
    context = {"test": found, "forms": shown, "form": bound}
    return page(request, "test.html", context, status=422 if bound else 200)
