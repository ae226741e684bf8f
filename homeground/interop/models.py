from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


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
