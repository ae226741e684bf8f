from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.confidentiality.models.kept import Kept, within
from homeground.confidentiality.rules.glass import Cause
from homeground.confidentiality.rules.incident import Rating
from homeground.confidentiality.rules.looks import Finding
from homeground.confidentiality.rules.vocabulary import Review
from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText

LONGEST_GLASS = timedelta(hours=24)


class BreakGlass(Owned):
    """One member of staff opens one record outside their work: why, how long, reviewed by whom."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="break_glasses")
    account_id = models.UUIDField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, default=Cause.OTHER.value)
    reason = SealedText(of="person_id")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    alerted_at = models.DateTimeField(null=True, help_text="Who reviews it was told")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    review = models.CharField(max_length=20, blank=True)
    review_words = SealedText(of="person_id", blank=True)

    privacy = Privacy(
        clinical="reason review_words",
        operational="person account_id opened_by cause starts_at ends_at review_due_at alerted_at reviewed_at"
        " reviewed_by review",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=b""), name="confidentiality_glass_reason"),
            within("cause", [c.value for c in Cause], "confidentiality_glass_cause"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST_GLASS),
                name="confidentiality_glass_limited",
            ),
            within("review", ["", *(r.value for r in Review)], "confidentiality_glass_review"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, review="")
                | (
                    Q(reviewed_at__isnull=False, reviewed_at__gt=F("starts_at"), reviewed_by__isnull=False)
                    & ~Q(review="")
                ),
                name="confidentiality_glass_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("opened_by")),
                name="confidentiality_glass_reviewed_by_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "account_id"], name="confidentiality_glass_of"),
            models.Index(
                fields=["organization_id", "review_due_at"],
                condition=Q(reviewed_at=None),
                name="confidentiality_glass_open",
            ),
        ]


class Breach(Owned):
    """Information got to where it must not be: what happened, whom it concerns, who was told."""

    discovered_on = models.DateField()
    happened_on = models.DateField(null=True, blank=True)
    description = SealedText(of="organization_id")
    people_count = models.PositiveIntegerField()
    most_in_one_state = models.PositiveIntegerField()
    state = models.CharField(max_length=2, blank=True, help_text="Where most of them live")
    low_risk_why = SealedText(
        of="organization_id", blank=True, help_text="Why there is little risk: then nobody must be told"
    )
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    persons_told_on = models.DateField(null=True, blank=True)
    authority_told_on = models.DateField(null=True, blank=True)
    media_told_on = models.DateField(null=True, blank=True)
    state_told_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.UUIDField(null=True)

    privacy = Privacy(
        clinical="description low_risk_why",
        operational="discovered_on happened_on people_count most_in_one_state state recorded_at"
        " recorded_by_id persons_told_on authority_told_on media_told_on state_told_on closed_at"
        " closed_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(happened_on=None) | Q(happened_on__lte=F("discovered_on")),
                name="confidentiality_breach_found_after",
            ),
            models.CheckConstraint(
                condition=Q(most_in_one_state__lte=F("people_count")),
                name="confidentiality_breach_counts",
            ),
            models.CheckConstraint(
                condition=Q(persons_told_on=None) | Q(persons_told_on__gte=F("discovered_on")),
                name="confidentiality_breach_told_after",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_id=None) | Q(closed_by_id__isnull=False),
                name="confidentiality_breach_closed",
            ),
        ]


class Affected(Owned):
    """A person a breach concerns."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="affected")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True, blank=True)

    privacy = Privacy(operational="breach person told_on")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["breach", "person"], name="confidentiality_affected_once"),
        ]


class RiskAssessment(Kept):
    """How likely it is that information was compromised: the four factors of 45 CFR 164.402(2), with words.

    The newest of a breach holds.
    """

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="assessments")
    nature = models.CharField(max_length=10)
    nature_words = SealedText(of="organization_id")
    recipient = models.CharField(max_length=10)
    recipient_words = SealedText(of="organization_id")
    acquired = models.CharField(max_length=10)
    acquired_words = SealedText(of="organization_id")
    mitigated = models.CharField(max_length=10)
    mitigated_words = SealedText(of="organization_id")
    assessed_at = models.DateTimeField()
    assessed_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="nature_words recipient_words acquired_words mitigated_words",
        operational="breach nature recipient acquired mitigated assessed_at assessed_by_id",
    )

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            *(
                within(factor, [r.value for r in Rating], f"confidentiality_risk_{factor}")
                for factor in ("nature", "recipient", "acquired", "mitigated")
            ),
        ]


class LookReview(Owned):
    """What came of asking why somebody opened one chart in one week: explained, or a breach."""

    week_of = models.DateField(help_text="The Monday it begins")
    reader = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=20)
    words = SealedText(of="person_id")
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="looks", null=True, blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        clinical="words", operational="week_of reader person finding breach reviewed_at reviewed_by"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("finding", [f.value for f in Finding], "confidentiality_look_finding"),
            models.UniqueConstraint(
                fields=["week_of", "reader", "person"], name="confidentiality_look_reviewed_once"
            ),
            models.CheckConstraint(condition=~Q(words=b""), name="confidentiality_look_says_why"),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("reader")), name="confidentiality_look_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=(Q(finding=Finding.BREACH.value) & Q(breach__isnull=False))
                | (~Q(finding=Finding.BREACH.value) & Q(breach=None)),
                name="confidentiality_look_breach",
            ),
        ]
