"""What a patient asks to have changed about their week."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Wish(Owned):
    """A patient asks for another time or says they cannot come. Answered when someone took care of it."""

    class Kind(models.TextChoices):
        CANNOT_COME = "cannot_come", "Cannot come"
        OTHER_TIME = "other_time", "Wants another time"
        CALL_ME = "call_me", "Wants a call"

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=12, choices=Kind)
    words = SealedText(of="patient_id", blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)

    privacy = Privacy(clinical="words", operational="patient kind made_at answered_at answered_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["cannot_come", "other_time", "call_me"]), name="timetable_wish_kind"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by_id=None)
                | Q(answered_at__isnull=False, answered_by_id__isnull=False),
                name="timetable_wish_answered_by_someone",
            ),
        ]
