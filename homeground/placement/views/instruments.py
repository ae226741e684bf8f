"""The questionnaires of the house: those shipped, those the clinic brought, and who is on call."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.placement import actions
from homeground.placement.forms import BringForm, MeasureSettingForm
from homeground.placement.queries.instruments import InstrumentNotHere, offered, setting, shipped, written
from homeground.placement.rules.instruments.definition import RIGHTS
from homeground.placement.rules.instruments.questionnaire import QuestionnaireRefused, definition_from, fill
from homeground.placement.rules.instruments.reading import BadDefinition
from homeground.placement.views.shell import draw

_REFUSALS = {
    actions.LicenceMissing: ("holder", gettext_lazy("Say who gave the licence, and on what terms.")),
    actions.VersionTaken: ("version", gettext_lazy("This version exists already. Give it another number.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def instruments(request: Request) -> HttpResponse:
    """Every questionnaire with its licence; a POST brings one of the clinic's own."""
    form = BringForm(request.POST or None, request.FILES or None, bases=_bases())
    if request.method == "POST" and form.is_valid():
        try:
            brought = _bring(request, form.cleaned_data)
        except (QuestionnaireRefused, BadDefinition) as refused:
            for problem in refused.problems[:10]:
                form.add_error("file", problem)
        except ValueError:  # no JSON, no UTF-8
            form.add_error("file", _("The file is no JSON."))
        except tuple(_REFUSALS) as refusal:
            field, words = _REFUSALS[type(refusal)]
            form.add_error(field, str(words))
        else:
            messages.success(request, _("%(name)s can be used from now on.") % {"name": brought})
            return redirect("placement:instruments")
    return _page(request, bring_form=form, status=422 if form.is_bound else 200)


def _bring(request: Request, told: dict[str, Any]) -> str:
    found = json.loads(told["file"].read().decode("utf-8"))
    base = told["base"]
    code = base or _code(found)
    definition = definition_from(found, code=code, version=told["version"])
    if base:
        definition = {**fill(written(base), definition), "version": told["version"]}
    return actions.bring_instrument(
        definition=definition,
        holder=told["holder"],
        terms=told["terms"],
        by=request.visit.actor,
        at=clock.now(),
    ).name


def _code(found: Any) -> str:
    """A short name for a questionnaire, from its own."""
    named = str(found.get("name") or found.get("title") or "") if isinstance(found, dict) else ""
    return "".join(c if c.isalnum() else "-" for c in named.casefold()).strip("-")[:40] or "questionnaire"


@require_POST
def retirement(request: Request) -> HttpResponse:
    """Begin a version no more."""
    try:
        actions.retire_instrument(
            code=request.POST.get("code", ""),
            version=request.POST.get("version", ""),
            by=request.visit.actor,
            at=clock.now(),
        )
    except InstrumentNotHere:
        raise Http404 from None
    messages.success(request, _("It is not begun any more. What was begun may be finished."))
    return redirect("placement:instruments")


@require_POST
def measure_setting(request: Request) -> HttpResponse:
    """Who is on call, who hears next, what patients see."""
    form = MeasureSettingForm(request.POST, clinicians=_clinicians())
    if not form.is_valid():
        return _page(request, setting_form=form, status=422)
    told = form.cleaned_data
    actions.set_measures(
        shows_severity=told["shows_severity"],
        on_call_id=told["on_call"],
        lead_id=told["lead"],
        by=request.visit.actor,
        at=clock.now(),
    )
    messages.success(request, _("Saved."))
    return redirect("placement:instruments")


def _page(request: Request, *, status: int = 200, **bound: Any) -> HttpResponse:
    now = setting()
    context = {
        "rows": [(each, RIGHTS[each.instrument.rights]) for each in offered()],
        "bring_form": BringForm(bases=_bases()),
        "setting_form": MeasureSettingForm(
            clinicians=_clinicians(),
            initial={"on_call": now.on_call_id, "lead": now.lead_id, "shows_severity": now.shows_severity},
        ),
        "form": next(iter(bound.values()), None),
        **bound,
    }
    return draw(request, "instruments.html", context, status=status)


def _bases() -> list[tuple[str, str]]:
    return [(each.id, each.name) for each in shipped() if not each.has_text]


def _clinicians() -> list[tuple[Any, str]]:
    return [(each.id, each.name) for each in people.staff({role.value for role in CLINICIANS})]
