"""A row in every table with text about a person, so that there is something to mark in each of them.

Values are guessed from fields and checks; what the database refuses even so stays empty, and
`test_pages.test_every_category_is_marked` says of which part of a record that leaves nothing.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from cast import Cast
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, models, transaction
from django.db.models import CheckConstraint, Q

from homeground.ground.ids import uuid7

WHEN = datetime(2026, 11, 10, 17, tzinfo=UTC)


class Filler:
    """Makes rows of one clinic, all about its one patient; staff appear where a row names who did it."""

    def __init__(self, cast: Cast, staff_id: UUID, words: dict[tuple[str, str], str]) -> None:
        self.cast, self.staff_id, self.words = cast, staff_id, words
        self.made: set[type[models.Model]] = set()

    def fill(self, kinds: Iterable[type[models.Model]]) -> list[str]:
        """A row in each table that has none; the tables that stay empty."""
        empty = []
        for model in dict.fromkeys(kinds):
            if self._there(model) is None and self._make(model) is None:
                empty.append(model._meta.label)
        return empty

    def holds(self, model: type[models.Model], field: models.Field, word: str) -> bool:
        """Whether the row that was made has this word in this field."""
        rows = model._base_manager.filter(organization_id=self.cast.clinic.id)
        return word in {getattr(row, field.name) for row in rows}

    def _there(self, model: type[models.Model]) -> models.Model | None:
        return model._base_manager.filter(organization_id=self.cast.clinic.id).first()

    def _make(self, model: type[models.Model]) -> models.Model | None:
        """A row, with as much in it as the checks of the database let pass."""
        for full, optional in ((False, True), (False, False), (True, True)):
            row = self._row(model, full=full, optional=optional)
            try:
                with transaction.atomic():
                    models.QuerySet(model).bulk_create([row])
            except (DatabaseError, ObjectDoesNotExist, TypeError, ValueError):
                continue
            self.made.add(model)
            return row
        return None

    def _row(self, model: type[models.Model], *, full: bool, optional: bool) -> models.Model:
        """`full`: also what may be null. `optional`: texts that may be blank; a person that may be null."""
        codes, row = coded(model), model(organization_id=self.cast.clinic.id)
        for field in model._meta.concrete_fields:
            if field.name == "organization_id" or field.primary_key:
                continue
            word = self.words.get((model._meta.label, field.name))
            if field.null and not full and not (optional and isinstance(field, models.ForeignKey)):
                continue
            if word and field.blank and not optional:
                continue
            value = word or self._value(field, codes.get(field.name))
            if value is not None:
                setattr(row, field.attname, value)
        return row

    def _value(self, field: models.Field, codes: tuple[Any, ...] | None) -> Any:
        if isinstance(field, models.ForeignKey):
            return self._named(field)
        for name in (f"{field.model.__name__}.{field.name}", field.name):
            if name in _CODES:
                return _CODES[name]
        if field.has_default():
            return field.get_default()
        if codes:
            return codes[0]
        if field.choices:
            return field.flatchoices[0][0]
        for kind, value in _GUESSES:
            if isinstance(field, kind):
                return value() if callable(value) else value
        return "x"

    def _named(self, field: models.ForeignKey) -> UUID | None:
        label = field.related_model._meta.label
        if label == "people.Person":
            return self.cast.patient.person.pk if field.name == "person" else self.staff_id
        if label == "chart.Patient":
            return self.cast.patient_episode.patient_id
        if field.null:
            return None
        found = self._there(field.related_model) or self._make(field.related_model)
        return found.pk if found else None


_CODES = {
    "recipient_kind": "employer",
    "language": "en",
    "came_by": "phone",
    "phone": "+13035550142",
    "text_version": "1",
    "level": "2.1",
    "outcome": "seen_here",
    "watch": "with_us",
    "safety_plan": "made",
    "Section.code": "goals",
    "Part.kind": "strengths",
}
"""Codes no check of the database holds to a list, by the name of the field, or of model and field."""

_GUESSES: tuple[tuple[type[models.Field], Any], ...] = (
    (models.DateTimeField, WHEN),
    (models.DateField, WHEN.date()),
    (models.TimeField, time(9)),
    (models.UUIDField, uuid7),
    (models.BooleanField, False),
    (models.IntegerField, 1),
    (models.DecimalField, Decimal(1)),
    (models.BinaryField, b"x"),
    (ArrayField, list),
    (models.JSONField, dict),
    (models.EmailField, "x@example.org"),
)


def coded(model: type[models.Model]) -> dict[str, tuple[Any, ...]]:
    """Fields a check holds to a list of codes, with the codes."""
    found: dict[str, tuple[Any, ...]] = {}
    for constraint in model._meta.constraints:
        queue = [constraint.condition] if isinstance(constraint, CheckConstraint) else []
        while queue:
            part = queue.pop()
            if isinstance(part, Q):
                queue += part.children
            elif isinstance(part, tuple) and part[0].endswith("__in") and any(part[1]):
                found[part[0].removesuffix("__in")] = tuple(part[1])
    return found
