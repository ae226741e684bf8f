"""Addresses by which a named recipient sees what one consent lists, without an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeground.confidentiality.models import SharingLink
from homeground.confidentiality.queries.consents import ConsentNotHere, Signed, consent
from homeground.confidentiality.queries.proposals import digest
from homeground.ground import scope

PAGE, CALENDAR = SharingLink.PAGE, SharingLink.CALENDAR


class LinkNotHere(Exception):
    """No such address: never made, taken back, over, or its consent has ended. They look alike."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What an address leads to: the consent it rests on, and in whose name it acts."""

    id: UUID
    signed: Signed
    made_by_id: UUID


def linked(secret: str, kind: str, organization_id: UUID, at: datetime) -> Linked:
    """What a secret address leads to now. The secret is its only right, so this opens the inside for it.

    Whether anything may be shown is decided afterwards, each time anew. Three statements.
    Raises LinkNotHere.
    """
    scope.narrow(organization_id=organization_id, account_id=None, channel=scope.Channel.INSIDE)
    row = SharingLink.objects.filter(
        digest=digest(secret), kind=kind, ended_at=None, expires_at__gt=at
    ).first()
    if row is None:
        raise LinkNotHere
    try:
        signed = consent(row.consent_id, at)
    except ConsentNotHere:
        raise LinkNotHere from None
    if not signed.in_force or not signed.parts:
        raise LinkNotHere
    return Linked(row.pk, signed, row.made_by_id)


def open_links(consent_ids: Collection[UUID], at: datetime) -> dict[UUID, datetime]:
    """Until when the page address of each of these consents holds; others are left out. One statement."""
    rows = SharingLink.objects.filter(consent_id__in=consent_ids, kind=PAGE, ended_at=None, expires_at__gt=at)
    return dict(rows.values_list("consent_id", "expires_at"))
