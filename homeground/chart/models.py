from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from homeground.chart.rules import DischargeReason
from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.ranges import DateRange


class Patient(Owned):
    """A person with a chart."""

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="patient")
    number = models.PositiveIntegerField()
    since = models.DateTimeField()

    privacy = Privacy(identifying="number", operational="person since")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["organization_id", "number"], name="chart_patient_number"),
        ]


class Episode(Owned):
    """One stay in a program, from admission to discharge. A patient has one at a time."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="episodes")
    program = models.ForeignKey("program.Program", on_delete=models.PROTECT, related_name="+")
    counselor = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    admitted_at = models.DateTimeField()
    admitted_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="starts_on ends_on",
        operational="patient program counselor admitted_at admitted_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="chart_episode_ends_later",
            ),
            ExclusionConstraint(
                name="chart_episode_one_at_a_time",
                expressions=[
                    ("organization_id", RangeOperators.EQUAL),
                    ("patient", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Discharge(Owned):
    """A stay was ended: why, by whom and when that was decided. The last day stands in the episode."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="discharge")
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(clinical="reason", operational="episode at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in DischargeReason]),
                name="chart_discharge_reason",
            ),
        ]


class LevelPeriod(Owned):
    """The level of care of an episode over time."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="levels")
    level = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    privacy = Privacy(clinical="level", operational="episode starts_on ends_on")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            ExclusionConstraint(
                name="chart_level_one_at_a_time",
                expressions=[
                    ("organization_id", RangeOperators.EQUAL),
                    ("episode", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
