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
