from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.interop.rules.received import Media, Way


class CalendarFeed(Owned):
    """A patient's secret calendar address. Only the digest of the secret is kept; revoked, it ends."""

    patient = models.ForeignKey("chart.Patient", on_delete=models.PROTECT, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    privacy = Privacy(operational="patient digest made_at revoked_at")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(revoked_at=None),
                name="interop_feed_one_in_force",
            ),
        ]


class Release(Owned):
    """A packet or letter that was handed over, its content sealed under the person's own key.

    Made again from it, the packet has the same digest as the line in the accounting. `disclosure_id` is
    empty for what the person themselves got.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="releases")
    disclosure = models.OneToOneField(
        "confidentiality.Disclosure", on_delete=models.PROTECT, related_name="release", null=True
    )
    kind = models.CharField(max_length=30)
    format = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="sealed", operational="person disclosure kind format digest made_at made_by_id"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="interop_release_digest"
            ),
        ]


class ReceivedRecord(Owned):
    """A record of a person that somebody else sent, sealed under the person's own key (check B18).

    `under_notice`: it came with the notice of 42 CFR 2.32, which is kept in `sealed_about` word for word,
    with who sent it and what it is. It then goes on only as part 2 allows, whatever program keeps it here.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="received_records")
    received_on = models.DateField()
    came_by = models.CharField(max_length=10)
    under_notice = models.BooleanField()
    media = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    sealed_about = models.BinaryField()
    sealed_content = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(
        clinical="sealed_about sealed_content",
        operational="person received_on came_by under_notice media digest recorded_at recorded_by_id",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="interop_received_digest"
            ),
            models.CheckConstraint(
                condition=Q(media__in=[media.value for media in Media]), name="interop_received_media"
            ),
            models.CheckConstraint(
                condition=Q(came_by__in=[way.value for way in Way]), name="interop_received_way"
            ),
            models.CheckConstraint(
                condition=~Q(sealed_about=b"") & ~Q(sealed_content=b""), name="interop_received_sealed"
            ),
            models.UniqueConstraint(fields=["person", "digest"], name="interop_received_once"),
        ]
