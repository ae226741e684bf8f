from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Plan(Owned):
    """The plan of one stay: a row of versions, of which one is in force."""

    episode = models.OneToOneField("chart.Episode", on_delete=models.PROTECT, related_name="plan")
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()

    privacy = Privacy(operational="episode opened_at opened_by_id")


class PlanVersion(Owned):
    """One version of a plan. Offered for signature it is frozen; a change is a new version.

    draft -> offered (the author signed) -> in force (all who must have signed) -> ended by the next one.
    A draft or an offered version that was given up has `dropped_at`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    started_by_id = models.UUIDField()
    why = SealedText(of="plan.episode.patient_id", blank=True)
    discharge_criteria = SealedText(of="plan.episode.patient_id", blank=True)
    stay_weeks = models.CharField(max_length=10, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        clinical="why discharge_criteria stay_weeks",
        operational="plan number started_at started_by_id offered_at digest in_force_at ended_at dropped_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(in_force_at=None, dropped_at=None),
                name="plan_version_one_unfinished",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(in_force_at__isnull=False, ended_at=None),
                name="plan_version_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None, digest="") | (Q(offered_at__isnull=False) & ~Q(digest="")),
                name="plan_version_offered_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at=None) | Q(offered_at__isnull=False, in_force_at__gte=F("offered_at")),
                name="plan_version_offered_before_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(in_force_at__isnull=False, ended_at__gte=F("in_force_at")),
                name="plan_version_in_force_before_ended",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(in_force_at=None),
                name="plan_version_in_force_is_not_dropped",
            ),
        ]


class Part(Owned):
    """What stands beside the goals: strengths, obligations, life goals, the state of body, mood and mind."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20)
    words = SealedText(of="version.plan.episode.patient_id", blank=True)

    privacy = Privacy(clinical="kind words", operational="version")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["version", "kind"], name="plan_part_once"),
        ]


class Goal(Owned):
    """What the person wants, in their own words, as the answer to one problem."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="goals")
    problem = models.ForeignKey("plan.Problem", on_delete=models.PROTECT, related_name="goals")
    words = SealedText(of="version.plan.episode.patient_id", blank=True)
    position = models.PositiveSmallIntegerField()

    privacy = Privacy(clinical="words", operational="version problem position")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["version", "problem"], name="plan_goal_once"),
        ]


class Objective(Owned):
    """A step that can be seen: the same one through every version that words it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    opened_at = models.DateTimeField()

    privacy = Privacy(operational="plan opened_at")


class Aim(Owned):
    """An objective as one version of the plan words it: what, measured how, until when."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="aims")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="aims")
    words = SealedText(of="goal.version.plan.episode.patient_id", blank=True)
    measure = SealedText(of="goal.version.plan.episode.patient_id", blank=True)
    target_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    privacy = Privacy(clinical="words measure target_on", operational="goal objective position")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["goal", "objective"], name="plan_aim_once"),
        ]


class Intervention(Owned):
    """What we do for an objective: which kind of help, how often, and by whom."""

    aim = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="interventions")
    kind = models.CharField(max_length=20, blank=True)
    words = SealedText(of="aim.goal.version.plan.episode.patient_id", blank=True)
    frequency = SealedText(of="aim.goal.version.plan.episode.patient_id", blank=True)
    who = SealedText(of="aim.goal.version.plan.episode.patient_id", blank=True)
    position = models.PositiveSmallIntegerField()

    privacy = Privacy(clinical="kind words frequency", operational="aim who position")
