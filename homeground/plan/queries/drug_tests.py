"""Drug tests and draws as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeground.ground.envelope import keys_of
from homeground.plan.models import Draw, DrugTest
from homeground.plan.queries.content import called

PAGE_SIZE = 100


class DrawNotHere(Exception):
    """No such draw in the organization in scope."""


@dataclass(frozen=True, slots=True)
class TestFacts:
    """One test and all its steps; empty or None what has not happened."""

    __test__ = False
    id: UUID
    patient_id: UUID
    name: str = field(repr=False)
    reason: str
    specimen: str
    panel: str
    ordered_at: datetime
    ordered_by: str = field(repr=False)
    due_on: date
    draw_id: UUID | None
    outcome: str = field(repr=False)
    found: str = field(repr=False)
    observed: bool
    collected_at: datetime | None
    recorded_at: datetime | None
    laboratory: str
    sent_at: datetime | None
    confirmed: str = field(repr=False)
    reported_at: datetime | None
    person_said: str = field(repr=False)
    response: str = field(repr=False)
    discussed_at: datetime | None
    discussed_by: str = field(repr=False)

    @property
    def step(self) -> str:
        """What comes next: "take", "discuss", "laboratory" or "done"."""
        if not self.outcome:
            return "take"
        if self.discussed_at is None:
            return "discuss"
        return "laboratory" if self.sent_at and not self.reported_at else "done"


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """A draw with everything needed to repeat it: the pool in the order the seed gave."""

    id: UUID
    drawn_at: datetime
    drawn_by: str = field(repr=False)
    seed: str
    method: str
    wanted: int
    due_on: date
    order: tuple[tuple[UUID, str, bool], ...] = field(repr=False)


def tests_of(patient_id: UUID) -> tuple[TestFacts, ...]:
    """A person's tests, the newest first. One statement."""
    return tuple(_facts(row) for row in _rows().filter(patient=patient_id).order_by("-ordered_at", "-id"))


def open_tests(patient_ids: Collection[UUID] | None = None) -> tuple[TestFacts, ...]:
    """Tests that are not taken or not talked over, the oldest first; at most PAGE_SIZE. Two statements."""
    rows = _rows().filter(discussion=None).order_by("due_on", "id")
    if patient_ids is not None:
        rows = rows.filter(patient__in=patient_ids)
    shown = list(rows[:PAGE_SIZE])
    keys_of({row.patient_id for row in shown})
    return tuple(_facts(row) for row in shown)


def drug_test(test_id: UUID) -> TestFacts | None:
    """One test, None when it is not here. One statement."""
    row = _rows().filter(pk=test_id).first()
    return _facts(row) if row else None


def draws() -> tuple[tuple[UUID, datetime, int, date], ...]:
    """The latest draws: id, when, how many were wanted, until when. One statement."""
    rows = Draw.objects.order_by("-drawn_at", "-id")[:10]
    return tuple((row.pk, row.drawn_at, row.wanted, row.due_on) for row in rows)


def draw_facts(draw_id: UUID) -> DrawFacts:
    """One draw. Two statements. Raises DrawNotHere."""
    row = Draw.objects.filter(pk=draw_id).select_related("drawn_by").first()
    if row is None:
        raise DrawNotHere
    entries = row.entries.select_related("patient__person").order_by("place")
    return DrawFacts(
        id=row.pk,
        drawn_at=row.drawn_at,
        drawn_by=called(row.drawn_by),
        seed=row.seed,
        method=row.method,
        wanted=row.wanted,
        due_on=row.due_on,
        order=tuple((e.patient_id, called(e.patient.person), e.chosen) for e in entries),
    )


def _rows() -> QuerySet[DrugTest, Any]:
    return DrugTest.objects.select_related(
        "patient__person", "ordered_by", "entry", "result", "confirmation", "discussion__by"
    )


def _facts(row: DrugTest) -> TestFacts:
    # A reverse one-to-one without a row raises a subclass of AttributeError.
    result = getattr(row, "result", None)
    sent = getattr(row, "confirmation", None)
    talk = getattr(row, "discussion", None)
    return TestFacts(
        id=row.pk,
        patient_id=row.patient_id,
        name=called(row.patient.person),
        reason=row.reason,
        specimen=row.specimen,
        panel=row.panel,
        ordered_at=row.ordered_at,
        ordered_by=called(row.ordered_by),
        due_on=row.due_on,
        draw_id=row.entry.draw_id if row.entry else None,
        outcome=result.outcome if result else "",
        found=result.found if result else "",
        observed=bool(result and result.observed),
        collected_at=result.collected_at if result else None,
        recorded_at=result.recorded_at if result else None,
        laboratory=sent.laboratory if sent else "",
        sent_at=sent.sent_at if sent else None,
        confirmed=sent.outcome if sent else "",
        reported_at=sent.reported_at if sent else None,
        person_said=talk.person_said if talk else "",
        response=talk.response if talk else "",
        discussed_at=talk.at if talk else None,
        discussed_by=called(talk.by) if talk else "",
    )
