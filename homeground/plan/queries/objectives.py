"""What other rooms ask: which objectives a person's plan in force has on a day."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from homeground.ground.envelope import keys_of
from homeground.ground.sealed_text import opened
from homeground.plan.models import Aim, Goal
from homeground.program import queries as program


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective of a plan in force. `id` stays the same through all versions of the plan.

    `words` and `goal` are as the version in force on the day says them; the goal is the person's own words.
    """

    id: UUID
    words: str = field(repr=False)
    goal: str = field(repr=False)


def objectives_of(patient_ids: Collection[UUID], on: date) -> dict[UUID, tuple[Objective, ...]]:
    """The objectives in force for each of these patients at the end of the clinic's day, in the plan's order.

    A patient without a plan in force has an empty tuple. Two statements at most.
    """
    found: dict[UUID, list[Objective]] = {patient_id: [] for patient_id in patient_ids}
    rows: Any = (
        Aim.objects.annotate(zone=program.zone_of_row())
        .filter(_around(on), goal__version__plan__episode__patient__in=patient_ids)
        .order_by("goal__position", "position", "id")
        .values_list(
            "goal__version__plan__episode__patient_id",
            "objective_id",
            "id",
            "words",
            "goal_id",
            "goal__words",
            "goal__version__in_force_at",
            "goal__version__ended_at",
            "zone",
        )
    )
    keys_of({row[0] for row in rows})
    for patient_id, objective_id, aim_id, words, goal_id, goal, begun, ended, zone in rows:
        night = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(zone))
        if begun is not None and begun < night and (ended is None or ended >= night):
            told = opened(Aim, "words", words, row=aim_id)
            found[patient_id].append(Objective(objective_id, told, opened(Goal, "words", goal, row=goal_id)))
    return {patient_id: tuple(each) for patient_id, each in found.items()}


def _around(on: date) -> Q:
    """Versions that may be in force on the day, whatever the zone: a day wide on either side."""
    day = datetime.combine(on, time(), ZoneInfo("UTC"))
    ends = Q(goal__version__ended_at=None) | Q(goal__version__ended_at__gt=day - timedelta(days=1))
    return Q(goal__version__in_force_at__lt=day + timedelta(days=2)) & ends
