from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.treatment.rules.handout import Rights


class Handout(Owned):
    """A leaflet of the clinic for a topic of the course, as PDF, with the right to use it.

    It is about nobody: no name, no note. `digest` is the SHA-256 of the file in hexadecimal.
    """

    topic = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    rights = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Rights])
    holder = models.CharField(max_length=300, help_text="Who holds the rights, or where they are written")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.UUIDField(null=True, blank=True)

    privacy = Privacy(
        operational="topic title rights holder content digest added_at added_by_id withdrawn_at"
        " withdrawn_by_id"
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rights__in=[each.value for each in Rights]), name="treatment_handout_rights"
            ),
            models.CheckConstraint(condition=~Q(holder=""), name="treatment_handout_holder"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by_id=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
                name="treatment_handout_withdrawn_by_someone",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "digest"],
                condition=Q(withdrawn_at=None),
                name="treatment_handout_once",
            ),
        ]
