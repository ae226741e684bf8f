"""A record in JSON that another program, or this one, wrote: read back, checked, as values with a type.

What is not exactly the published format is refused, with the places that are wrong and no value of them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import islice
from typing import Any

from homeground.confidentiality.rules.vocabulary import Category
from homeground.interop.rules.columns import COLUMNS, Holds
from homeground.interop.rules.packet import Content, Kind, Section
from homeground.interop.rules.record_schema import schema
from homeground.interop.rules.shape import faults

MOST_FAULTS = 20

type Value = str | int | date | time | None
type Row = Mapping[str, Value]


class BadRecord(ValueError):
    """The file is no record in the published format; `faults` say where."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record that was read: as it was written, and each part's rows with typed values."""

    content: Content
    parts: Mapping[Category, tuple[Row, ...]] = field(repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each part has."""
        return {category.value: len(rows) for category, rows in self.parts.items()}


def read_record(text: str) -> ReadRecord:
    """The record in a JSON text. Raises BadRecord.

    A part that stands twice and a day that is in no calendar are refused too.
    """
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError):
        raise BadRecord(("the file is no JSON",)) from None
    wrong = tuple(islice(faults(schema(), found), MOST_FAULTS))
    if wrong:
        raise BadRecord(wrong)
    sections = tuple(_section(each) for each in found["sections"])
    if len({each.category for each in sections}) < len(sections):
        raise BadRecord(("record.sections: a part stands twice",))
    content = Content(
        **{**found, "kind": Kind(found["kind"]), "sections": sections, "marks": tuple(found["marks"])}
    )
    return ReadRecord(content, {Category(each.category): _typed(each) for each in sections})


def _section(found: dict[str, Any]) -> Section:
    rows = tuple(tuple(row) for row in found["rows"])
    listed = {name: tuple(found[name]) for name in ("head", "marks", "columns")}
    return Section(category=found["category"], title=found["title"], rows=rows, **listed)


def _typed(section: Section) -> tuple[Row, ...]:
    columns = COLUMNS[Category(section.category)]
    return tuple(
        {
            column.code: _value(column.holds, value, f"{section.category}[{number}].{column.code}")
            for column, value in zip(columns, row, strict=True)
        }
        for number, row in enumerate(section.rows)
    )


def _value(holds: Holds, value: str, where: str) -> Value:
    try:
        match holds:
            case Holds.DAY:
                return date.fromisoformat(value) if value else None
            case Holds.TIME:
                return time.fromisoformat(value)
            case Holds.COUNT:
                return int(value)
    except ValueError:
        raise BadRecord((f"{where}: no day of any calendar",)) from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadRecord(("the same word stands twice in one object",))
    return found
