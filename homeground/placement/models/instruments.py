from typing import ClassVar

from django.db import models
from django.db.models import Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


class ClinicInstrument(Owned):
    """One version of a questionnaire this clinic brought itself, with the ground on which it may use it.

    `body` is the definition as JSON and is never changed: a correction is another version.
    """

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    body = models.TextField()
    licence_holder = models.CharField(max_length=200)
    licence_terms = models.CharField(max_length=1000)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(operational="code version body licence_holder licence_terms recorded_at recorded_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "code", "version"], name="placement_instrument_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(licence_holder="") & ~Q(licence_terms=""),
                name="placement_instrument_licensed",
            ),
        ]


class InstrumentRetirement(Owned):
    """From here on this version is not begun any more; what was begun may still be finished."""

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    retired_at = models.DateTimeField()
    retired_by_id = models.UUIDField()

    privacy = Privacy(operational="code version retired_at retired_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "code", "version"], name="placement_retired_once"
            ),
        ]


class MeasureSetting(Owned):
    """How this clinic handles measures: who answers at once, who hears next, what patients are told.

    Without `on_call` no questionnaire that needs somebody at once is offered unattended (check H04).
    """

    shows_severity = models.BooleanField(default=False)
    on_call = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    privacy = Privacy(operational="shows_severity on_call lead")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["organization_id"], name="placement_one_setting"),
        ]
