"""Drug tests: drawn by the machine, ordered, recorded, confirmed, talked about (A19)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground import envelope
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.plan.models import Confirmation, Discussion, Draw, DrawEntry, DrugResult, DrugTest
from homeground.plan.rules import lottery
from homeground.plan.rules.vocabulary import Confirmed, Ordered, Outcome, Specimen

_SEED_BYTES = 32


class NobodyToDraw(Exception):
    """Nobody of the pool has an open stay, or nobody was asked for."""


class TestNotHere(Exception):
    """No such drug test in the organization in scope."""

    __test__ = False


class AlreadyRecorded(Exception):
    """This step of the test was recorded before; it stays as it is."""


class NotInOrder(Exception):
    """The step needs one before it: a laboratory needs an unexpected result, a talk any result."""


class CollectedLater(Exception):
    """Nothing is collected in the future, nor before it was ordered."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw gave."""

    draw_id: UUID
    chosen: tuple[UUID, ...]


def draw(
    *,
    pool: Collection[UUID],
    wanted: int,
    panel: str,
    specimen: Specimen,
    due_on: date,
    on: date,
    by: Actor,
    at: datetime,
) -> Drawn:
    """Choose `wanted` people of the pool at random and order a test for each.

    The seed comes from the operating system's source of cryptographic chance and is kept with the pool, so
    that anybody can repeat the draw (`rules.lottery`). Only patients with a stay on this day can be drawn.
    Raises NobodyToDraw.
    """
    person_id = _person(by)
    with transaction.atomic():
        here = {stay.patient.patient_id for stay in chart.admitted_on(on, pool)}
        if not here or wanted < 1:
            raise NobodyToDraw
        seed = secrets.token_hex(_SEED_BYTES)
        order = lottery.ordered(seed, here)
        chosen = lottery.chosen(seed, here, wanted)
        owns = {"organization_id": by.organization_id}
        row = Draw.objects.create(
            **owns,
            drawn_at=at,
            drawn_by_id=person_id,
            seed=seed,
            method=lottery.METHOD,
            wanted=wanted,
            due_on=due_on,
        )
        entries = [
            DrawEntry(**owns, draw=row, patient_id=who, place=place, chosen=who in chosen)
            for place, who in enumerate(order, start=1)
        ]
        DrawEntry.objects.bulk_create(entries)
        with envelope.at_hand(envelope.keys_ready(chosen, organization_id=by.organization_id)):
            DrugTest.objects.bulk_create(
                DrugTest(
                    **owns,
                    patient_id=entry.patient_id,
                    entry=entry,
                    reason=Ordered.RANDOM,
                    specimen=specimen,
                    panel=panel,
                    ordered_at=at,
                    ordered_by_id=person_id,
                    due_on=due_on,
                )
                for entry in entries
                if entry.chosen
            )
        notes = [
            audit.Note("plan.draw.made", "draw", row.pk, None, {"pool": len(here), "chosen": len(chosen)}),
            *(audit.Note("plan.test.ordered", "draw", row.pk, who, {"reason": "random"}) for who in chosen),
        ]
        audit.record_all(notes=notes, by=by, at=at)
    return Drawn(row.pk, chosen)


def order_test(
    *,
    patient_id: UUID,
    reason: Ordered,
    specimen: Specimen,
    panel: str,
    due_on: date,
    by: Actor,
    at: datetime,
) -> UUID:
    """Order a test for one person, at the start or for a clinical reason; random ones are drawn.

    Raises NobodyToDraw when there is no such patient, NotInOrder for a "random" test nobody drew.
    """
    person_id = _person(by)
    if reason is Ordered.RANDOM:
        raise NotInOrder
    with transaction.atomic():
        if chart.patient_name(patient_id) is None:
            raise NobodyToDraw
        row = DrugTest.objects.create(
            organization_id=by.organization_id,
            patient_id=patient_id,
            reason=reason,
            specimen=specimen,
            panel=panel,
            ordered_at=at,
            ordered_by_id=person_id,
            due_on=due_on,
        )
        _record("plan.test.ordered", row, by, at, reason=reason.value)
    return row.pk


def record_result(
    *,
    test_id: UUID,
    outcome: Outcome,
    found: str,
    observed: bool,
    collected_at: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """What came of a test. An unexpected result is a clinical event: a talk and a look at safety become due.

    Raises TestNotHere, AlreadyRecorded, CollectedLater.
    """
    person_id = _person(by)
    with transaction.atomic():
        row = _locked(test_id)
        if not row.ordered_at <= collected_at <= at:
            raise CollectedLater
        if DrugResult.objects.filter(test=row).exists():
            raise AlreadyRecorded
        DrugResult.objects.create(
            organization_id=by.organization_id,
            test=row,
            outcome=outcome,
            found=found,
            observed=observed,
            collected_at=collected_at,
            recorded_at=at,
            recorded_by_id=person_id,
        )
        _record("plan.test.recorded", row, by, at, outcome=outcome.value)


def send_to_laboratory(*, test_id: UUID, laboratory: str, by: Actor, at: datetime) -> None:
    """An unexpected or unreadable result gets a second look.

    Raises TestNotHere, NotInOrder, AlreadyRecorded.
    """
    account = require_account(by)
    with transaction.atomic():
        row = _locked(test_id)
        if not DrugResult.objects.filter(test=row, outcome__in=["unexpected", "unreadable"]).exists():
            raise NotInOrder
        if Confirmation.objects.filter(test=row).exists():
            raise AlreadyRecorded
        Confirmation.objects.create(
            organization_id=by.organization_id,
            test=row,
            laboratory=laboratory,
            sent_at=at,
            sent_by_id=account,
        )
        _record("plan.test.sent", row, by, at)


def record_confirmation(*, test_id: UUID, outcome: Confirmed, by: Actor, at: datetime) -> None:
    """The laboratory's answer. Raises TestNotHere, NotInOrder when nothing was sent, AlreadyRecorded."""
    require_account(by)
    with transaction.atomic():
        row = _locked(test_id)
        sent = Confirmation.objects.filter(test=row).first()
        if sent is None:
            raise NotInOrder
        if sent.reported_at:
            raise AlreadyRecorded
        Confirmation.objects.filter(pk=sent.pk).update(outcome=outcome, reported_at=at)
        _record("plan.test.confirmed", row, by, at, outcome=outcome.value)


def discuss(*, test_id: UUID, person_said: str, response: str, by: Actor, at: datetime) -> None:
    """The result was talked over with the person. Raises TestNotHere, NotInOrder, AlreadyRecorded."""
    person_id = _person(by)
    with transaction.atomic():
        row = _locked(test_id)
        if not DrugResult.objects.filter(test=row).exists():
            raise NotInOrder
        if Discussion.objects.filter(test=row).exists():
            raise AlreadyRecorded
        Discussion.objects.create(
            organization_id=by.organization_id,
            test=row,
            person_said=person_said,
            response=response,
            at=at,
            by_id=person_id,
        )
        _record("plan.test.discussed", row, by, at)


def _person(by: Actor) -> UUID:
    require_account(by)
    if by.person_id is None:
        raise people.PersonNotHere
    return by.person_id


def _locked(test_id: UUID) -> DrugTest:
    row = DrugTest.objects.select_for_update().filter(pk=test_id).first()
    if row is None:
        raise TestNotHere
    return row


def _record(event: str, row: DrugTest, by: Actor, at: datetime, **facts: str) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="drug_test",
        subject_id=row.pk,
        patient_id=row.patient_id,
        facts=facts,
    )
