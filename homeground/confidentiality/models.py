from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


class ConsentKind(models.TextChoices):
    """What a consent is for. Classes of disclosure come with the disclosure decision."""

    TREATMENT = "treatment", "Consent to treat"


class Consent(Owned):
    """A consent as it was signed: the digest fixes the text the person saw."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=30, choices=ConsentKind)
    text_version = models.CharField(max_length=40)
    text_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=5, default="en")
    method = models.CharField(max_length=20, help_text="paper, screen or phone")
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="kind",
        operational="person text_version text_digest language method signed_at recorded_at recorded_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=ConsentKind.values),
                name="confidentiality_consent_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "kind", "signed_at"], name="confidentiality_by_person")
        ]


class Revocation(Owned):
    """The end of a consent, from the moment it was received."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="revocation")
    at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(operational="consent at recorded_by_id")
