"""One list of what is due: for whom, since when, until when, by which rule."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from homeground.chart import queries as chart
from homeground.plan.models import Aim, Assessment, DrugTest, PlanVersion, Review, RiskFinding, SafetyPlan
from homeground.plan.queries.content import VersionFacts, signed_state_of, version_facts
from homeground.plan.rules.deadlines import Deadline, Sampled, Standing, Stay, deadlines, standing
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.rules.signing import needs_cosigner
from homeground.program import queries as program

type Services = Mapping[UUID, frozenset[date]]


@dataclass(frozen=True, slots=True)
class Due:
    """Something a person's care owes."""

    patient_id: UUID
    episode_id: UUID
    name: str = field(repr=False)
    counselor_id: UUID | None
    deadline: Deadline
    standing: Standing


def due(
    on: date,
    at: datetime,
    *,
    patient_ids: Collection[UUID] | None = None,
    services: Services | None = None,
) -> tuple[Due, ...]:
    """What every open stay (or those of these patients) owes as of the clinic's day, the most urgent first.

    `services` are the days of individual service by patient, which rooms above know; clocks that count them
    stay silent without. About a dozen statements whatever the number of people.
    """
    stays = chart.admitted_on(on, patient_ids)
    if not stays:
        return ()
    calendar = program.work_calendar(on)
    found = []
    known = _facts(stays, on, services or {})
    for stay in stays:
        facts = known[stay.id]
        found += [
            Due(
                patient_id=stay.patient.patient_id,
                episode_id=stay.id,
                name=stay.patient.name,
                counselor_id=stay.counselor_id,
                deadline=each,
                standing=standing(each, on, at),
            )
            for each in deadlines(facts, calendar, on)
        ]
    return tuple(sorted(found, key=lambda each: (each.deadline.due_on, each.name, each.deadline.kind)))


def pressing(rows: Iterable[Due]) -> tuple[Due, ...]:
    """Those that are overdue or end today."""
    return tuple(each for each in rows if each.standing in (Standing.OVERDUE, Standing.TODAY))


def _facts(stays: Collection[chart.EpisodeFacts], on: date, services: Services) -> dict[UUID, Stay]:
    ids, people = [stay.id for stay in stays], [stay.patient.patient_id for stay in stays]
    assessed = set(
        Assessment.objects.filter(episode__in=ids, signed_at__isnull=False).values_list("episode", flat=True)
    )
    versions = _versions(ids)
    reviewed = dict(
        Review.objects.filter(plan__episode__in=ids, closed_at__isnull=False)
        .values_list("plan__episode")
        .annotate(Max("closed_at"))
    )
    risks, touched = _risks(people), _touched(people)
    targets, tests = _targets(ids), _tests(people)
    found = {}
    for stay in stays:
        who = stay.patient.patient_id
        risk = risks.get(who)
        found[stay.id] = _with_versions(
            Stay(
                starts_on=stay.starts_on,
                pack=stay.rules.pack,
                zone=ZoneInfo(stay.rules.zone),
                assessed=stay.id in assessed,
                last_reviewed_at=reviewed.get(stay.id),
                risk=RiskLevel(risk.level) if risk else None,
                risk_found_at=risk.found_at if risk else None,
                without_safety_plan=bool(risk and risk.without_plan),
                safety_touched_at=touched.get(who),
                targets=tuple(targets.get(stay.id, ())),
                tests=tuple(tests.get(who, ())),
                services=services.get(who, frozenset()),
            ),
            versions.get(stay.id, ()),
            on,
        )
    return found


def _versions(episode_ids: Collection[UUID]) -> dict[UUID, list[VersionFacts]]:
    found: dict[UUID, list[VersionFacts]] = defaultdict(list)
    rows = (
        PlanVersion.objects.filter(plan__episode__in=episode_ids, offered_at__isnull=False, dropped_at=None)
        .select_related("plan", "refusal__witness", "returned")
        .prefetch_related("signatures")
        .order_by("number")
    )
    for row in rows:
        found[row.plan.episode_id].append(version_facts(row))
    return found


def _with_versions(stay: Stay, versions: Collection[VersionFacts], on: date) -> Stay:
    in_force = [each.in_force_at for each in versions if each.in_force_at]
    offered = next((each for each in versions if each.state == "offered"), None)
    newest = next((each for each in versions if each.state in ("offered", "in_force")), None)
    owed = newest is not None and needs_cosigner(signed_state_of(newest), stay.pack, on)
    return replace(
        stay,
        first_in_force_at=min(in_force, default=None),
        offered_at=offered.offered_at if offered else None,
        waits_for_patient=bool(offered and not signed_state_of(offered).by_patient),
        cosigner_since=newest.offered_at if owed and newest else None,
    )


def _risks(patient_ids: Collection[UUID]) -> dict[UUID, RiskFinding]:
    rows = RiskFinding.objects.filter(patient__in=patient_ids).order_by("patient", "-found_at", "-id")
    return {row.patient_id: row for row in rows.distinct("patient")}


def _touched(patient_ids: Collection[UUID]) -> dict[UUID, datetime]:
    rows = (
        SafetyPlan.objects.filter(patient__in=patient_ids, finished_at__isnull=False)
        .order_by("patient", "-number")
        .distinct("patient")
        .values_list("patient", "finished_at", "looked_over_at")
    )
    return {
        patient_id: max(finished_at, looked_over_at or finished_at)
        for patient_id, finished_at, looked_over_at in rows
        if finished_at
    }


def _targets(episode_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, date]]]:
    """Target days of objectives in force that no review has called met."""
    found: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    rows = (
        Aim.objects.filter(
            goal__version__plan__episode__in=episode_ids,
            goal__version__in_force_at__isnull=False,
            goal__version__ended_at=None,
            target_on__isnull=False,
        )
        .exclude(Q(objective__progress__state="met", objective__progress__review__closed_at__isnull=False))
        .values_list("goal__version__plan__episode", "objective", "target_on")
    )
    for episode_id, objective_id, target_on in rows:
        if target_on:
            found[episode_id].append((objective_id, target_on))
    return found


def _tests(patient_ids: Collection[UUID]) -> dict[UUID, list[Sampled]]:
    found: dict[UUID, list[Sampled]] = defaultdict(list)
    rows = (
        DrugTest.objects.filter(patient__in=patient_ids)
        .filter(Q(discussion=None) | Q(result__outcome="unexpected"))
        .values_list(
            "patient",
            "id",
            "ordered_at",
            "due_on",
            "result__outcome",
            "result__recorded_at",
            "discussion__at",
        )
    )
    for patient_id, id, ordered_at, due_on, outcome, recorded_at, discussed_at in rows:
        found[patient_id].append(
            Sampled(id, ordered_at, due_on, outcome or "", recorded_at, discussed_at is not None)
        )
    return found
