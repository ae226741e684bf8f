from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from homeground.chart import actions as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import actions as people
from homeground.people import queries as persons
from homeground.people.roles import CLINICIANS
from homeground.placement import actions
from homeground.placement.forms import AdmissionForm
from homeground.placement.queries import ScreeningPage
from homeground.placement.rules.levels import NAMES, Level
from homeground.placement.views.shell import draw, read
from homeground.program import queries as program

_REFUSALS: dict[type[Exception], tuple[str | None, Any]] = {
    people.NameMissing: ("family_name", gettext_lazy("A chart needs a given name and a family name.")),
    chart.AlreadyAdmitted: (None, gettext_lazy("This person has a stay already. End that one first.")),
    chart.WrongPopulation: ("program", gettext_lazy("This program is for another age on the first day.")),
    chart.NotACounselor: ("counselor", gettext_lazy("Choose somebody who may treat.")),
    chart.ProgramNotHere: ("program", gettext_lazy("Choose a program.")),
    actions.LevelNotOffered: (
        "program",
        gettext_lazy("This program gives another level of care than the one decided."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def admission(request: Request, screening_id: UUID) -> HttpResponse:
    """Admit the person upon the decision."""
    page = read(request, screening_id)
    if page.decision is None:
        messages.warning(request, _("Decide the level of care first."))
        return redirect("placement:screening", screening_id=screening_id)
    form = _form(request, page)
    if form.is_valid():
        try:
            episode_id = actions.admit_screened(
                screening_id=screening_id, **form.given(), by=request.visit.actor, at=clock.now()
            )
        except tuple(_REFUSALS) as refusal:
            form.add_error(*_REFUSALS[type(refusal)])
        else:
            messages.success(request, _("Admitted."))
            return redirect("chart:episode", episode_id=episode_id)
    context = {"page": page, "form": form, "level_name": NAMES[Level(page.decision.level)]}
    return draw(request, "admission.html", context, status=422 if form.is_bound else 200)


def _form(request: Request, page: ScreeningPage) -> AdmissionForm:
    person = persons.person(page.person_id)
    today = timezone.localdate(clock.now(), ZoneInfo(request.visit.house.zone))
    level = page.decision.level if page.decision else ""
    programs = [
        (each.id, f"{each.name}, {each.center}") for each in program.programs() if each.level == level
    ]
    return AdmissionForm(
        request.POST if request.method == "POST" else None,
        today=today,
        programs=programs,
        counselors=[(each.id, each.name) for each in persons.staff(CLINICIANS)],
        initial={
            "given_name": person.given_name,
            "family_name": person.family_name,
            "called": person.called,
            "born_on": person.born_on,
            "starts_on": today,
            "counselor": request.visit.actor.person_id,
            "consent_language": person.language,
        },
    )
