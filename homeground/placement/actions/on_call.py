"""Who answers critical answers at once: put on the roster, taken off, and told when something waits."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.placement.actions.instruments import NotAClinicianOnCall
from homeground.placement.models import CriticalAnswer, CriticalNotice, OnCall

LONGEST = timedelta(days=14)
"""Nobody answers at once for longer than this without being asked again."""


class ShiftTaken(Exception):
    """Somebody is on call in a part of this time already."""


class NotAShift(Exception):
    """A time on call ends after it begins, is not over, and lasts two weeks at most."""


class ShiftNotHere(Exception):
    """No such time on call in the organization in scope, or it was taken off before."""


def put_on_call(*, person_id: UUID, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> UUID:
    """Put a clinician on the roster. Raises NotAClinicianOnCall, NotAShift, ShiftTaken."""
    account = require_account(by)
    if person_id not in {each.id for each in people.staff(CLINICIANS)}:
        raise NotAClinicianOnCall
    if not starts_at < ends_at <= starts_at + LONGEST or ends_at <= at:
        raise NotAShift
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = OnCall.objects.create(
                    organization_id=by.organization_id,
                    person_id=person_id,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    made_at=at,
                    made_by_id=account,
                )
        except IntegrityError:
            raise ShiftTaken from None
        _record("put", row, by=by, at=at)
    return row.pk


def take_off_call(*, shift_id: UUID, by: Actor, at: datetime) -> None:
    """Take a time off the roster; what was answered in it stays as it was. Raises ShiftNotHere."""
    with transaction.atomic():
        row = OnCall.objects.select_for_update().filter(pk=shift_id, withdrawn_at=None).first()
        if row is None:
            raise ShiftNotHere
        OnCall.objects.filter(pk=row.pk).update(withdrawn_at=at)
        _record("taken_off", row, by=by, at=at)


def notify_of_critical(*, critical_id: UUID, by: Actor, at: datetime) -> None:
    """Leave word for whoever has a critical answer now, and whom it was brought to; again, no second word.

    Nothing is left for an answer somebody has taken on, or of another clinic. Two statements.
    """
    row = CriticalAnswer.objects.filter(pk=critical_id, acknowledged_at=None).first()
    if row is None:
        return
    named = {each for each in (row.responsible_id, row.escalated_to_id) if each is not None}
    CriticalNotice.objects.bulk_create(
        (
            CriticalNotice(organization_id=row.organization_id, critical=row, person_id=person_id, made_at=at)
            for person_id in sorted(named, key=str)
        ),
        ignore_conflicts=True,
    )


def _record(verb: str, row: OnCall, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"placement.on_call.{verb}",
        subject_kind="on_call",
        subject_id=row.pk,
        facts={
            "person": str(row.person_id),
            "starts_at": row.starts_at.isoformat(),
            "ends_at": row.ends_at.isoformat(),
        },
    )
