from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Packet(Owned):
    """One or several questionnaires a patient is asked to answer on one occasion, and how.

    `due_on` is set where the schedule asked for it, so that a night run twice asks once.
    """

    class Mode(models.TextChoices):
        LINK = "link"
        KIOSK = "kiosk"
        STAFF = "staff"
        PORTAL = "portal"

    class Occasion(models.TextChoices):
        INTAKE = "intake"
        WEEKLY = "weekly"
        MONTHLY = "monthly"
        DISCHARGE = "discharge"
        ONCE = "once"

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="packets")
    occasion = models.CharField(max_length=10, choices=Occasion)
    mode = models.CharField(max_length=10, choices=Mode)
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)
    answerable_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    privacy = Privacy(
        clinical="occasion",
        operational="patient mode due_on made_at made_by_id answerable_until withdrawn_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient", "occasion", "due_on"], name="placement_packet_due_once"
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=["intake", "weekly", "monthly", "discharge", "once"]),
                name="placement_packet_occasion",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["link", "kiosk", "staff", "portal"]), name="placement_packet_mode"
            ),
            models.CheckConstraint(
                condition=Q(answerable_until__gt=F("made_at")), name="placement_packet_ends_later"
            ),
        ]


class MeasureLink(Owned):
    """A way to a packet without a password: opened once, in one browser, within a day.

    Only digests are kept: of the secret in the message, and of the one the browser got in exchange.
    """

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    visit_digest = models.CharField(max_length=64, unique=True, null=True)
    ended_at = models.DateTimeField(null=True)

    privacy = Privacy(operational="packet digest made_at expires_at opened_at visit_digest ended_at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opened_at=None, visit_digest=None)
                | Q(opened_at__isnull=False, visit_digest__isnull=False),
                name="placement_link_opened_whole",
            ),
        ]


class MeasureMessage(Owned):
    """A text message to hand to the clinic's gateway: an invitation or a reminder, in neutral words."""

    link = models.ForeignKey(MeasureLink, on_delete=models.CASCADE, related_name="messages")
    sealed_secret = models.BinaryField()
    reminds = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)

    privacy = Privacy(identifying="sealed_secret", operational="link reminds made_at handed_at")

    class Meta(Owned.Meta):
        indexes: ClassVar = [
            models.Index(fields=["made_at"], condition=Q(handed_at=None), name="placement_message_waiting")
        ]


class Administration(Owned):
    """One questionnaire put to one patient once. Its version is pinned here and never changes."""

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="administrations")
    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="administrations")
    place = models.PositiveSmallIntegerField(default=0)
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    begun_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)

    privacy = Privacy(
        clinical="instrument",
        operational="packet patient place version begun_at completed_at abandoned_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["packet", "instrument"], name="placement_once_a_packet"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(abandoned_at=None), name="placement_done_or_abandoned"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(begun_at__isnull=False), name="placement_begun_first"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["patient", "instrument", "completed_at"], name="placement_measured")
        ]


class MeasureAnswer(Owned):
    """One answer to one item. A changed answer is a new row; the former is kept with when it was replaced.

    `value` is None where the person chose not to answer.
    """

    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.SmallIntegerField(null=True)
    answered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    privacy = Privacy(clinical="item value", operational="administration answered_at replaced_at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["administration", "item"],
                condition=Q(replaced_at=None),
                name="placement_one_answer_in_force",
            ),
        ]


class MeasureScore(Owned):
    """What a completed administration came to on one scale; None where too much was left out."""

    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="scores")
    scale = models.CharField(max_length=40)
    value = models.SmallIntegerField(null=True)

    privacy = Privacy(clinical="scale value", operational="administration")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["administration", "scale"], name="placement_one_score"),
        ]


class CriticalAnswer(Owned):
    """An answer a named person must see by a certain time. It stands, though the form was abandoned."""

    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="criticals")
    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="critical_answers")
    item = models.CharField(max_length=40)
    value = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    responsible = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    escalated_to = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        clinical="item value kind",
        operational="administration patient raised_at due_at responsible escalated_at escalated_to"
        " acknowledged_at acknowledged_by closed_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["administration", "item"], name="placement_critical_once"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("raised_at")), name="placement_critical_due_later"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="placement_acknowledged_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(acknowledged_at__isnull=False),
                name="placement_seen_before_closed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="placement_critical_open")
        ]


class Dismissal(Owned):
    """One of the two people needed to close a critical answer, with what was done about it."""

    critical = models.ForeignKey(CriticalAnswer, on_delete=models.PROTECT, related_name="dismissals")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done = SealedText(of="critical.patient_id")

    privacy = Privacy(clinical="done", operational="critical by at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["critical", "by"], name="placement_two_different_people"),
            models.CheckConstraint(condition=~Q(done=b""), name="placement_dismissal_reasoned"),
        ]
