"""Make and take back the address by which a recipient sees what one consent lists (docs/adr)."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.actions.proposals import SECRET_BYTES
from homeground.confidentiality.models import SharingLink
from homeground.confidentiality.models.kept import take_turn
from homeground.confidentiality.queries import consent
from homeground.confidentiality.queries.proposals import digest
from homeground.confidentiality.rules.offers import LINKABLE
from homeground.ground.actor import Actor, require_account

LIFE = timedelta(days=90)
"""How long an address holds at most; the consent may end before it."""


class NotLinkable(Exception):
    """The consent has ended, or is of a class that names no single recipient of ordinary parts."""


def make_link(*, consent_id: UUID, kind: str, by: Actor, at: datetime) -> str:
    """A new secret address for one consent; the one before of its kind ends. The secret is kept nowhere.

    Raises ConsentNotHere, NotLinkable.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        signed = consent(consent_id, at)
        take_turn(signed.person_id)
        if not signed.in_force or signed.facts.kind not in LINKABLE:
            raise NotLinkable
        SharingLink.objects.filter(consent_id=consent_id, kind=kind, ended_at=None).update(ended_at=at)
        row = SharingLink.objects.create(
            organization_id=by.organization_id,
            consent_id=consent_id,
            kind=kind,
            digest=digest(secret),
            made_at=at,
            made_by_id=require_account(by),
            expires_at=min(at + LIFE, signed.facts.expires_at or at + LIFE),
        )
        _told("made", row.pk, signed.person_id, by=by, at=at)
    return secret


def end_links(*, consent_id: UUID, by: Actor, at: datetime) -> int:
    """Take back every address of a consent, which itself stays; returns how many. Raises ConsentNotHere."""
    with transaction.atomic():
        signed = consent(consent_id, at)
        take_turn(signed.person_id)
        rows = SharingLink.objects.filter(consent_id=consent_id, ended_at=None)
        ended = rows.update(ended_at=at)
        if ended:
            _told("ended", consent_id, signed.person_id, by=by, at=at)
    return ended


def _told(what: str, subject_id: UUID, person_id: UUID, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.sharinglink.{what}",
        subject_kind="sharinglink",
        subject_id=subject_id,
        patient_id=person_id,
    )
