from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeground.confidentiality.models import Consent, Revocation
from homeground.confidentiality.rules.vocabulary import ConsentKind


@dataclass(frozen=True, slots=True)
class ConsentInForce:
    """A consent that holds: which text was signed, when, and how."""

    id: UUID
    kind: str
    version: str
    language: str
    method: str
    signed_at: datetime


def treatment_consents(person_ids: Collection[UUID], at: datetime) -> frozenset[UUID]:
    """Which of these persons have a consent to treat in force at this moment. One statement.

    In force: signed at or before `at`, and not revoked at or before `at` (check B16).
    """
    return frozenset(
        _in_force(at)
        .filter(kind=ConsentKind.TREATMENT.value, person_id__in=person_ids)
        .values_list("person_id", flat=True)
    )


def consents_in_force(person_id: UUID, at: datetime) -> tuple[ConsentInForce, ...]:
    """All consents of one person that hold at this moment, the newest first. One statement."""
    rows = _in_force(at).filter(person_id=person_id).order_by("-signed_at", "-id")
    return tuple(
        ConsentInForce(
            id=row.pk,
            kind=row.kind,
            version=row.text_version,
            language=row.language,
            method=row.method,
            signed_at=row.signed_at,
        )
        for row in rows
    )


def _in_force(at: datetime) -> QuerySet[Consent]:
    ended = Revocation.objects.filter(consent=OuterRef("pk"), category="", at__lte=at)
    unexpired = Q(expires_at=None) | Q(expires_at__gt=at)
    return Consent.objects.filter(~Exists(ended), unexpired, signed_at__lte=at)
