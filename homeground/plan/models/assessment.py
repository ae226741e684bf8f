from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Assessment(Owned):
    """What a person and their counselor put together about the whole of a life; signed, it stays as it is."""

    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="assessments")
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    signed_name = models.CharField(max_length=200, blank=True)
    credential = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    privacy = Privacy(
        identifying="signed_name",
        operational="episode opened_at opened_by_id signed_at signed_by credential digest",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, digest="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(digest="")),
                name="plan_assessment_signed_by_someone",
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(signed_at=None), name="plan_assessment_one_open"
            ),
        ]


class Section(Owned):
    """One section of an assessment in one voice: what the person says, or what the counselor writes.

    `deferred` is the counselor's reason to leave the section for later.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=30)
    voice = models.CharField(max_length=10)
    words = SealedText(of="assessment.episode.patient_id", blank=True)
    deferred = SealedText(of="assessment.episode.patient_id", blank=True)
    saved_at = models.DateTimeField()
    saved_by_id = models.UUIDField()

    privacy = Privacy(clinical="words deferred", operational="assessment code voice saved_at saved_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["assessment", "code", "voice"], name="plan_section_once"),
            models.CheckConstraint(condition=Q(voice__in=["person", "staff"]), name="plan_section_voice"),
            models.CheckConstraint(
                condition=Q(voice="staff") | Q(deferred=b""), name="plan_section_deferred_by_staff"
            ),
        ]


class SubstanceUse(Owned):
    """One substance: since when, how, how much, last when, and how many of the 11 criteria are met.

    That none is listed twice is the action's part: the database cannot compare sealed names.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="substances")
    substance = SealedText(of="assessment.episode.patient_id")
    first_age = models.PositiveSmallIntegerField(null=True, blank=True)
    route = SealedText(of="assessment.episode.patient_id", blank=True)
    frequency = SealedText(of="assessment.episode.patient_id", blank=True)
    amount = SealedText(of="assessment.episode.patient_id", blank=True)
    last_use = SealedText(of="assessment.episode.patient_id", blank=True)
    criteria = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="substance first_age route frequency amount last_use criteria",
        operational="assessment recorded_at recorded_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(criteria=None) | Q(criteria__lte=11), name="plan_substance_criteria"
            ),
        ]


class Problem(Owned):
    """Something the assessment or later care found that needs an answer: a goal, or a reason to wait."""

    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="problems")
    section = models.CharField(max_length=30)
    words = SealedText(of="episode.patient_id")
    found_at = models.DateTimeField()
    found_by_id = models.UUIDField()

    privacy = Privacy(clinical="section words", operational="episode found_at found_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=b""), name="plan_problem_has_words"),
        ]


class Deferral(Owned):
    """Why a problem is not in the plan now."""

    problem = models.OneToOneField(Problem, on_delete=models.CASCADE, related_name="deferral")
    why = SealedText(of="problem.episode.patient_id")
    at = models.DateTimeField()
    by_id = models.UUIDField()

    privacy = Privacy(clinical="why", operational="problem at by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(why=b""), name="plan_deferral_reasoned"),
        ]
