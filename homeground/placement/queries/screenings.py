from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from homeground.placement.models import Decision, Screening
from homeground.placement.rules.answers import Answers
from homeground.placement.rules.questions import Answer

PAGE_SIZE = 50


class NamedRow(Protocol):
    """A row that carries a person's name; the table itself is another room's."""

    called: str
    given_name: str
    family_name: str


class ScreeningNotHere(Exception):
    """No such screening in the organization in scope."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One domain as the clinician rated it."""

    rating: int
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What was decided, beside what was recommended."""

    level: str
    recommended: str
    reasons: tuple[str, ...]
    override_reason: str = field(repr=False)
    decided_at: datetime
    decided_by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScreeningPage:
    """Everything known about one screening."""

    id: UUID
    person_id: UUID
    name: str = field(repr=False)
    opened_at: datetime
    answers: Answers = field(repr=False)
    rated: dict[str, Rated] = field(repr=False)
    decided: bool
    decision: DecisionFacts | None

    def for_the_door(self) -> "ScreeningPage":
        """What the front desk may see: facts and red flags, no ratings, no level of care."""
        return replace(self, answers=replace(self.answers, ratings={}), rated={}, decision=None)


@dataclass(frozen=True, slots=True)
class ScreeningRow:
    """One line of the list of screenings."""

    id: UUID
    name: str = field(repr=False)
    opened_at: datetime
    red_flags_asked: bool


def screening(screening_id: UUID) -> ScreeningPage:
    """One screening with its answers, ratings and decision. Six statements. Raises ScreeningNotHere."""
    row = (
        Screening.objects.select_related("person")
        .prefetch_related("facts", "red_flags", "ratings")
        .filter(pk=screening_id)
        .first()
    )
    if row is None:
        raise ScreeningNotHere
    rated = {r.domain: Rated(rating=r.rating, reason=r.reason) for r in row.ratings.all()}
    decision = _decision(screening_id)
    return ScreeningPage(
        id=row.pk,
        person_id=row.person_id,
        name=_name(row.person),
        opened_at=row.opened_at,
        answers=Answers(
            flags=frozenset(flag.flag for flag in row.red_flags.all()),
            withdrawal_screened=row.withdrawal_screened_at is not None,
            facts={fact.question: Answer(fact.answer) for fact in row.facts.all()},
            ratings={domain: each.rating for domain, each in rated.items()},
        ),
        rated=rated,
        decided=decision is not None,
        decision=decision,
    )


def screenings(*, decided: bool) -> tuple[ScreeningRow, ...]:
    """The latest screenings that wait for a decision, or that have one; at most PAGE_SIZE. One statement."""
    rows = (
        Screening.objects.select_related("person", "decision")
        .filter(decision__isnull=not decided)
        .order_by("-decision__decided_at" if decided else "opened_at", "id")[:PAGE_SIZE]
    )
    return tuple(
        ScreeningRow(
            id=row.pk,
            name=_name(row.person),
            opened_at=row.opened_at,
            red_flags_asked=row.withdrawal_screened_at is not None,
        )
        for row in rows
    )


def _decision(screening_id: UUID) -> DecisionFacts | None:
    row = Decision.objects.select_related("decided_by").filter(screening_id=screening_id).first()
    if row is None:
        return None
    return DecisionFacts(
        level=row.level,
        recommended=row.recommended,
        reasons=tuple(row.reasons),
        override_reason=row.override_reason,
        decided_at=row.decided_at,
        decided_by=_name(row.decided_by),
    )


def _name(row: NamedRow) -> str:
    return f"{row.called or row.given_name} {row.family_name}".strip()
