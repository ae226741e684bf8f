import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.interop.models import CalendarFeed
from homeground.interop.rules.secrecy import digest

_SECRET_BYTES = 24


def make_feed(*, patient_id: UUID, by: Actor, at: datetime) -> str:
    """A new secret calendar address for a patient; the one before ends. Returns the secret, kept nowhere."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        CalendarFeed.objects.select_for_update().filter(patient_id=patient_id, revoked_at=None).update(
            revoked_at=at
        )
        feed = CalendarFeed.objects.create(
            organization_id=by.organization_id, patient_id=patient_id, digest=digest(secret), made_at=at
        )
        audit.record(
            by=by,
            at=at,
            event="interop.feed.made",
            subject_kind="calendar_feed",
            subject_id=feed.pk,
            patient_id=patient_id,
        )
    return secret


def revoke_feed(*, patient_id: UUID, by: Actor, at: datetime) -> None:
    """End the patient's calendar address from the next request on. Without one in force nothing happens."""
    with transaction.atomic():
        ended = CalendarFeed.objects.filter(patient_id=patient_id, revoked_at=None).update(revoked_at=at)
        if ended:
            audit.record(
                by=by,
                at=at,
                event="interop.feed.revoked",
                subject_kind="patient",
                subject_id=patient_id,
                patient_id=patient_id,
            )
