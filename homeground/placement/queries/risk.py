"""What answers told of the risk of suicide and of a return to use: what other rooms start their clocks by."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value

from homeground.ground.statement import Statement, one_of
from homeground.placement.models import Administration, CriticalAnswer
from homeground.placement.queries.instruments import pinned, shipped
from homeground.placement.rules.instruments.definition import Kind, Means


@dataclass(frozen=True, slots=True)
class Heard:
    """One critical answer: what it is about, and the level of risk it alone stands for (empty: unknown)."""

    kind: Kind
    means: Means
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One person's critical answers, the oldest first, and when they last finished a suicide-risk screen."""

    heard: tuple[Heard, ...] = ()
    screened_at: datetime | None = None

    @property
    def at_risk(self) -> Heard | None:
        """The latest answer that means moderate risk or above; of one moment the highest."""
        found = [each for each in self.heard if each.means in ("moderate", "high")]
        return max(found, key=lambda each: (each.at, each.means == "high"), default=None)

    @property
    def unclear_at(self) -> datetime | None:
        """The latest answer after which somebody asks about suicide: of unknown level, or a return to use."""
        found = [each.at for each in self.heard if each.kind is Kind.OVERDOSE or not each.means]
        return max(found, default=None)


@cache
def _screens() -> tuple[str, ...]:
    """The shipped questionnaires that tell a level of suicide risk."""
    return tuple(each.id for each in shipped() if any(rule.means for rule in each.criticals))


def told(patient_ids: Collection[UUID]) -> dict[UUID, Told]:
    """What these people's answers told. One statement."""
    answers: dict[UUID, list[Heard]] = defaultdict(list)
    screened: dict[UUID, datetime] = {}
    for patient_id, item, at, code, version in _ANSWERED.rows(patient_ids=list(patient_ids)):
        if not item:
            screened[patient_id] = at
            continue
        rule = next((each for each in pinned(code, version).criticals if each.item == item), None)
        if rule is not None:
            answers[patient_id].append(Heard(rule.kind, rule.means, at))
    return {
        patient_id: Told(tuple(answers.get(patient_id, ())), screened.get(patient_id))
        for patient_id in {*answers, *screened}
    }


def _answered(patient_ids: Any) -> QuerySet[Any, Any]:
    heard = CriticalAnswer.objects.filter(one_of("patient_id", patient_ids)).values_list(
        "patient_id", "item", "raised_at", "administration__instrument", "administration__version"
    )
    done = Administration.objects.filter(
        one_of("patient_id", patient_ids), instrument__in=_screens(), completed_at__isnull=False
    ).values_list("patient_id", Value(""), F("completed_at"), "instrument", "version")
    rows: QuerySet[Any, Any] = heard.union(done, all=True).order_by("raised_at")
    return rows


_ANSWERED = Statement(_answered)
