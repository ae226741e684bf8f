"""Risk findings and the safety plan they may require (check C16)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.plan.actions.drafts import Written
from homeground.plan.models import RiskFinding, SafetyPlan
from homeground.plan.queries.safety import SafetyPage, safety
from homeground.plan.rules.risk import RiskLevel, plan_required
from homeground.plan.rules.typed import Typed, merge
from homeground.plan.rules.vocabulary import SAFETY_SECTIONS


class PatientNotHere(Exception):
    """No such patient in the organization in scope."""


class SafetyPlanNeeded(Exception):
    """At moderate risk or above a safety plan is made or read over now, or the reason is said (check C16)."""


class NothingWritten(Exception):
    """An empty safety plan helps nobody."""


class NoSafetyPlan(Exception):
    """There is no finished safety plan to read over."""


def note_risk(
    *, patient_id: UUID, level: RiskLevel, basis: str, without_plan: str = "", by: Actor, at: datetime
) -> None:
    """A clinician records how high they find the risk of suicide, and on what.

    Moderate and above without a safety plan of the last day is refused unless `without_plan` says why
    there is none. Raises PatientNotHere, SafetyPlanNeeded.
    """
    require_account(by)
    with transaction.atomic():
        found = _patient(patient_id)
        if plan_required(level, at, plan_touched_at=found.touched_at) and not without_plan.strip():
            raise SafetyPlanNeeded
        if by.person_id is None:
            raise people.PersonNotHere
        row = RiskFinding.objects.create(
            organization_id=by.organization_id,
            patient_id=patient_id,
            level=level,
            basis=basis,
            without_plan=without_plan.strip(),
            found_at=at,
            found_by_id=by.person_id,
        )
        _record("plan.risk.found", "risk", row.pk, patient_id, by, at)


def write_safety_plan(*, patient_id: UUID, typed: Mapping[str, Typed], by: Actor, at: datetime) -> Written:
    """Save what was typed into the six sections; a draft begins as a copy of the last finished plan.

    A field changed by somebody else meanwhile is not overwritten. Raises PatientNotHere.
    """
    account = require_account(by)
    with transaction.atomic():
        found = _patient(patient_id)
        kept = dict(found.texts)
        merged = merge(kept, {name: each for name, each in typed.items() if len(each.text) <= 5000})
        if merged.changes:
            row = SafetyPlan.objects.filter(patient=patient_id, finished_at=None).first()
            if row is None:
                highest = SafetyPlan.objects.filter(patient=patient_id).aggregate(h=Max("number"))["h"] or 0
                row = SafetyPlan.objects.create(
                    organization_id=by.organization_id,
                    patient_id=patient_id,
                    number=highest + 1,
                    started_at=at,
                    started_by_id=account,
                    **kept,
                )
            for name, text in merged.changes.items():
                setattr(row, name, text)
            row.save(update_fields=list(merged.changes))
            _record("plan.safety.written", "safety_plan", row.pk, patient_id, by, at)
    return Written(frozenset(merged.changes), merged.conflicts)


def finish_safety_plan(*, patient_id: UUID, by: Actor, at: datetime) -> None:
    """The draft becomes the plan in use. Raises PatientNotHere, NothingWritten."""
    require_account(by)
    with transaction.atomic():
        _patient(patient_id)
        row = SafetyPlan.objects.select_for_update().filter(patient=patient_id, finished_at=None).first()
        if row is None or not any(getattr(row, name).strip() for name in SAFETY_SECTIONS):
            raise NothingWritten
        row.finished_at, row.finished_by_id = at, by.person_id
        row.save(update_fields=["finished_at", "finished_by"])
        _record("plan.safety.finished", "safety_plan", row.pk, patient_id, by, at)


def look_over_safety_plan(*, patient_id: UUID, by: Actor, at: datetime) -> None:
    """The plan in use was read over together and stays as it is. Raises PatientNotHere, NoSafetyPlan."""
    require_account(by)
    with transaction.atomic():
        _patient(patient_id)
        row = (
            SafetyPlan.objects.select_for_update()
            .filter(patient=patient_id, finished_at__isnull=False)
            .order_by("-number")
            .first()
        )
        if row is None:
            raise NoSafetyPlan
        SafetyPlan.objects.filter(pk=row.pk).update(looked_over_at=at)
        _record("plan.safety.looked_over", "safety_plan", row.pk, patient_id, by, at)


def _patient(patient_id: UUID) -> SafetyPage:
    if chart.patient_name(patient_id) is None:
        raise PatientNotHere
    return safety(patient_id)


def _record(event: str, kind: str, id: UUID, patient_id: UUID, by: Actor, at: datetime) -> None:
    audit.record(by=by, at=at, event=event, subject_kind=kind, subject_id=id, patient_id=patient_id)
