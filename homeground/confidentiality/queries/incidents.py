"""Emergency access and breaches: what waits for a review, and who is still to be told."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from homeground.confidentiality.models import Breach, BreakGlass, RiskAssessment
from homeground.confidentiality.queries.book import book
from homeground.confidentiality.rules.clocks import Duty, DutyDue, breach_duties
from homeground.confidentiality.rules.incident import Factor, Rating, Weighed
from homeground.ground.sealed_text import unlocked


@dataclass(frozen=True, slots=True)
class Opened:
    """One break-glass access. `late` when its review is overdue (check G06)."""

    id: UUID
    person_id: UUID
    opened_by_id: UUID
    cause: str
    reason: str = field(repr=False)
    starts_at: datetime
    ends_at: datetime
    review_due_at: datetime
    alerted_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by_id: UUID | None
    review: str
    review_words: str = field(repr=False)
    late: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One duty of a breach: by when, by which rule, and on which day it was done."""

    due: DutyDue
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Incident:
    """A breach with what it obliges to; `open_duties` are not done yet. `weighed`: the newest assessment."""

    id: UUID
    discovered_on: date
    happened_on: date | None
    description: str = field(repr=False)
    people: int
    most_in_one_state: int
    state: str
    low_risk_why: str = field(repr=False)
    duties: tuple[DutyDue, ...]
    open_duties: tuple[DutyDue, ...]
    told: tuple[Told, ...]
    weighed: tuple[Weighed, ...]
    assessed_at: datetime | None
    person_ids: tuple[UUID, ...]
    closed_at: datetime | None


def glasses(
    at: datetime, *, open_only: bool = True, person_id: UUID | None = None, limit: int | None = None
) -> tuple[Opened, ...]:
    """Break-glass accesses that wait for a review, the oldest first; else all, the newest first.

    Of one person if given. Two statements.
    """
    rows = BreakGlass.objects.all()
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if open_only:
        rows = rows.filter(reviewed_at=None).order_by("review_due_at", "id")
    else:
        rows = rows.order_by("-starts_at", "-id")
    return tuple(_opened(row, at) for row in unlocked(rows[:limit]))


def glass(glass_id: UUID, at: datetime) -> Opened | None:
    """One break-glass access, None when it is not here. Two statements."""
    row = BreakGlass.objects.filter(pk=glass_id).first()
    return _opened(row, at) if row else None


def waiting_reviews(at: datetime) -> tuple[int, int]:
    """How many emergency accesses wait for their review, and how many of these are late. One statement."""
    dues = list(BreakGlass.objects.filter(reviewed_at=None).values_list("review_due_at", flat=True))
    return len(dues), sum(at > due for due in dues)


def breaches(*, open_only: bool = True) -> tuple[Incident, ...]:
    """Breaches with their duties, the oldest first. Four statements."""
    rows = Breach.objects.order_by("discovered_on", "id")
    return _incidents(rows.filter(closed_at=None) if open_only else rows)


def breach(breach_id: UUID) -> Incident | None:
    """One breach, None when it is not here. Four statements."""
    found = _incidents(Breach.objects.filter(pk=breach_id))
    return found[0] if found else None


def incident(row: Breach) -> Incident:
    """A breach with its duties, as the action that closes it needs it. Three statements."""
    return _incident(row)


def _incidents(rows: QuerySet[Breach]) -> tuple[Incident, ...]:
    return tuple(_incident(row) for row in rows.prefetch_related("affected", "assessments"))


def _incident(row: Breach) -> Incident:
    duties = breach_duties(
        discovered_on=row.discovered_on,
        people=row.people_count,
        most_in_one_state=row.most_in_one_state,
        state=row.state,
        low_risk=bool(row.low_risk_why),
        book=book(),
    )
    days = {
        Duty.PERSONS: row.persons_told_on,
        Duty.AUTHORITY: row.authority_told_on,
        Duty.MEDIA: row.media_told_on,
        Duty.STATE: row.state_told_on,
    }
    newest = max(row.assessments.all(), key=lambda each: (each.assessed_at, each.pk), default=None)
    return Incident(
        id=row.pk,
        discovered_on=row.discovered_on,
        happened_on=row.happened_on,
        description=row.description,
        people=row.people_count,
        most_in_one_state=row.most_in_one_state,
        state=row.state,
        low_risk_why=row.low_risk_why,
        duties=duties,
        open_duties=tuple(duty for duty in duties if days[duty.duty] is None),
        told=tuple(Told(duty, days[duty.duty]) for duty in duties),
        weighed=_weighed(newest) if newest else (),
        assessed_at=newest.assessed_at if newest else None,
        person_ids=tuple(each.person_id for each in row.affected.all()),
        closed_at=row.closed_at,
    )


def _weighed(row: RiskAssessment) -> tuple[Weighed, ...]:
    said = {
        Factor.NATURE: (row.nature, row.nature_words),
        Factor.RECIPIENT: (row.recipient, row.recipient_words),
        Factor.ACQUIRED: (row.acquired, row.acquired_words),
        Factor.MITIGATED: (row.mitigated, row.mitigated_words),
    }
    return tuple(Weighed(factor, Rating(rating), words) for factor, (rating, words) in said.items())


def _opened(row: BreakGlass, at: datetime) -> Opened:
    return Opened(
        id=row.pk,
        person_id=row.person_id,
        opened_by_id=row.opened_by_id,
        cause=row.cause,
        reason=row.reason,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        review_due_at=row.review_due_at,
        alerted_at=row.alerted_at,
        reviewed_at=row.reviewed_at,
        reviewed_by_id=row.reviewed_by_id,
        review=row.review,
        review_words=row.review_words,
        late=row.reviewed_at is None and at > row.review_due_at,
    )
