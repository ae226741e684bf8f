"""Carrying out a repair: somebody is away, a room or a whole day is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.timetable.actions.appointments import (
    AlreadyBegun,
    AlreadyCancelled,
    AppointmentNotHere,
    BadTimes,
    Reason,
    cancel_appointment,
    hold_by_video,
    leave_to_others,
    move_appointment,
    substitute_leader,
)
from homeground.timetable.actions.diary import DoubleBooked
from homeground.timetable.models import Appointment, Away
from homeground.timetable.rules.repair import Kind, Loss, Lost


class AwayNotHere(Exception):
    """Nobody is away by this id in the organization in scope, or it was withdrawn."""


class BadDays(Exception):
    """An absence ends after it begins and lasts at most a year."""


class StaleRepair(Exception):
    """The calendar changed since the repair was proposed: `refused` says where and why. Nothing was done."""

    def __init__(self, refused: dict[UUID, Exception]) -> None:
        super().__init__(len(refused))
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a repair to carry out; `by_id` is who leads or which room."""

    appointment_id: UUID
    kind: Kind
    by_id: UUID | None = None


def record_away(*, staff_id: UUID, starts_on: date, ends_on: date, by: Actor, at: datetime) -> UUID:
    """Somebody is away from a day up to and not including another. Raises PersonNotHere, BadDays."""
    if not 0 < (ends_on - starts_on).days <= 366:
        raise BadDays
    with transaction.atomic():
        people.require_person(staff_id)
        row = Away.objects.create(
            organization_id=by.organization_id,
            staff_id=staff_id,
            starts_on=starts_on,
            ends_on=ends_on,
            told_at=at,
            told_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="timetable.away.recorded",
            subject_kind="away",
            subject_id=row.pk,
            facts={
                "staff": str(staff_id),
                "starts_on": starts_on.isoformat(),
                "ends_on": ends_on.isoformat(),
            },
        )
    return row.pk


def withdraw_away(*, away_id: UUID, by: Actor, at: datetime) -> None:
    """They are there after all; what was repaired stays as it is. Raises AwayNotHere."""
    with transaction.atomic():
        row = Away.objects.select_for_update().filter(pk=away_id, withdrawn_at=None).first()
        if row is None:
            raise AwayNotHere
        row.withdrawn_at, row.withdrawn_by_id = at, require_account(by)
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
        audit.record(by=by, at=at, event="timetable.away.withdrawn", subject_kind="away", subject_id=row.pk)


REASONS = {Lost.STAFF: Reason.STAFF, Lost.SPACE: Reason.ROOM, Lost.DAY: Reason.WEATHER}


def mend(*, loss: Loss, steps: Sequence[Step], by: Actor, at: datetime) -> int:
    """Carry out these pieces of a repair, all or none; returns how many. Somebody's absence is recorded.

    Raises StaleRepair when the calendar has changed, and what `record_away` raises.
    """
    refused: dict[UUID, Exception] = {}
    with transaction.atomic():
        if loss.what is Lost.STAFF and loss.subject_id is not None:
            _note_absence(loss.subject_id, loss.first, loss.until, by, at)
        for step in sorted(steps, key=lambda each: str(each.appointment_id)):
            try:
                with transaction.atomic():
                    _carry_out(step, loss, by, at)
            except (AppointmentNotHere, AlreadyCancelled, AlreadyBegun, BadTimes, DoubleBooked) as error:
                refused[step.appointment_id] = error
        if refused:
            raise StaleRepair(refused)
    return len(steps)


def _note_absence(staff_id: UUID, first: date, until: date, by: Actor, at: datetime) -> None:
    """Record an absence unless it is known already."""
    known = Away.objects.filter(
        staff_id=staff_id, withdrawn_at=None, starts_on__lte=first, ends_on__gte=until
    )
    if not known.exists():
        record_away(staff_id=staff_id, starts_on=first, ends_on=until, by=by, at=at)


def _carry_out(step: Step, loss: Loss, by: Actor, at: datetime) -> None:
    if step.kind is Kind.CANCEL:
        cancel_appointment(appointment_id=step.appointment_id, reason=REASONS[loss.what], by=by, at=at)
    elif step.kind is Kind.SUBSTITUTE and step.by_id is not None:
        substitute_leader(appointment_id=step.appointment_id, staff_id=step.by_id, by=by, at=at)
    elif step.kind is Kind.ROOM and step.by_id is not None:
        stands = (
            Appointment.objects.filter(pk=step.appointment_id).values_list("starts_at", "ends_at").first()
        )
        if stands is None:
            raise AppointmentNotHere
        move_appointment(
            appointment_id=step.appointment_id,
            starts_at=stands[0],
            ends_at=stands[1],
            space_id=step.by_id,
            by=by,
            at=at,
        )
    elif step.kind is Kind.VIDEO:
        hold_by_video(appointment_id=step.appointment_id, by=by, at=at)
    elif step.kind is Kind.STAYS and loss.subject_id is not None:
        leave_to_others(appointment_id=step.appointment_id, staff_id=loss.subject_id, by=by, at=at)
