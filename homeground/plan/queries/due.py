"""One list of what is due: for whom, since when, until when, by which rule."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Exists, Max, OuterRef, Q, QuerySet, Subquery, When

from homeground.chart import queries as chart
from homeground.ground.statement import Statement, one_of
from homeground.placement.queries import risk as placement
from homeground.plan.models import Aim, PlanVersion, Refusal, Review, Signature
from homeground.plan.queries.content import VersionFacts, signed_state_of
from homeground.plan.queries.done import Done, done
from homeground.plan.queries.stay import StayPlan
from homeground.plan.rules.deadlines import Deadline, Standing, Stay, deadlines, standing
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.rules.signing import Signed, needs_cosigner
from homeground.program import queries as program
from homeground.program.rules.clocks import WorkCalendar

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
    stays: Collection[chart.EpisodeFacts] | None = None,
) -> tuple[Due, ...]:
    """What every open stay (or those of these patients) owes as of the clinic's day, the most urgent first.

    `services` are the days of individual service by patient, which rooms above know; clocks that count them
    stay silent without; `stays` those of that day when they were read already. Seven statements whatever the
    number of people.
    """
    if stays is None:
        stays = chart.admitted_on(on, patient_ids)
    if not stays:
        return ()
    calendar = program.work_calendar(on)
    found: list[Due] = []
    known = _facts(stays, on, services or {})
    for stay in stays:
        found += _due_of(stay, known[stay.id], calendar, on, at)
    return tuple(sorted(found, key=lambda each: (each.deadline.due_on, each.name, each.deadline.kind)))


def pressing(rows: Iterable[Due]) -> tuple[Due, ...]:
    """Those that are overdue or end today."""
    return tuple(each for each in rows if each.standing in (Standing.OVERDUE, Standing.TODAY))


def due_of_stay(stay: chart.EpisodeFacts, page: StayPlan, on: date, at: datetime) -> tuple[Due, ...]:
    """What one stay owes, where its plan was read already. Three statements."""
    patient_id = stay.patient.patient_id
    kept = done([patient_id], [stay.id])[patient_id]
    met = {
        each.objective_id
        for review in page.reviews
        if review.closed_at
        for each in review.progress
        if each.state == "met"
    }
    aims = page.current.text.aims if page.current else ()
    facts = _with_versions(
        replace(
            _stay(stay, kept, placement.told([patient_id]).get(patient_id)),
            last_reviewed_at=max((each.closed_at for each in page.reviews if each.closed_at), default=None),
            targets=tuple(
                (a.objective_id, a.target_on) for a in aims if a.target_on and a.objective_id not in met
            ),
        ),
        [_offered(each) for each in page.versions],
        on,
    )
    return _due_of(stay, facts, program.work_calendar(on), on, at)


def _due_of(
    stay: chart.EpisodeFacts, facts: Stay, calendar: WorkCalendar, on: date, at: datetime
) -> tuple[Due, ...]:
    return tuple(
        Due(
            patient_id=stay.patient.patient_id,
            episode_id=stay.id,
            name=stay.patient.name,
            counselor_id=stay.counselor_id,
            deadline=each,
            standing=standing(each, on, at),
        )
        for each in deadlines(facts, calendar, on)
    )


def _facts(stays: Collection[chart.EpisodeFacts], on: date, services: Services) -> dict[UUID, Stay]:
    ids, people = [stay.id for stay in stays], [stay.patient.patient_id for stay in stays]
    versions = _versions(ids)
    reviewed = dict(_REVIEWED.rows(episode_ids=ids))
    kept, told, targets = done(people, ids), placement.told(people), _targets(ids)
    found = {}
    for stay in stays:
        who = stay.patient.patient_id
        found[stay.id] = _with_versions(
            replace(
                _stay(stay, kept[who], told.get(who)),
                last_reviewed_at=reviewed.get(stay.id),
                targets=tuple(targets.get(stay.id, ())),
                services=services.get(who, frozenset()),
            ),
            versions.get(stay.id, ()),
            on,
        )
    return found


def _stay(stay: chart.EpisodeFacts, kept: Done, told: placement.Told | None) -> Stay:
    """Starts and stops of one stay, but for its plan. A screen speaks until a clinician has."""
    risk, found_at, reasoned = kept.risk, kept.risk_found_at, kept.without_plan
    screen = told.at_risk if told else None
    if screen and (found_at is None or screen.at > found_at):
        risk, found_at, reasoned = RiskLevel(screen.means), screen.at, False
    return Stay(
        starts_on=stay.starts_on,
        pack=stay.rules.pack,
        zone=ZoneInfo(stay.rules.zone),
        assessed=kept.assessed,
        admitted_at=stay.admitted_at,
        evaluated=kept.evaluated,
        leaving_at=kept.leaving_at,
        certified_from=kept.certified_from,
        incidents=tuple(kept.incidents),
        risk=risk,
        risk_found_at=found_at,
        without_safety_plan=reasoned,
        safety_touched_at=kept.safety_touched_at,
        asked_about_risk_at=_latest(kept.risk_found_at, told.screened_at if told else None),
        unclear_at=told.unclear_at if told else None,
        tests=tuple(kept.tests),
    )


def _latest(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each), default=None)


@dataclass(frozen=True, slots=True)
class _Offered:
    """What clocks ask of a version that was offered."""

    state: str
    offered_at: datetime | None
    in_force_at: datetime | None
    signed: Signed


def _offered(facts: VersionFacts) -> _Offered:
    return _Offered(facts.state, facts.offered_at, facts.in_force_at, signed_state_of(facts))


def _versions(episode_ids: Collection[UUID]) -> dict[UUID, list[_Offered]]:
    found: dict[UUID, list[_Offered]] = defaultdict(list)
    for stay, offered, began, ended, letters, by_patient, cosigned in _VERSIONS.rows(
        episode_ids=list(episode_ids)
    ):
        state = "offered" if began is None else "ended" if ended else "in_force"
        found[stay].append(_Offered(state, offered, began, Signed(letters, by_patient, cosigned)))
    return found


def _signed(capacity: str) -> QuerySet[Signature]:
    return Signature.objects.filter(version=OuterRef("pk"), capacity=capacity)


def _answered() -> Q:
    """The person signed, or refused before a witness."""
    return Q(Exists(_signed("patient"))) | Q(Exists(Refusal.objects.filter(version=OuterRef("pk"))))


_VERSIONS = Statement(
    lambda episode_ids: (
        PlanVersion.objects.filter(one_of("plan__episode_id", episode_ids))
        .filter(offered_at__isnull=False, dropped_at=None)
        .order_by("number")
        .values_list(
            "plan__episode_id",
            "offered_at",
            "in_force_at",
            "ended_at",
            Subquery(_signed("author").values("credential")[:1]),
            Case(When(_answered(), then=True), default=False, output_field=BooleanField()),
            Exists(_signed("cosigner")),
        )
    )
)


def _with_versions(stay: Stay, versions: Collection[_Offered], on: date) -> Stay:
    in_force = [each.in_force_at for each in versions if each.in_force_at]
    offered = next((each for each in versions if each.state == "offered"), None)
    newest = next((each for each in versions if each.state in ("offered", "in_force")), None)
    owed = newest is not None and needs_cosigner(newest.signed, stay.pack, on)
    return replace(
        stay,
        first_in_force_at=min(in_force, default=None),
        changed_at=max(in_force) if len(in_force) > 1 else None,
        offered_at=offered.offered_at if offered else None,
        waits_for_patient=bool(offered and not offered.signed.by_patient),
        cosigner_since=newest.offered_at if owed and newest else None,
    )


def _targets(episode_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, date]]]:
    """Target days of objectives in force that no review has called met."""
    found: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    rows = _TARGETS.rows(episode_ids=list(episode_ids))
    for episode_id, objective_id, target_on in rows:
        if target_on:
            found[episode_id].append((objective_id, target_on))
    return found


_REVIEWED = Statement(
    lambda episode_ids: (
        Review.objects.filter(one_of("plan__episode_id", episode_ids), closed_at__isnull=False)
        .values_list("plan__episode_id")
        .annotate(Max("closed_at"))
    )
)
_TARGETS = Statement(
    lambda episode_ids: (
        Aim.objects.filter(
            one_of("goal__version__plan__episode_id", episode_ids),
            goal__version__in_force_at__isnull=False,
            goal__version__ended_at=None,
            target_on__isnull=False,
        )
        .exclude(Q(objective__progress__state="met", objective__progress__review__closed_at__isnull=False))
        .values_list("goal__version__plan__episode_id", "objective_id", "target_on")
    )
)
