from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class RiskFinding(Owned):
    """How high a clinician found the risk of suicide, on what, and when. Not a prediction."""

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="risk_findings")
    level = models.CharField(max_length=10)
    basis = SealedText(of="patient_id")
    without_plan = SealedText(of="patient_id", blank=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(clinical="level basis without_plan", operational="patient found_at found_by")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level__in=["none", "low", "moderate", "high"]), name="plan_risk_level"
            ),
            models.CheckConstraint(condition=~Q(basis=b""), name="plan_risk_reasoned"),
        ]


class SafetyPlan(Owned):
    """One version of what a person does when thoughts of suicide come: six sections, theirs to write."""

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="safety_plans")
    number = models.PositiveSmallIntegerField()
    signs = SealedText(of="patient_id", blank=True)
    own_ways = SealedText(of="patient_id", blank=True)
    places = SealedText(of="patient_id", blank=True)
    people = SealedText(of="patient_id", blank=True)
    professionals = SealedText(of="patient_id", blank=True)
    safer = SealedText(of="patient_id", blank=True)
    started_at = models.DateTimeField()
    started_by_id = models.UUIDField()
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    looked_over_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        clinical="signs own_ways places people professionals safer",
        operational="patient number started_at started_by_id finished_at finished_by looked_over_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["patient", "number"], name="plan_safety_number"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(finished_at=None), name="plan_safety_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="plan_safety_finished_by_someone",
            ),
        ]
