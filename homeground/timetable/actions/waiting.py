"""The waiting list: who is put on it, and how somebody leaves it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.timetable.actions.diary import refusing
from homeground.timetable.actions.seating import EpisodeNotHere, EpisodeNotOpen
from homeground.timetable.models import Waiting
from homeground.timetable.queries.day import clinic_day


class AlreadyWaiting(Exception):
    """This stay is on the list."""


class NotWaiting(Exception):
    """No such entry in the organization in scope, or it was left."""


def put_on_list(*, episode_id: UUID, urgency: int, by: Actor, at: datetime) -> UUID:
    """Put an open stay on the waiting list; `urgency` 1 to 3 is a clinician's judgement, 1 first.

    Raises EpisodeNotHere, EpisodeNotOpen, AlreadyWaiting.
    """
    with transaction.atomic():
        on = clinic_day(by.organization_id, at)
        episode = chart.episode(episode_id, on)
        if episode is None:
            raise EpisodeNotHere
        if episode.ends_on is not None and episode.ends_on <= on:
            raise EpisodeNotOpen
        with refusing({"timetable_waiting_once": AlreadyWaiting()}):
            row = Waiting.objects.create(
                organization_id=by.organization_id,
                episode_id=episode_id,
                urgency=urgency,
                since=at,
                put_by_id=require_account(by),
            )
        audit.record(
            by=by,
            at=at,
            event="timetable.waiting.begun",
            subject_kind="waiting",
            subject_id=row.pk,
            patient_id=episode.patient.patient_id,
            facts={"urgency": urgency},
        )
    return row.pk


def leave_list(*, waiting_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Take somebody off the list; `why` is one of Waiting.Left. Raises NotWaiting."""
    with transaction.atomic():
        rows = Waiting.objects.select_for_update(of=("self",)).select_related("episode")
        row = rows.filter(pk=waiting_id, left_at=None).first()
        if row is None:
            raise NotWaiting
        _close(row, why=why, by=by, at=at)


def stop_waiting(*, episode_id: UUID, by: Actor, at: datetime) -> None:
    """A stay that was given a seat waits no longer; nothing happens when it did not wait."""
    rows = Waiting.objects.select_for_update(of=("self",)).select_related("episode")
    row = rows.filter(episode_id=episode_id, left_at=None).first()
    if row is not None:
        _close(row, why=Waiting.Left.SEATED, by=by, at=at)


def _close(row: Waiting, *, why: str, by: Actor, at: datetime) -> None:
    """End one entry, with its audit entry. Within a transaction."""
    row.left_at, row.left_by_id, row.left_why = at, require_account(by), why
    row.save(update_fields=["left_at", "left_by_id", "left_why"])
    audit.record(
        by=by,
        at=at,
        event="timetable.waiting.ended",
        subject_kind="waiting",
        subject_id=row.pk,
        patient_id=row.episode.patient_id,
        facts={"why": str(why)},
    )
