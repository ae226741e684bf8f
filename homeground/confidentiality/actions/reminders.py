"""Consents that will end are remembered 30 and 7 days before (rule reminder.expiry_days, check F08)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import EndingReminder
from homeground.confidentiality.queries import book, ending_soon
from homeground.ground import outbox
from homeground.ground.actor import Actor


def remind_of_endings(*, by: Actor, at: datetime) -> int:
    """Leave word, once for each of the two days, of consents that will end; returns how many.

    What is told, and whether at all, is decided when it is told: a consent revoked meanwhile is not (F07).
    """
    wanted = [
        (signed, min(days for days in _reached(signed.facts.expires_at, at)))
        for signed in ending_soon(at)
        if signed.facts.expires_at and _reached(signed.facts.expires_at, at)
    ]
    with transaction.atomic():
        ids = [signed.facts.id for signed, _days in wanted]
        told = set(EndingReminder.objects.filter(consent__in=ids).values_list("consent_id", "days"))
        new = [(signed, days) for signed, days in wanted if (signed.facts.id, days) not in told]
        EndingReminder.objects.bulk_create(
            EndingReminder(organization_id=by.organization_id, consent_id=signed.facts.id, days=days, at=at)
            for signed, days in new
        )
        for signed, days in new:
            outbox.tell(event="confidentiality.consent.ending", subject_id=signed.facts.id, by=by, at=at)
            _told(signed.facts.id, signed.person_id, days, by=by, at=at)
    return len(new)


def _reached(expires_at: datetime | None, at: datetime) -> list[int]:
    """Which of the days before the end have come."""
    days = book().card("reminder.expiry_days", at.date()).value
    return [each for each in days if expires_at is not None and expires_at <= at + timedelta(days=each)]


def _told(consent_id: UUID, person_id: UUID, days: int, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event="confidentiality.consent.ending",
        subject_kind="consent",
        subject_id=consent_id,
        patient_id=person_id,
        facts={"days": days},
    )
