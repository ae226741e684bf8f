"""The hours of one patient: looked at, and a short week explained."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.treatment.models import ShortWeek
from homeground.treatment.queries.hours import Ledger, hours_of, weeks_of
from homeground.treatment.rules.vocabulary import ShortReason

_TO_LAST_DAY = timedelta(days=6)


class NotAWeek(Exception):
    """The day is not the first day of a week of the patient's program that has begun."""


class NotShort(Exception):
    """The week reached its floor: there is nothing to explain."""


def read_hours(*, patient_id: UUID, on: date, by: Actor, at: datetime) -> Ledger:
    """A patient's last weeks, with an audit entry that this member looked. Raises NotAdmitted."""
    with transaction.atomic():
        found = weeks_of(patient_id, on, at=at)
        audit.record(
            by=by,
            at=at,
            event="treatment.hours.read",
            subject_kind="patient",
            subject_id=patient_id,
            patient_id=patient_id,
        )
    return found


def explain_short_week(
    *, patient_id: UUID, week_starts_on: date, reason: ShortReason, on: date, by: Actor, at: datetime
) -> None:
    """Say why a week stayed below the floor (check A05); its minutes stay as they are.

    `on` is the clinic's day at `at`. Saying the same again changes nothing; another reason replaces the
    first. Raises NotAdmitted, NotAWeek, NotShort, NotSignedIn.
    """
    account = require_account(by)
    if week_starts_on > on:
        raise NotAWeek
    with transaction.atomic():
        hours = hours_of(patient_id, week_starts_on + _TO_LAST_DAY)
        if hours.week.starts_on != week_starts_on:
            raise NotAWeek
        if not hours.owed:
            raise NotShort
        row, created = ShortWeek.objects.select_for_update().get_or_create(
            patient_id=patient_id,
            week_starts_on=week_starts_on,
            defaults={
                "organization_id": by.organization_id,
                "reason": reason.value,
                "recorded_at": at,
                "recorded_by_id": account,
            },
        )
        if not created and row.reason == reason:
            return
        ShortWeek.objects.filter(pk=row.pk).update(
            reason=reason.value, recorded_at=at, recorded_by_id=account
        )
        audit.record(
            by=by,
            at=at,
            event="treatment.week.explained",
            subject_kind="short_week",
            subject_id=row.pk,
            patient_id=patient_id,
            facts={"week_starts_on": week_starts_on.isoformat(), "reason": reason.value},
        )
