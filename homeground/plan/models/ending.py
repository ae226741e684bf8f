from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText
from homeground.plan.rules.ending import Family, Naloxone


class DischargePlan(Owned):
    """What a person and their counselor agree on for the time afterwards. Signed, its words stay.

    `person_refused` is why the person did not want to sign. Naloxone and the appointment are recorded here
    also where a stay ends without a plan.
    """

    episode = models.OneToOneField("chart.Episode", on_delete=models.PROTECT, related_name="discharge_plan")
    keeps_well = SealedText(of="episode.patient_id", blank=True)
    when_hard = SealedText(of="episode.patient_id", blank=True)
    referrals = SealedText(of="episode.patient_id", blank=True)
    family = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in Family]
    )
    aftercare_at = models.DateTimeField(null=True, blank=True)
    aftercare_with = SealedText(of="episode.patient_id", blank=True)
    no_aftercare_why = SealedText(of="episode.patient_id", blank=True)
    naloxone = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in Naloxone]
    )
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    signed_name = models.CharField(max_length=200, blank=True)
    credential = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    person_signed_at = models.DateTimeField(null=True, blank=True)
    person_refused = SealedText(of="episode.patient_id", blank=True)
    copy_given_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        identifying="signed_name",
        clinical="keeps_well when_hard referrals family aftercare_with no_aftercare_why naloxone"
        " person_refused",
        operational="episode aftercare_at written_at written_by_id signed_at signed_by credential digest"
        " person_signed_at copy_given_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, digest="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(digest="")),
                name="plan_discharge_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(family__in=["", *(each.value for each in Family)])
                & Q(naloxone__in=["", *(each.value for each in Naloxone)]),
                name="plan_discharge_known_words",
            ),
            models.CheckConstraint(
                condition=Q(person_signed_at=None, person_refused=b"") | Q(signed_at__isnull=False),
                name="plan_discharge_counselor_first",
            ),
            models.CheckConstraint(
                condition=Q(person_signed_at=None) | Q(person_refused=b""),
                name="plan_discharge_signed_or_refused",
            ),
        ]


class DischargeSummary(Owned):
    """How a stay went, written after its end and signed once."""

    episode = models.OneToOneField(
        "chart.Episode", on_delete=models.PROTECT, related_name="discharge_summary"
    )
    words = SealedText(of="episode.patient_id")
    last_contact_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=200)
    credential = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)

    privacy = Privacy(
        identifying="signed_name",
        clinical="words last_contact_on",
        operational="episode signed_at signed_by credential digest",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=b""), name="plan_summary_has_words"),
        ]


class FollowUp(Owned):
    """The call after somebody left without a plan: when, by whom, and what came of it."""

    episode = models.OneToOneField("chart.Episode", on_delete=models.PROTECT, related_name="follow_up")
    result = models.CharField(max_length=20)
    words = SealedText(of="episode.patient_id", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(clinical="result words", operational="episode at by")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(result__in=["reached", "message", "no_answer", "unsafe"]),
                name="plan_follow_up_result",
            ),
        ]


class Certification(Owned):
    """A physician's word that a person needs at least nine hours a week of this care."""

    episode = models.ForeignKey("chart.Episode", on_delete=models.PROTECT, related_name="certifications")
    from_on = models.DateField()
    minutes_a_week = models.PositiveSmallIntegerField()
    reason = SealedText(of="episode.patient_id")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=200)
    credential = models.CharField(max_length=60)

    privacy = Privacy(
        identifying="signed_name",
        clinical="reason",
        operational="episode from_on minutes_a_week signed_at signed_by credential",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["episode", "from_on"], name="plan_certification_once"),
            models.CheckConstraint(
                condition=~Q(reason=b"") & ~Q(credential=""), name="plan_certification_signed"
            ),
        ]


class Incident(Owned):
    """Something grave that happened to a person in care, and when the state was told of it."""

    class Kind(models.TextChoices):
        OVERDOSE = "overdose"
        SUICIDE_ATTEMPT = "suicide_attempt"
        VIOLENCE = "violence"
        MEDICATION_ERROR = "medication_error"
        LEFT = "left"
        DEATH = "death"
        OTHER = "other"

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=20, choices=Kind)
    happened_at = models.DateTimeField()
    words = SealedText(of="patient_id")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    no_report_why = SealedText(of="patient_id", blank=True)

    privacy = Privacy(
        clinical="kind words no_report_why",
        operational="patient happened_at recorded_at recorded_by reported_at reported_by",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=b""), name="plan_incident_has_words"),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=models.F("happened_at")), name="plan_incident_past"
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, reported_by=None, no_report_why=b"")
                | Q(reported_at__isnull=False, reported_by__isnull=False),
                name="plan_incident_reported_by_someone",
            ),
        ]
