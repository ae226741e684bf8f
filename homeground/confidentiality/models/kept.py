from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q

from homeground.ground.models import Owned


class KeptQuerySet[M: models.Model](models.QuerySet[M]):
    """Refuses to change or remove what was signed or left the house; the database refuses it too."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("rows of this table are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("rows of this table are never deleted")


class Kept(Owned):
    """A row that is written once. A trigger refuses UPDATE and DELETE (migration 0003)."""

    objects = KeptQuerySet.as_manager()

    class Meta(Owned.Meta):
        abstract = True


def codes(size: int = 40, **options: Any) -> "ArrayField[Any, Any]":
    """A list of codes."""
    return ArrayField(models.CharField(max_length=size), default=list, blank=True, **options)


def within(field: str, values: list[str], name: str) -> models.CheckConstraint:
    """The field holds one of these values."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def take_turn(person_id: UUID) -> None:
    """What is decided, released and revoked for one person follows each other, never at once.

    Held until the transaction ends. A revocation that is received while something is being sent waits for
    it; one that came before is seen by the decision.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended('confidentiality ' || %s, 0))", [str(person_id)]
        )
