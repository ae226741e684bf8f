from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText
from homeground.plan.models.plan import PlanVersion


class Signature(Owned):
    """Who signed a version of a plan, as what, with which letters, when, and which text (its digest)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures")
    capacity = models.CharField(max_length=12)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    credential = models.CharField(max_length=60, blank=True)
    method = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    privacy = Privacy(
        identifying="name", operational="version capacity person credential method digest signed_at"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["version", "capacity"], name="plan_signature_once"),
            models.CheckConstraint(
                condition=Q(capacity__in=["author", "patient", "cosigner"]), name="plan_signature_capacity"
            ),
            models.CheckConstraint(
                condition=Q(method__in=["screen", "phone", "paper"]), name="plan_signature_method"
            ),
        ]


class Refusal(Owned):
    """The person did not sign a version: their reason, and who was there when they said so."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="refusal")
    reason = SealedText(of="version.plan.episode.patient_id")
    witness = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(clinical="reason", operational="version witness at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=b""), name="plan_refusal_reasoned"),
        ]


class Return(Owned):
    """The person asked for a change instead of signing: what they said."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="returned")
    words = SealedText(of="version.plan.episode.patient_id")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(clinical="words", operational="version at by_id")
