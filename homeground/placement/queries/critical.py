"""Critical answers that wait for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from homeground.ground.envelope import keys_of
from homeground.placement.models import CriticalAnswer
from homeground.placement.queries.instruments import pinned
from homeground.placement.queries.screenings import NamedRow
from homeground.placement.rules.instruments.definition import Critical, Means

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Disposition:
    """What came of it, as the first of two clinicians recorded it."""

    outcome: str
    reached_at: datetime
    watch: str
    safety_plan: str
    why_no_plan: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Agreed:
    """One clinician's word that it can be closed."""

    person_id: UUID
    name: str = field(repr=False)
    at: datetime
    done: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Open:
    """One critical answer: the item, the answer, the date, the rule and its source, and whose work it is."""

    id: UUID
    administration_id: UUID
    patient_id: UUID
    name: str = field(repr=False)
    instrument: str
    question: str = field(repr=False)
    said: str = field(repr=False)
    kind: str
    source: str
    raised_at: datetime
    due_at: datetime
    responsible_id: UUID | None
    responsible: str = field(repr=False)
    escalated_at: datetime | None
    escalated_to_id: UUID | None
    escalated_to: str = field(repr=False)
    acknowledged_at: datetime | None
    acknowledged_by: str = field(repr=False)
    agreed: tuple[Agreed, ...] = field(repr=False)
    means: Means = ""
    disposition: Disposition | None = None

    def overdue(self, at: datetime) -> bool:
        """Whether nobody took it on in time."""
        return self.acknowledged_at is None and self.due_at <= at

    def waits_for(self, person_id: UUID | None) -> bool:
        """Whether this person could still give the second word (or the first)."""
        return self.acknowledged_at is not None and all(each.person_id != person_id for each in self.agreed)


def open_criticals(patient_id: UUID | None = None) -> tuple[Open, ...]:
    """What is not closed, the next deadline first; of one patient if given. Three statements."""
    rows = (
        CriticalAnswer.objects.filter(closed_at=None)
        .select_related(
            "administration",
            "patient__person",
            "responsible",
            "escalated_to",
            "acknowledged_by",
            "disposition",
        )
        .prefetch_related("dismissals__by")
        .order_by("due_at", "id")
    )
    if patient_id is not None:
        rows = rows.filter(patient_id=patient_id)
    found = list(rows[:LIMIT])
    # Who has a disposition has a first word on it, too.
    keys_of({row.patient_id for row in found if row.dismissals.all()})
    return tuple(_open(row) for row in found)


def _open(row: CriticalAnswer) -> Open:
    instrument = pinned(row.administration.instrument, row.administration.version)
    item = instrument.item(row.item)
    rule = rule_of(row)
    return Open(
        id=row.pk,
        administration_id=row.administration_id,
        patient_id=row.patient_id,
        name=_name(row.patient.person),
        instrument=instrument.name,
        question=item.words.get("en", item.id),
        said=item.said(row.value, "en"),
        kind=row.kind,
        source=rule.source if rule else "",
        raised_at=row.raised_at,
        due_at=row.due_at,
        responsible_id=row.responsible_id,
        responsible=_name(row.responsible),
        escalated_at=row.escalated_at,
        escalated_to_id=row.escalated_to_id,
        escalated_to=_name(row.escalated_to),
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=_name(row.acknowledged_by),
        agreed=tuple(
            Agreed(person_id=each.by_id, name=_name(each.by), at=each.at, done=each.done)
            for each in sorted(row.dismissals.all(), key=lambda each: each.at)
        ),
        means=rule.means if rule else "",
        disposition=_disposition(row),
    )


def _disposition(row: CriticalAnswer) -> Disposition | None:
    try:
        kept = row.disposition
    except ObjectDoesNotExist:
        return None
    return Disposition(kept.outcome, kept.reached_at, kept.watch, kept.safety_plan, kept.why_no_plan)


def rule_of(row: CriticalAnswer) -> Critical | None:
    """The rule of the pinned version an answer was raised by. No statement for a shipped questionnaire.

    The row has its administration with it.
    """
    instrument = pinned(row.administration.instrument, row.administration.version)
    return next((rule for rule in instrument.criticals if rule.item == row.item), None)


def counted(found: Sequence[Open], at: datetime) -> int:
    """How many of them are past their time."""
    return sum(each.overdue(at) for each in found)


def _name(person: NamedRow | None) -> str:
    return f"{person.called or person.given_name} {person.family_name}".strip() if person else ""
