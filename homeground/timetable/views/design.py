"""The design board: scenarios side by side, the engine at work, and one made the week."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import LEADING
from homeground.program import queries as program
from homeground.timetable import actions, queries, words
from homeground.timetable.forms.design import AssumptionsForm, CandidateForm, ScenarioForm
from homeground.timetable.queries import ScenarioFacts
from homeground.timetable.rules.design import PATIENCE
from homeground.timetable.rules.drawing import drawing
from homeground.timetable.views.shell import page, space_choices, staff_choices, today


@require_safe
def board(request: Request) -> HttpResponse:
    """Up to four scenarios side by side, and a form for a new one."""
    return _board(request, _scenario_form(request))


@require_POST
def scenarios(request: Request) -> HttpResponse:
    """Begin a scenario."""
    form = ScenarioForm(request.POST, programs=_programs())
    if not form.is_valid():
        return _board(request, form, status=422)
    told, now = form.cleaned_data, clock.now()
    try:
        made = actions.make_scenario(
            program_id=told["program"],
            name=told["name"],
            starts_on=told["starts_on"],
            today=today(request, now),
            by=request.visit.actor,
            at=now,
        )
    except actions.ProgramNotHere:
        raise Http404 from None
    except (actions.NotAMonday, actions.TooManyScenarios) as error:
        field = "starts_on" if isinstance(error, actions.NotAMonday) else None
        form.add_error(field, str(words.DESIGN[type(error)]))
        return _board(request, form, status=422)
    return redirect("timetable:scenario", made)


@require_safe
def scenario(request: Request, scenario_id: UUID) -> HttpResponse:
    """One scenario: what is tried, where the engine stands, what would happen."""
    return _scenario(request, scenario_id)


@require_safe
def progress(request: Request, scenario_id: UUID) -> HttpResponse:
    """Where the engine stands, asked again every two seconds while it works."""
    return page(request, "scenario_run.html", _run(_found(scenario_id)))


@require_POST
def discarding(request: Request, scenario_id: UUID) -> HttpResponse:
    """Take a scenario off the board."""
    try:
        actions.discard_scenario(scenario_id=scenario_id, by=request.visit.actor, at=clock.now())
    except queries.ScenarioNotHere:
        raise Http404 from None
    messages.success(request, _("The scenario is off the board."))
    return redirect("timetable:design")


@require_POST
def candidates(request: Request, scenario_id: UUID) -> HttpResponse:
    """Add a group that could begin."""
    _found(scenario_id)
    form = CandidateForm(request.POST)
    if not form.is_valid():
        return _scenario(request, scenario_id, candidate=form, status=422)
    try:
        actions.add_candidate(
            scenario_id=scenario_id, plan=form.plan(), by=request.visit.actor, at=clock.now()
        )
    except queries.ScenarioNotHere:
        raise Http404 from None
    messages.success(request, _("The group is one of those that could begin."))
    return redirect("timetable:scenario", scenario_id)


@require_POST
def candidate_removal(request: Request, candidate_id: UUID) -> HttpResponse:
    """Take a candidate out."""
    try:
        scenario_id = actions.remove_candidate(
            candidate_id=candidate_id, by=request.visit.actor, at=clock.now()
        )
    except actions.CandidateNotHere:
        raise Http404 from None
    return redirect("timetable:scenario", scenario_id)


@require_POST
def usual_set(request: Request, scenario_id: UUID) -> HttpResponse:
    """Take the usual groups as those that could begin."""
    try:
        added = actions.add_usual(scenario_id=scenario_id, by=request.visit.actor, at=clock.now())
    except queries.ScenarioNotHere:
        raise Http404 from None
    told = ngettext("%(n)s group could begin more.", "%(n)s groups could begin more.", added)
    messages.success(request, told % {"n": added} if added else _("All of them are there already."))
    return redirect("timetable:scenario", scenario_id)


@require_POST
def assumptions(request: Request, scenario_id: UUID) -> HttpResponse:
    """Say what the scenario takes for granted."""
    form = _assumptions(request, _found(scenario_id), request.POST)
    if not form.is_valid():
        return _scenario(request, scenario_id, assumed=form, status=422)
    try:
        actions.assume(scenario_id=scenario_id, told=form.told(), by=request.visit.actor, at=clock.now())
    except (queries.ScenarioNotHere, actions.GroupNotHere, people.PersonNotHere):
        raise Http404 from None
    messages.success(request, _("Kept. Ask the engine to see what it changes."))
    return redirect("timetable:scenario", scenario_id)


@require_POST
def solvings(request: Request, scenario_id: UUID) -> HttpResponse:
    """Ask the engine."""
    try:
        actions.ask_engine(scenario_id=scenario_id, by=request.visit.actor, at=clock.now())
    except queries.ScenarioNotHere:
        raise Http404 from None
    except actions.AlreadySolving:
        messages.info(request, _("The engine works on this scenario already."))
    return redirect("timetable:scenario", scenario_id)


@require_POST
def stop(request: Request, solving_id: UUID) -> HttpResponse:
    """Stop where the engine is: the best plan so far stands."""
    try:
        scenario_id = actions.stop_engine(solving_id=solving_id, by=request.visit.actor, at=clock.now())
    except actions.SolvingNotHere:
        raise Http404 from None
    return redirect("timetable:scenario", scenario_id)


@require_POST
def publication(request: Request, solving_id: UUID) -> HttpResponse:
    """Make the plan the week from its Monday on."""
    scenario_id = queries.scenario_of_run(solving_id)
    if scenario_id is None:
        raise Http404
    try:
        done = actions.publish(solving_id=solving_id, leading=LEADING, by=request.visit.actor, at=clock.now())
    except actions.SolvingNotHere:
        raise Http404 from None
    except (actions.AlreadyPublished, actions.OnlyWhatIf, actions.PlanIsStale) as error:
        return _scenario(request, scenario_id, trouble=str(words.DESIGN[type(error)]), status=422)
    except (actions.Refused, actions.DoubleBooked) as error:
        return _scenario(request, scenario_id, trouble=str(words.refused(error)), status=422)
    told = _("The week stands. Groups that begin: %(begun)s, that end: %(ended)s; people moved: %(moved)s.")
    messages.success(request, told % {"begun": done.begun, "ended": done.ended, "moved": done.moved})
    return redirect("timetable:scenario", scenario_id)


def _programs() -> list[tuple[object, object]]:
    return [(each.id, f"{each.name}, {each.center}") for each in program.programs()]


def _scenario_form(request: Request) -> ScenarioForm:
    now = today(request, clock.now())
    monday = now + timedelta(days=14 - now.weekday())
    return ScenarioForm(initial={"starts_on": monday}, programs=_programs())


def _board(request: Request, form: ScenarioForm, *, status: int = 200) -> HttpResponse:
    found = queries.scenarios()
    context = {"scenarios": found, "form": form, "reasons": words.LEFT_OUT}
    return page(request, "design.html", context, status=status)


def _found(scenario_id: UUID) -> ScenarioFacts:
    found = queries.scenario(scenario_id)
    if found is None:
        raise Http404
    return found


def _groups(request: Request, found: ScenarioFacts) -> list[tuple[object, object]]:
    return [
        (each.group.id, each.group.name)
        for each in queries.groups_with_seats(today(request, clock.now()))
        if each.group.program_id == found.program_id and each.group.kind == "core"
    ]


def _assumptions(request: Request, found: ScenarioFacts, told: QueryDict | None = None) -> AssumptionsForm:
    groups = _groups(request, found)
    marks = {f"group-{key}": "free" for key, _name in groups}
    marks |= {f"group-{each}": "drop" for each in found.dropped}
    marks |= {f"group-{each}": "pin" for each in found.pinned}
    said = {
        "more_rooms": found.more_rooms,
        "more_leaders": found.more_leaders,
        "spared": [str(each) for each in found.spared],
    }
    return AssumptionsForm(told, initial={**marks, **said}, groups=groups, staff=staff_choices())


def _run(found: ScenarioFacts) -> dict[str, object]:
    """Where the run stands; one that nobody works on any more says so."""
    run = found.run
    if run is None:
        return {"found": found, "run": None}
    working, points = run.ended_at is None, queries.trace(run.id)
    return {
        "found": found,
        "run": run,
        "working": working,
        "lost": working and clock.now() - run.asked_at > PATIENCE,
        "reasons": words.LEFT_OUT,
        "drawing": drawing([(each.seconds, each.unmet, each.bound) for each in points]),
    }


def _scenario(
    request: Request,
    scenario_id: UUID,
    *,
    candidate: CandidateForm | None = None,
    assumed: AssumptionsForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    found = _found(scenario_id)
    done = found.run is not None and found.run.ended_at is not None and not found.run.failed
    groups = queries.plan_groups(found.run.id) if done and found.run else ()
    runs = {each.id for each in groups}
    context = {
        **_run(found),
        "candidates": queries.candidates(scenario_id),
        "candidate": candidate or CandidateForm(),
        "assumed": assumed or _assumptions(request, found),
        "moves": queries.moves(found.run.id) if done and found.run else (),
        "groups": groups,
        "ends": [name for key, name in _groups(request, found) if key not in runs] if groups else (),
        "rooms": dict(space_choices()),
        "reasons": words.LEFT_OUT,
        "trouble": trouble,
    }
    return page(request, "scenario.html", context, status=status)
