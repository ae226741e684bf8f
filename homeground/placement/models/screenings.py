from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Screening(Owned):
    """Candidacy facts, red flags and six-domain ratings gathered for one person on one occasion."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="screenings")
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    withdrawal_screened_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(clinical="withdrawal_screened_at", operational="person opened_at opened_by_id")


class Fact(Owned):
    """One candidacy fact: a question of `placement.rules` and how it was answered."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="facts")
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=10)

    privacy = Privacy(clinical="question answer", operational="screening")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["screening", "question"], name="placement_fact_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "no", "unsure"]),
                name="placement_fact_answer",
            ),
        ]


class RedFlag(Owned):
    """A withdrawal, overdose or safety sign that someone saw or was told, and what was done about it."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="red_flags")
    flag = models.CharField(max_length=40)

    privacy = Privacy(clinical="flag", operational="screening")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["screening", "flag"], name="placement_flag_once"),
        ]


class DomainRating(Owned):
    """The clinician's rating, 0 (none) to 4 (severe), of one of our six domains, with the reason seen."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="ratings")
    domain = models.CharField(max_length=30)
    rating = models.PositiveSmallIntegerField()
    reason = SealedText(of="screening.person_id")

    privacy = Privacy(clinical="domain rating reason", operational="screening")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["screening", "domain"], name="placement_rating_once"),
            models.CheckConstraint(condition=Q(rating__range=(0, 4)), name="placement_rating_range"),
            models.CheckConstraint(condition=~Q(reason=b""), name="placement_rating_reasoned"),
        ]


class Decision(Owned):
    """The level of care a named clinician decided, beside what the rules recommended and why."""

    screening = models.OneToOneField(Screening, on_delete=models.PROTECT, related_name="decision")
    recommended = models.CharField(max_length=20)
    reasons = ArrayField(models.CharField(max_length=60))
    level = models.CharField(max_length=20)
    override_reason = SealedText(of="screening.person_id", blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        clinical="recommended reasons level override_reason",
        operational="screening decided_at decided_by",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level=models.F("recommended")) | ~Q(override_reason=b""),
                name="placement_override_reasoned",
            ),
        ]
