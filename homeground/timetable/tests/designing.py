"""A scenario to try out: an evening group, somebody who works nights and waits, and mornings to begin."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from homeground.chart.models import Episode
from homeground.ground.actor import Actor
from homeground.timetable import actions, tasks
from homeground.timetable.models import Group, Solving
from homeground.timetable.tests.factories import AT

MONDAY = date(2026, 12, 7)


@dataclass(frozen=True)
class Scene:
    """Who is there before the engine is asked; `scenario` is its id."""

    group: Group
    seated: list[Episode]
    waits: Episode
    scenario: UUID


def mornings(**change: object) -> actions.CandidatePlan:
    """A group that could begin."""
    told = {
        "name": "Early",
        "track": "morning",
        "days": (0, 2, 4),
        "starts": time(9),
        "ends": time(12, 15),
        "break_minutes": 15,
        "capacity": 8,
        "language": "en",
        "video": False,
        "must": False,
    }
    return actions.CandidatePlan(**told | change)


def solve(scene: Scene, by: Actor) -> Solving:
    """Ask the engine and wait."""
    run = actions.ask_engine(scenario_id=scene.scenario, by=by, at=AT)
    tasks.solve_scenario(str(by.organization_id), str(run))
    return Solving.objects.get(pk=run)
