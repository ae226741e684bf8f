"""When a member of staff is not there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


class Away(Owned):
    """A member of staff is not there from `starts_on` up to and not including `ends_on`. Never why.

    Nobody books them in that time; a withdrawal ends it without losing that it was said.
    """

    staff = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    told_at = models.DateTimeField()
    told_by_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)

    privacy = Privacy(operational="staff starts_on ends_on told_at told_by_id withdrawn_at withdrawn_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="timetable_away_ends_later"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by_id=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
                name="timetable_away_withdrawn_by_someone",
            ),
        ]
