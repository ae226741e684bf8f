from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.confidentiality.models.consent import Consent, Representative
from homeground.confidentiality.models.kept import Kept, codes, within
from homeground.confidentiality.rules.vocabulary import ConsentKind, EndsWith
from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.sealed_text import SealedText


class Proposal(Owned):
    """A consent that is filled in and waits to be read and signed. It allows nothing.

    `screen_digest` is that of the secret by which one screen of the clinic may show and sign it, until
    `screen_until`, without anybody being signed in there.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=30)
    discloser = models.CharField(max_length=200)
    categories = codes()
    recipient_kind = models.CharField(max_length=30, blank=True)
    recipients = codes(200)
    recipient_address = SealedText(of="person_id", blank=True)
    recipient_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    purposes = codes()
    ends_with = models.CharField(max_length=20)
    expires_at = models.DateTimeField(null=True, blank=True)
    ending_words = SealedText(of="person_id", blank=True)
    members = codes(200)
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cosigner = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    screen_digest = models.CharField(max_length=64, blank=True)
    screen_until = models.DateTimeField(null=True, blank=True)
    screen_by_id = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    consent = models.OneToOneField(
        Consent, on_delete=models.PROTECT, related_name="proposal", null=True, blank=True
    )

    privacy = Privacy(
        identifying="recipients recipient_address members",
        clinical="kind categories purposes ending_words",
        operational="person discloser recipient_kind recipient_person ends_with expires_at representative"
        " cosigner made_at made_by_id screen_digest screen_until screen_by_id closed_at consent",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("kind", [k.value for k in ConsentKind], "confidentiality_proposal_kind"),
            within("ends_with", [e.value for e in EndsWith], "confidentiality_proposal_ends_with"),
            models.CheckConstraint(
                condition=Q(consent=None) | Q(closed_at__isnull=False),
                name="confidentiality_proposal_signed_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(screen_digest="", screen_until=None, screen_by_id=None)
                | (~Q(screen_digest="") & Q(screen_until__isnull=False, screen_by_id__isnull=False)),
                name="confidentiality_proposal_screen",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person"], condition=Q(closed_at=None), name="confidentiality_proposal_open"
            ),
            models.Index(
                fields=["screen_digest"],
                condition=~Q(screen_digest=""),
                name="confidentiality_proposal_shown",
            ),
        ]


class SharingLink(Owned):
    """A secret address by which a named recipient sees what one consent lists, or its times as a calendar.

    Ends with the consent, on its own day, or when it is taken back. Only the digest is kept.
    """

    PAGE, CALENDAR = "page", "calendar"

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(operational="consent kind digest made_at made_by_id expires_at ended_at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            within("kind", ["page", "calendar"], "confidentiality_sharinglink_kind"),
            models.UniqueConstraint(
                fields=["consent", "kind"],
                condition=Q(ended_at=None),
                name="confidentiality_sharinglink_one",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="confidentiality_sharinglink_expires"
            ),
        ]


class EndingReminder(Kept):
    """That somebody was reminded, so many days before, that a consent will end (check F08)."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    privacy = Privacy(operational="consent days at")

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            models.UniqueConstraint(fields=["consent", "days"], name="confidentiality_endingreminder_once"),
        ]
