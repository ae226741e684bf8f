"""A text column that lies sealed: plain to the code that holds the row, unreadable in the database.

    words = SealedText(of="patient_id")

The value is sealed with the data key of the subject that `of` leads to (ground.envelope) when the row is
saved, bound to table, row and column, and opened when the attribute is first read. Several subjects' rows:
read them through `unlocked(rows)`, or each costs a statement.

What the database cannot see it cannot search, sort or measure: filter by `field=b""` (an empty text stays
empty) and check the length in the form. `values()` and JSON give the sealed bytes: open them with
`opened(Model, "words", sealed, row=pk)`, or `opened_hex` for what `sealed_hex` put into JSON.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import F, Func, TextField, Value
from django.db.models.query_utils import DeferredAttribute

from homeground.ground import envelope, seal

_FORM = 0xD2
_SUBJECT = slice(1, 17)


def opened(model: type[models.Model], column: str, sealed: bytes | memoryview, *, row: UUID) -> str:
    """The text of a sealed value that was not read through its row. Raises as `envelope.key_of` does."""
    value = bytes(sealed)
    if not value:
        return ""
    if value[0] != _FORM:
        raise seal.SealBroken("not a sealed text")
    subject = UUID(bytes=value[_SUBJECT])
    return seal.decrypted(
        envelope.key_of(subject).cipher, value[_SUBJECT.stop :], _place(model, row, column, subject)
    )


def opened_hex(model: type[models.Model], column: str, sealed: str, *, row: UUID | str) -> str:
    """As `opened`, for what `sealed_hex` put into JSON."""
    return opened(model, column, bytes.fromhex(sealed), row=UUID(str(row)))


def unlocked[Row: models.Model](rows: Iterable[Row]) -> list[Row]:
    """These rows, with the keys of all their sealed texts fetched in one statement; none without texts."""
    found = list(rows)
    fields = [f.attname for f in found[0]._meta.concrete_fields if isinstance(f, SealedText)] if found else []
    texts = [row.__dict__.get(name) for row in found for name in fields]
    envelope.keys_of(
        {UUID(bytes=bytes(text[_SUBJECT])) for text in texts if text and not isinstance(text, str)}
    )
    return found


def said(row: models.Model, column: str) -> bool:
    """Whether anything stands in a sealed column of a row. Opens nothing."""
    return bool(row.__dict__[column])


def sealed_hex(path: str) -> Func:
    """The sealed bytes of a column as hexadecimal text, which JSON can carry."""
    return Func(F(path), Value("hex"), function="encode", output_field=TextField())


class _Opening(DeferredAttribute):
    """Opens the sealed value of a row when it is first read, and keeps the text with the row."""

    field: "SealedText"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, bytes | memoryview):
            value = opened(type(instance), self.field.attname, value, row=instance.pk)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Binary = models.BinaryField[str | bytes, str]
else:
    _Binary = models.BinaryField


class SealedText(_Binary):
    """Sealed text of one subject. `of`: dotted attributes from the row to the subject's id."""

    descriptor_class = _Opening

    def __init__(self, *, of: str = "", **kwargs: Any) -> None:
        self.of = of
        self._subject: Callable[[Any], UUID] = attrgetter(of) if of else attrgetter("pk")
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """As a binary field; the way to the subject changes nothing in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def clone(self) -> "SealedText":
        """A copy that knows its subject too."""
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, of=self.of, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The sealed value; what was never opened is written as it came."""
        value = model_instance.__dict__[self.attname]
        if isinstance(value, bytes | memoryview):
            return bytes(value)
        return self._sealed(model_instance, value) if value else b""

    def get_prep_value(self, value: Any) -> Any:
        """Refuses plain text: a bulk update or a filter would write or look for it unsealed."""
        if isinstance(value, str):
            if value:
                raise TypeError(f"{self.name} is sealed: save the row")
            return b""
        return super().get_prep_value(value)

    def _sealed(self, row: Any, text: str) -> bytes:
        subject = self._subject(row)
        key = envelope.sealing_key(subject, organization_id=row.organization_id)
        place = _place(type(row), row.pk, self.attname, subject)
        return bytes([_FORM]) + subject.bytes + seal.encrypted(key.cipher, text, place)


def _place(model: type[models.Model], row: UUID, column: str, subject: UUID) -> bytes:
    return f"{model._meta.db_table}|{row}|{column}|{subject}".encode()
