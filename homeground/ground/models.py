from enum import StrEnum
from typing import ClassVar

from django.db import models

from homeground.ground.ids import uuid7
from homeground.ground.privacy import Privacy
from homeground.ground.rls import Public, TenantPolicy


class Use(StrEnum):
    """What a data key seals: a subject's record, or what only the author of a private note may open.

    Two keys for one patient, so that private notes can be destroyed and the chart stay.
    """

    RECORD = "record"
    PRIVATE_NOTES = "private_notes"


class Owned(models.Model):
    """A row that belongs to one organization and is hidden from every other by the database.

    `organization_id` is the tenancy key, not a relation: see docs/adr/0003.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization_id = models.UUIDField(db_index=True, editable=False)

    privacy: ClassVar[Privacy] = Privacy()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TenantPolicy(name="%(app_label)s_%(class)s_tenant")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class OwnedReadable(Owned):
    """As Owned, and visitors of the public site may read it: the timetable, never a chart."""

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TenantPolicy(name="%(app_label)s_%(class)s_tenant", public=Public.READ)
        ]


class OwnedAddable(Owned):
    """As Owned, and visitors of the public site may add a row without being able to read any."""

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TenantPolicy(name="%(app_label)s_%(class)s_tenant", public=Public.ADD)
        ]


class Outbox(OwnedAddable):
    """Something that happened and that a room above must hear of within minutes.

    Written in the transaction of the action; `config.reactions` names who hears it. Holds ids only.
    """

    event = models.CharField(max_length=100)
    subject_id = models.UUIDField()
    created_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    privacy = Privacy(operational="event subject_id created_at handled_at")

    class Meta(OwnedAddable.Meta):
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(handled_at=None),
                name="ground_outbox_waiting",
            )
        ]


class DataKey(OwnedAddable):
    """A key that seals a subject's texts of one use, itself wrapped by a house key (ground.envelope).

    `subject_id` is a patient, a person, a session or a request for help: no foreign key, the key outlives
    nobody's row and blocks none. Destroyed, the row stays to say when.
    """

    subject_id = models.UUIDField()
    use = models.CharField(max_length=15, choices=[(use.value, use.value) for use in Use], default=Use.RECORD)
    wrapped = models.BinaryField(null=True)
    house_key = models.PositiveSmallIntegerField(help_text="The number of the house key that wrapped it")
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    privacy = Privacy(operational="subject_id use wrapped house_key made_at destroyed_at")

    class Meta(OwnedAddable.Meta):
        constraints: ClassVar = [
            *OwnedAddable.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization_id", "subject_id", "use"], name="ground_datakey_one"
            ),
            models.CheckConstraint(
                condition=models.Q(use__in=[use.value for use in Use]), name="ground_datakey_use"
            ),
            models.CheckConstraint(
                condition=models.Q(wrapped=None, destroyed_at__isnull=False)
                | models.Q(wrapped__isnull=False, destroyed_at=None),
                name="ground_datakey_gone_or_there",
            ),
        ]


class Bucket(models.Model):
    """A token bucket for a public form, shared by all web processes.

    `key` is a keyed digest of form and network address: the address itself is not kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    privacy: ClassVar[Privacy] = Privacy(operational="key tokens filled_at")

    def __str__(self) -> str:
        return "bucket"
