"""What was done in a person's care that starts or stops a clock, in one statement for many people."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from homeground.ground.statement import Statement, one_of
from homeground.plan.models import (
    Assessment,
    Certification,
    DischargePlan,
    DrugTest,
    Incident,
    RiskFinding,
    SafetyPlan,
)
from homeground.plan.rules.deadlines import Sampled
from homeground.plan.rules.risk import RiskLevel


@dataclass(slots=True)
class Done:
    """What one person's record holds that stops or starts a clock."""

    assessed: bool = False
    risk: RiskLevel | None = None
    risk_found_at: datetime | None = None
    without_plan: bool = False
    safety_touched_at: datetime | None = None
    tests: list[Sampled] = field(default_factory=list)
    evaluated: bool = False
    leaving_at: datetime | None = None
    certified_from: date | None = None
    incidents: list[tuple[UUID, datetime]] = field(default_factory=list)


def done(patient_ids: Collection[UUID], episode_ids: Collection[UUID]) -> dict[UUID, Done]:
    """Assessments, risk, safety plans, tests, the way out, certifications, incidents. One statement."""
    rows = _DONE.rows(patient_ids=list(patient_ids), episode_ids=list(episode_ids))
    found: defaultdict[UUID, Done] = defaultdict(Done)
    for patient_id, what, *row in sorted(rows, key=lambda row: row[4]):
        _note(found[patient_id], what, *row)
    return found


def _everything(patient_ids: Any, episode_ids: Any) -> QuerySet[Any, Any]:
    """Rows of one shape: patient, what, id, word, first moment, second moment, day, yes or no."""
    no_moment, no_day = Cast(Value(None), DateTimeField()), Cast(Value(None), DateField())
    no = Value(False)
    assessed = Assessment.objects.filter(one_of("episode_id", episode_ids)).values_list(
        "episode__patient", Value("assessed"), "id", Value(""), "opened_at", "signed_at", no_day, no
    )
    risks = RiskFinding.objects.filter(one_of("patient_id", patient_ids)).values_list(
        "patient", Value("risk"), "id", "level", "found_at", no_moment, no_day, _yes(~Q(without_plan=""))
    )
    plans = SafetyPlan.objects.filter(
        one_of("patient_id", patient_ids), finished_at__isnull=False
    ).values_list("patient", Value("safety"), "id", Value(""), "finished_at", "looked_over_at", no_day, no)
    tests = (
        DrugTest.objects.filter(one_of("patient_id", patient_ids))
        .filter(Q(discussion=None) | Q(result__outcome="unexpected"))
        .values_list(
            "patient",
            Value("test"),
            "id",
            Coalesce("result__outcome", Value("")),
            "ordered_at",
            "result__recorded_at",
            "due_on",
            _yes(Q(discussion__isnull=False)),
        )
    )
    leaving = DischargePlan.objects.filter(one_of("episode_id", episode_ids)).values_list(
        "episode__patient", Value("leaving"), "id", Value(""), "written_at", no_moment, no_day, no
    )
    certified = Certification.objects.filter(one_of("episode_id", episode_ids)).values_list(
        "episode__patient", Value("certified"), "id", Value(""), "signed_at", no_moment, "from_on", no
    )
    incidents = Incident.objects.filter(one_of("patient_id", patient_ids), reported_at=None).values_list(
        "patient", Value("incident"), "id", Value(""), "recorded_at", no_moment, no_day, no
    )
    rows: QuerySet[Any, Any] = assessed.union(risks, plans, tests, leaving, certified, incidents, all=True)
    return rows


def _yes(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


_DONE = Statement(_everything)


def _note(
    done: Done, what: str, id: UUID, word: str, at: datetime, then: datetime | None, day: date, yes: bool
) -> None:
    match what:
        case "assessed":
            done.evaluated, done.assessed = True, done.assessed or then is not None
        case "leaving":
            done.leaving_at = at
        case "certified":
            done.certified_from = max(day, done.certified_from or day)
        case "incident":
            done.incidents.append((id, at))
        case "risk":
            done.risk, done.risk_found_at, done.without_plan = RiskLevel(word), at, yes
        case "safety":
            done.safety_touched_at = max(at, then or at)
        case _:
            done.tests.append(Sampled(id, at, day, word, then, yes))
