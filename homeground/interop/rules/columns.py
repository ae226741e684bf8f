"""The columns of each part of a record, by code: what another program reads, in every language the same."""

from dataclasses import dataclass
from enum import StrEnum

from homeground.confidentiality.rules.vocabulary import Category

FORMAT = "homeground-record-1"
"""What a record in JSON says it is. A change that a reader would notice makes it number 2."""


class Holds(StrEnum):
    """What the values of a column are, all written as text."""

    TEXT = "text"
    DAY = "day"
    TIME = "time"
    COUNT = "count"


PATTERNS = {
    Holds.DAY: r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$",
    Holds.TIME: r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
    Holds.COUNT: r"^(0|[1-9][0-9]{0,6})$",
}
"""How a value that is no free text is written. An empty day was not recorded, or has not come."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, and what its values are."""

    code: str
    holds: Holds = Holds.TEXT


_DAY = Column("day", Holds.DAY)

COLUMNS: dict[Category, tuple[Column, ...]] = {
    Category.CONTACT: (Column("what"), Column("value")),
    Category.STAY: (Column("program"), Column("from", Holds.DAY), Column("until", Holds.DAY)),
    Category.LEVEL_OF_CARE: (Column("program"), Column("level")),
    Category.ATTENDANCE: (_DAY, Column("minutes", Holds.COUNT)),
    Category.APPOINTMENTS: (_DAY, Column("from", Holds.TIME), Column("to", Holds.TIME)),
    Category.SCREENING: (_DAY, Column("what"), Column("answer")),
    Category.DIAGNOSIS: (_DAY, Column("substance"), Column("severity")),
    Category.SAFETY: (_DAY, Column("what"), Column("words")),
    Category.MEDICATIONS: (Column("medicine"),),
    Category.TEST_RESULTS: (_DAY, Column("test"), Column("result"), Column("laboratory")),
    Category.PLAN: (
        *(Column("problem"), Column("goal"), Column("objective")),
        *(Column("by", Holds.DAY), Column("done")),
    ),
    Category.PROGRESS_NOTES: (_DAY, Column("kind"), Column("note"), Column("signed_by")),
    Category.BILLING: (Column("bill"),),
    Category.RECEIVED: (_DAY, Column("from"), Column("what"), Column("notice")),
}
"""The columns of every part that can be written, in the order of its rows."""


def codes(category: Category) -> tuple[str, ...]:
    """The codes of a part's columns; none for a part that is written in no packet of the record."""
    return tuple(each.code for each in COLUMNS.get(category, ()))
