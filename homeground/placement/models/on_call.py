from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.ranges import TimeRange
from homeground.ground.sealed_text import SealedText
from homeground.placement.models.measures import CriticalAnswer
from homeground.placement.rules.disposition import Outcome, SafetyPlanNow, Watch


class OnCall(Owned):
    """A time in which one clinician answers critical answers at once. Two of them never overlap."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    privacy = Privacy(operational="person starts_at ends_at made_at made_by_id withdrawn_at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="placement_on_call_ends"),
            ExclusionConstraint(
                name="placement_on_call_one_at_a_time",
                expressions=[
                    ("organization_id", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]


class CriticalNotice(Owned):
    """Word to one clinician, in neutral words, that something waits for them; once for a critical answer.

    `sent` says whether the gateway got it; without a number nobody can be written to.
    """

    critical = models.ForeignKey(CriticalAnswer, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    sent = models.BooleanField(default=False)

    privacy = Privacy(operational="critical person made_at handed_at sent")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["critical", "person"], name="placement_notice_once"),
            models.CheckConstraint(
                condition=Q(sent=False) | Q(handed_at__isnull=False), name="placement_notice_sent_is_handed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], condition=Q(handed_at=None), name="placement_notice_waiting")
        ]


class Disposition(Owned):
    """What came of a critical answer about suicide: the outcome, when the person was reached, whether they
    were left alone, and what happened to the safety plan (check H03)."""

    critical = models.OneToOneField(CriticalAnswer, on_delete=models.PROTECT, related_name="disposition")
    outcome = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Outcome])
    reached_at = models.DateTimeField()
    watch = models.CharField(max_length=20, blank=True, choices=[(each.value, each.value) for each in Watch])
    safety_plan = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in SafetyPlanNow]
    )
    why_no_plan = SealedText(of="critical.patient_id", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        clinical="outcome watch safety_plan why_no_plan", operational="critical reached_at at by"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in Outcome])
                & Q(watch__in=["", *(each.value for each in Watch)])
                & Q(safety_plan__in=["", *(each.value for each in SafetyPlanNow)]),
                name="placement_disposition_outcome",
            ),
            models.CheckConstraint(condition=Q(reached_at__lte=F("at")), name="placement_disposition_past"),
            models.CheckConstraint(
                condition=~Q(safety_plan="not_now") | ~Q(why_no_plan=b""),
                name="placement_disposition_reasoned",
            ),
        ]
