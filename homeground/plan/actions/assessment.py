"""The assessment: opened, written as typed in two voices, signed; and its problems (C01, C02, C10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.plan.actions.drafts import StayNotHere, Written
from homeground.plan.models import Assessment, Deferral, Problem, Section, SubstanceUse
from homeground.plan.queries.assessment import assessment
from homeground.plan.queries.locks import locked_assessment
from homeground.plan.rules.sections import BY_CODE, SHARED, open_sections, sealed
from homeground.plan.rules.severity import severity
from homeground.plan.rules.typed import Typed, merge


class AssessmentSigned(Exception):
    """The assessment was signed; it stays as it is."""


class SectionsOpen(Exception):
    """Sections are neither written nor left for later with a reason (check C01). `codes` are all of them."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(" ".join(codes))
        self.codes = codes


class SubstanceTwice(Exception):
    """The substance is listed already."""


class ProblemNotHere(Exception):
    """No such problem in the organization in scope."""


class InThePlan(Exception):
    """The problem has a goal in the plan; it cannot be left for later at the same time."""


@dataclass(frozen=True, slots=True)
class Substance:
    """One substance as it is recorded; `criteria` are how many of the eleven are met."""

    substance: str = field(repr=False)
    first_age: int | None = field(repr=False, default=None)
    route: str = field(repr=False, default="")
    frequency: str = field(repr=False, default="")
    amount: str = field(repr=False, default="")
    last_use: str = field(repr=False, default="")
    criteria: int | None = field(repr=False, default=None)


def open_assessment(*, patient_id: UUID, on: date, by: Actor, at: datetime) -> UUID:
    """Begin the assessment of a stay, or give the one that is open. Raises StayNotHere."""
    account = require_account(by)
    with transaction.atomic():
        stay = chart.open_episode(patient_id, on)
        if stay is None:
            raise StayNotHere
        row, new = Assessment.objects.get_or_create(
            organization_id=by.organization_id,
            episode_id=stay.id,
            signed_at=None,
            defaults={"opened_at": at, "opened_by_id": account},
        )
        if new:
            _record("plan.assessment.opened", row.pk, patient_id, by, at)
    return row.pk


def write_assessment(
    *, assessment_id: UUID, typed: Mapping[str, Typed], own: bool = False, by: Actor, at: datetime
) -> Written:
    """Save what was typed: `CODE-staff`, `CODE-deferred`, `CODE-person`.

    With `own` (the person on their phone) only their voice in the shared sections is written. A field changed
    by somebody else meanwhile is not overwritten. Raises AssessmentNotHere, AssessmentSigned.
    """
    account = require_account(by)
    with transaction.atomic():
        row = _unsigned(assessment_id)
        kept = _kept(row, own=own)
        merged = merge(kept, {name: t for name, t in typed.items() if _short_enough(name, t.text)})
        _write(row, merged.changes, account, at)
        if merged.changes:
            facts = {"fields": len(merged.changes), "own": own}
            _record("plan.assessment.written", row.pk, row.episode.patient_id, by, at, **facts)
    return Written(frozenset(merged.changes), merged.conflicts)


def record_substance(*, assessment_id: UUID, found: Substance, by: Actor, at: datetime) -> None:
    """Add a substance. Raises AssessmentNotHere, AssessmentSigned, SubstanceTwice, NotACount (check C02)."""
    account = require_account(by)
    if found.criteria is not None:
        severity(found.criteria)
    with transaction.atomic():
        row = _unsigned(assessment_id)
        # The assessment is locked: nobody adds another between the look and the writing.
        named = found.substance.strip().casefold()
        if any(each.substance.strip().casefold() == named for each in row.substances.all()):
            raise SubstanceTwice
        SubstanceUse.objects.create(
            organization_id=by.organization_id,
            assessment=row,
            substance=found.substance,
            first_age=found.first_age,
            route=found.route,
            frequency=found.frequency,
            amount=found.amount,
            last_use=found.last_use,
            criteria=found.criteria,
            recorded_at=at,
            recorded_by_id=account,
        )
        _record("plan.substance.recorded", row.pk, row.episode.patient_id, by, at)


def remove_substance(*, assessment_id: UUID, substance_id: UUID, by: Actor, at: datetime) -> None:
    """Take a substance out again. Raises AssessmentNotHere, AssessmentSigned."""
    with transaction.atomic():
        row = _unsigned(assessment_id)
        row.substances.filter(pk=substance_id).delete()
        _record("plan.substance.removed", row.pk, row.episode.patient_id, by, at)


def sign_assessment(*, assessment_id: UUID, by: Actor, at: datetime) -> None:
    """A clinician signs: the text is sealed. Raises AssessmentNotHere, AssessmentSigned, SectionsOpen."""
    require_account(by)
    with transaction.atomic():
        row = _unsigned(assessment_id)
        found = assessment(row.pk)
        if missing := open_sections(found.filled):
            raise SectionsOpen(missing)
        if by.person_id is None:
            raise people.PersonNotHere
        who = people.person(by.person_id)
        row.signed_at, row.signed_by_id = at, who.id
        row.signed_name, row.credential = who.name, who.credentials
        row.digest = sealed(found.filled, [each.line for each in found.substances])
        row.save(update_fields=["signed_at", "signed_by", "signed_name", "credential", "digest"])
        _record("plan.assessment.signed", row.pk, row.episode.patient_id, by, at)


def record_problem(*, patient_id: UUID, section: str, words: str, on: date, by: Actor, at: datetime) -> UUID:
    """Something was found that needs an answer. Raises StayNotHere."""
    account = require_account(by)
    with transaction.atomic():
        stay = chart.open_episode(patient_id, on)
        if stay is None:
            raise StayNotHere
        row = Problem.objects.create(
            organization_id=by.organization_id,
            episode_id=stay.id,
            section=section if section in BY_CODE else "summary",
            words=words,
            found_at=at,
            found_by_id=account,
        )
        _record("plan.problem.found", row.pk, patient_id, by, at)
    return row.pk


def defer_problem(*, problem_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Leave a problem for later, with the reason; an empty reason takes it up again (check C10).

    Raises ProblemNotHere, InThePlan.
    """
    account = require_account(by)
    with transaction.atomic():
        row = Problem.objects.select_for_update().select_related("episode").filter(pk=problem_id).first()
        if row is None:
            raise ProblemNotHere
        if why and row.goals.filter(version__dropped_at=None, version__ended_at=None).exists():
            raise InThePlan
        Deferral.objects.filter(problem=row).delete()
        if why:
            Deferral.objects.create(
                organization_id=by.organization_id, problem=row, why=why, at=at, by_id=account
            )
        event = "plan.problem.deferred" if why else "plan.problem.taken_up"
        _record(event, row.pk, row.episode.patient_id, by, at)


def _unsigned(assessment_id: UUID) -> Assessment:
    row = locked_assessment(assessment_id)
    if row.signed_at:
        raise AssessmentSigned
    return row


def _kept(row: Assessment, *, own: bool) -> dict[str, str]:
    found = assessment(row.pk).filled
    if own:
        return {f"{s.code}-person": found[s.code].person if s.code in found else "" for s in SHARED}
    kept: dict[str, str] = {}
    for code in BY_CODE:
        each = found.get(code)
        kept[f"{code}-staff"] = each.staff if each else ""
        kept[f"{code}-deferred"] = each.deferred if each else ""
    return kept


def _write(row: Assessment, changes: Mapping[str, str], account: UUID, at: datetime) -> None:
    there = {(each.code, each.voice): each for each in row.sections.all()}
    changed: dict[tuple[str, str], Section] = {}
    for name, text in changes.items():
        code, _dash, part = name.rpartition("-")
        key = code, "person" if part == "person" else "staff"
        section = there.get(key) or Section(
            organization_id=row.organization_id, assessment=row, code=key[0], voice=key[1]
        )
        setattr(section, "deferred" if part == "deferred" else "words", text)
        changed[key] = there[key] = section
    for section in changed.values():
        section.saved_at, section.saved_by_id = at, account
        section.save()


def _short_enough(name: str, text: str) -> bool:
    return len(text) <= (1000 if name.endswith("-deferred") else 20_000)


def _record(
    event: str, subject_id: UUID, patient_id: UUID, by: Actor, at: datetime, **facts: int | bool
) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind=event.split(".")[1],
        subject_id=subject_id,
        patient_id=patient_id,
        facts=facts,
    )
