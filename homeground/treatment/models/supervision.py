"""Who answers for whose notes, and until when somebody's letters hold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy


class Supervision(Owned):
    """A supervisor answers for the notes of a colleague. `ends_on` is the first day it no longer holds.

    Old notes without a signature go to this person by name; a colleague whose supervision ended may not
    sign until another is recorded (checks D10, D17).
    """

    supervisee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(operational="supervisee supervisor starts_on ends_on recorded_at recorded_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="treatment_supervision_ends_later",
            ),
            models.CheckConstraint(
                condition=~Q(supervisee=F("supervisor")), name="treatment_supervision_of_another"
            ),
            models.UniqueConstraint(
                fields=["supervisee"], condition=Q(ends_on=None), name="treatment_supervision_open_once"
            ),
        ]


class Licence(Owned):
    """Letters of a member of staff that hold for a time: `ends_on` is the first day they no longer hold.

    Letters without a row hold without end; the clinic records those that run out (check D10).
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    letters = models.CharField(max_length=20)
    state = models.CharField(max_length=2, blank=True)
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()

    privacy = Privacy(operational="person letters state ends_on recorded_at recorded_by_id")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(letters=""), name="treatment_licence_letters"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "letters"], name="treatment_licence_by")]
