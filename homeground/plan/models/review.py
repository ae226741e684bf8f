from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText
from homeground.plan.models.plan import Objective, Plan, PlanVersion


class Review(Owned):
    """A look at how the plan goes, and why care continues here, changes or ends.

    `version` is the one in force when the review began; closing asks that it still is.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reviews")
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    reasoning = SealedText(of="plan.episode.patient_id", blank=True)
    person_said = SealedText(of="plan.episode.patient_id", blank=True)
    decision = models.CharField(max_length=20, blank=True)
    reasons = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_name = models.CharField(max_length=200, blank=True)
    credential = models.CharField(max_length=60, blank=True)

    privacy = Privacy(
        identifying="closed_name",
        clinical="reasoning person_said decision reasons",
        operational="plan version opened_at opened_by_id closed_at closed_by credential",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_at=None), name="plan_review_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(decision="")),
                name="plan_review_closed_with_decision",
            ),
        ]


class Progress(Owned):
    """How one objective went since the last review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="progress")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(max_length=10, blank=True)
    words = SealedText(of="review.plan.episode.patient_id", blank=True)

    privacy = Privacy(clinical="state words", operational="review objective")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["review", "objective"], name="plan_progress_once"),
            models.CheckConstraint(
                condition=Q(state__in=["", "none", "some", "met", "worse"]), name="plan_progress_state"
            ),
        ]
