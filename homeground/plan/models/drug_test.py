from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Draw(Owned):
    """A random choice of people to be tested. The seed was drawn by the machine; with it and the list of
    people anybody can repeat the choice."""

    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    wanted = models.PositiveSmallIntegerField()
    due_on = models.DateField()

    privacy = Privacy(operational="drawn_at drawn_by seed method wanted due_on")


class DrawEntry(Owned):
    """One person in the pot of a draw: their place in the order the seed gave, and whether it was chosen."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="entries")
    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="draw_entries")
    place = models.PositiveSmallIntegerField()
    chosen = models.BooleanField()

    privacy = Privacy(operational="draw patient place chosen")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["draw", "patient"], name="plan_drawentry_once"),
            models.UniqueConstraint(fields=["draw", "place"], name="plan_drawentry_place"),
        ]


class DrugTest(Owned):
    """A test that was ordered: why, of what, and until when it is to be taken."""

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="drug_tests")
    entry = models.OneToOneField(
        DrawEntry, on_delete=models.PROTECT, related_name="test", null=True, blank=True
    )
    reason = models.CharField(max_length=12)
    specimen = models.CharField(max_length=12)
    panel = SealedText(of="patient_id")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()

    privacy = Privacy(
        clinical="reason specimen panel", operational="patient entry ordered_at ordered_by due_on"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reason__in=["baseline", "clinical"], entry=None)
                | Q(reason="random", entry__isnull=False),
                name="plan_test_random_means_drawn",
            ),
            models.CheckConstraint(
                condition=Q(specimen__in=["urine", "saliva", "breath"]), name="plan_test_specimen"
            ),
        ]


class DrugResult(Owned):
    """What came of a test: expected, unexpected, not readable, or not given, and for which substances."""

    test = models.OneToOneField(DrugTest, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=12)
    found = SealedText(of="test.patient_id", blank=True)
    observed = models.BooleanField()
    collected_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        clinical="outcome found observed", operational="test collected_at recorded_at recorded_by"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome__in=["expected", "unexpected", "unreadable", "not_given"]),
                name="plan_result_outcome",
            ),
        ]


class Confirmation(Owned):
    """A laboratory's second look at an unexpected result."""

    test = models.OneToOneField(DrugTest, on_delete=models.PROTECT, related_name="confirmation")
    laboratory = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    sent_by_id = models.UUIDField()
    outcome = models.CharField(max_length=20, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(clinical="outcome", operational="test laboratory sent_at sent_by_id reported_at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome="", reported_at=None)
                | Q(outcome__in=["confirmed", "not_confirmed"], reported_at__isnull=False),
                name="plan_confirmation_reported",
            ),
        ]


class Discussion(Owned):
    """The talk about a result: what the person said, and what is done now. Never a reason to discharge."""

    test = models.OneToOneField(DrugTest, on_delete=models.PROTECT, related_name="discussion")
    person_said = SealedText(of="test.patient_id")
    response = SealedText(of="test.patient_id")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(clinical="person_said response", operational="test at by")
