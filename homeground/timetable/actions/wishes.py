"""A patient asks for a change of their week; staff takes care of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.timetable.models import Wish


class NoSuchWish(Exception):
    """The wish does not exist here."""


def wish(*, patient_id: UUID, kind: str, words: str, by: Actor, at: datetime) -> UUID:
    """Record what a patient asks to have changed. Asking the same again while it waits changes nothing."""
    with transaction.atomic():
        for waiting in Wish.objects.filter(patient_id=patient_id, kind=kind, answered_at=None):
            if waiting.words == words:
                return waiting.pk
        made = Wish.objects.create(
            organization_id=by.organization_id, patient_id=patient_id, kind=kind, words=words, made_at=at
        )
        audit.record(
            by=by,
            at=at,
            event="timetable.wish.made",
            subject_kind="wish",
            subject_id=made.pk,
            patient_id=patient_id,
            facts={"kind": kind},
        )
    return made.pk


def answer_wish(*, wish_id: UUID, by: Actor, at: datetime) -> None:
    """Someone took care of a wish. Answering it twice changes nothing. Raises NoSuchWish."""
    with transaction.atomic():
        row = Wish.objects.select_for_update().filter(pk=wish_id).first()
        if row is None:
            raise NoSuchWish
        if row.answered_at is not None:
            return
        Wish.objects.filter(pk=wish_id).update(answered_at=at, answered_by_id=by.account_id)
        audit.record(
            by=by,
            at=at,
            event="timetable.wish.answered",
            subject_kind="wish",
            subject_id=wish_id,
            patient_id=row.patient_id,
        )
