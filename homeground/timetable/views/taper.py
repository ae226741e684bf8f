"""A gradual return: a person's steps down, looked at before they are planned."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.chart import actions as chart
from homeground.chart import queries as stays
from homeground.chart.queries import EpisodeFacts
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.program.rules.hours import population_on, week_bounds
from homeground.timetable import actions, queries
from homeground.timetable.forms import TaperForm
from homeground.timetable.queries import TaperBase
from homeground.timetable.rules.taper import SUGGESTED, NotGradual, Step, Wanted, steps
from homeground.timetable.rules.week import Meeting
from homeground.timetable.views.shell import page, today

APART = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as the page says it; `below` when its hours no longer make an intensive program."""

    starts_on: date
    meetings: tuple[Meeting, ...]
    minutes: int
    below: bool


@require_safe
def taper(request: Request, episode_id: UUID) -> HttpResponse:
    """The steps: suggested, or as they were asked for, with the sessions each would come to."""
    episode, base = _base(request, episode_id)
    if "from_1" not in request.GET:
        return _page(request, episode, base, TaperForm(initial=_suggested(request, episode)))
    form = TaperForm(request.GET)
    return _page(request, episode, base, form, status=200 if form.is_valid() else 422)


@require_POST
def steps_down(request: Request, episode_id: UUID) -> HttpResponse:
    """Plan the steps: the sessions, and the level of care the clinician chose for each."""
    episode, base = _base(request, episode_id)
    form = TaperForm(request.POST)
    if not form.is_valid():
        return _page(request, episode, base, form, status=422)
    try:
        done = actions.taper(
            episode_id=episode_id,
            steps=_steps(form, base),
            levels=[level for _day, _minutes, level in form.steps()],
            today=today(request, clock.now()),
            by=request.visit.actor,
            at=clock.now(),
        )
    except (NotGradual, actions.StepInPast, actions.NoSeat, chart.EndsBeforeStart) as error:
        form.add_error("from_1", _trouble(error))
        return _page(request, episode, base, form, status=422)
    messages.success(request, _("%(n)s steps are planned.") % {"n": done.steps})
    return redirect("timetable:taper", episode_id)


def _base(request: Request, episode_id: UUID) -> tuple[EpisodeFacts, TaperBase]:
    now = today(request, clock.now())
    episode = stays.episode(episode_id, now)
    if episode is None:
        raise Http404
    return episode, queries.taper_base(episode_id, now) or TaperBase("", {}, ())


def _steps(form: TaperForm, base: TaperBase) -> tuple[Step, ...]:
    if not base.meetings:
        raise actions.NoSeat
    return steps(base.meetings, [Wanted(day, minutes) for day, minutes, _level in form.steps()])


def _suggested(request: Request, episode: EpisodeFacts) -> dict[str, object]:
    """Six, three, one and a half hours, two weeks each; the level by the floor of the program."""
    first = today(request, clock.now()) + APART
    floor = _floor(episode, first)
    found: dict[str, object] = {}
    for n, minutes in enumerate(SUGGESTED, start=1):
        found[f"from_{n}"] = first + (n - 1) * APART
        found[f"hours_{n}"] = f"{minutes / 60:g}"
        found[f"level_{n}"] = "1.5" if minutes < floor else "2.1"
    return found


def _floor(episode: EpisodeFacts, on: date) -> int:
    rules = episode.rules
    population = population_on(on, born_on=episode.born_on, program=rules.population, pack=rules.pack)
    return week_bounds(on, population=population, pack=rules.pack).floor


def _page(
    request: Request, episode: EpisodeFacts, base: TaperBase, form: TaperForm, *, status: int = 200
) -> HttpResponse:
    shown: list[Shown] = []
    if form.is_bound and form.is_valid():
        try:
            shown = [_shown(each, base, episode) for each in _steps(form, base)]
        except (NotGradual, actions.NoSeat) as error:
            form.add_error("from_1", _trouble(error))
            status = 422
    context = {
        "episode": episode,
        "base": base,
        "form": form,
        "shown": shown,
        "told": [(each.html_name, each.value() or "") for each in form] if shown else [],
        "planned": [_shown(each, base, episode) for each in base.planned],
    }
    return page(request, "taper.html", context, status=status)


def _shown(step: Step, base: TaperBase, episode: EpisodeFacts) -> Shown:
    return Shown(
        starts_on=step.starts_on,
        meetings=tuple(base.meetings[slot] for slot in step.slots),
        minutes=step.minutes,
        below=step.minutes < _floor(episode, step.starts_on),
    )


def _trouble(error: Exception) -> str:
    if isinstance(error, actions.NoSeat):
        return _("Only who has a seat in a core group by then can step down from it.")
    if isinstance(error, actions.StepInPast):
        return _("The first step begins tomorrow at the earliest.")
    if isinstance(error, chart.EndsBeforeStart):
        return _("The first step begins after the stay began.")
    return _("Each step begins after the one before and has no more hours.")
