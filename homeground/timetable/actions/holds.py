"""Giving back chairs that were only kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.timetable.models import Hold, Seat


class HoldNotHere(Exception):
    """No such hold in the organization in scope, or it has ended."""


def give_back_hold(*, hold_id: UUID, by: Actor, at: datetime) -> None:
    """Free a kept chair before its time. Raises HoldNotHere."""
    with transaction.atomic():
        if not end_holds(which=Q(pk=hold_id), why="given_back", by=by, at=at):
            raise HoldNotHere


def end_expired_holds(*, by: Actor, at: datetime) -> int:
    """Free every chair whose time has run out; returns how many. The worker asks every few minutes."""
    with transaction.atomic():
        return end_holds(which=Q(until__lte=at), why="expired", by=by, at=at)


def end_holds(*, which: Q, why: str, by: Actor, at: datetime) -> int:
    """Remove these holds with their seats, each with an audit entry; returns how many.

    Runs within the transaction of its caller.
    """
    rows = list(Hold.objects.select_for_update(of=("self",)).filter(which).select_related("seat__episode"))
    for row in rows:
        audit.record(
            by=by,
            at=at,
            event="timetable.hold.ended",
            subject_kind="hold",
            subject_id=row.pk,
            patient_id=row.seat.episode.patient_id,
            facts={"group": str(row.seat.group_id), "why": why},
        )
    Seat.objects.filter(hold__in=rows).delete()
    return len(rows)
