from typing import ClassVar
from uuid import UUID

from django.db import models

from homeground.ground.ids import uuid7
from homeground.ground.models import Owned, OwnedAddable
from homeground.ground.privacy import Privacy
from homeground.ground.rls import TenantPolicy
from homeground.ground.sealed_text import SealedText


class EntryManager(models.Manager["Entry"]):
    """Refuses what history must not suffer; the database refuses it too."""

    def update(self, **kwargs: object) -> int:
        raise TypeError("audit entries are never changed")


class Entry(OwnedAddable):
    """Who did or looked at what, when, from where and why. Append-only and hash-chained.

    No foreign keys: history must never block a deletion or vanish with one. `number` and the hashes
    are filled by the database when the transaction commits (migration 0002), one gapless chain an
    organization. `why` is what somebody wrote and lies sealed; the hash covers it as it lies, so that the
    chain holds when a patient's key is destroyed. `facts` holds coded facts and ids, never names or free
    text of a chart.
    """

    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    roles = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    address = models.CharField(max_length=45, blank=True)
    why = SealedText(of="told_of", blank=True)
    facts = models.JSONField(default=dict)
    number = models.BigIntegerField(null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    privacy = Privacy(
        identifying="address",
        clinical="why facts",
        operational="at account_id person_id roles event subject_kind subject_id patient_id number"
        " previous_hash hash",
    )

    objects = EntryManager()

    @property
    def told_of(self) -> UUID:
        """Whose key seals `why`: the patient's, without one the organization's."""
        return self.patient_id or self.organization_id

    class Meta(OwnedAddable.Meta):
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "patient_id", "at"],
                name="audit_entry_by_patient",
            ),
            models.Index(fields=["organization_id", "number"], name="audit_entry_by_number"),
        ]


class Head(models.Model):
    """The last link of an organization's chain: without it a cut-off tail would go unseen.

    Written by the database alone; the web role may read it and nothing else.
    """

    organization_id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    privacy: ClassVar[Privacy] = Privacy(operational="number hash")

    class Meta:
        constraints: ClassVar = [TenantPolicy(name="audit_head_tenant")]

    def __str__(self) -> str:
        return "head of the audit chain"


class Purge(Owned):
    """The oldest entries of a chain were removed after retention; the chain goes on from `hash`.

    Written by the database function `audit_purge` alone, which refuses anything younger than six years.
    """

    through = models.BigIntegerField(help_text="The number of the last entry that was removed")
    hash = models.CharField(max_length=64)
    purged_at = models.DateTimeField()

    privacy = Privacy(operational="through hash purged_at")
