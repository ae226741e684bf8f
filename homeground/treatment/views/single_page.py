"""A note of no group session as its page shows it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from homeground.treatment import note_words
from homeground.treatment.actions.single import PART
from homeground.treatment.queries.single import Single
from homeground.treatment.rules.guards import Lack
from homeground.treatment.rules.outlines import OUTLINES, Part
from homeground.treatment.views.notes_page import Row, Told, mark_rows
from homeground.treatment.views.notes_page import told as told_of

TIMES = ("on", "from", "until")


@dataclass(frozen=True)
class ShownPart:
    """One heading with its words."""

    name: str
    label: str
    needed: bool
    value: str


@dataclass(frozen=True)
class ShownSingle:
    """The page of one note; `id` stands in the names of its fields."""

    id: str
    parts: tuple[ShownPart, ...]
    rows: tuple[Row, ...]
    told: tuple[Told, ...]
    asks: bool
    on: str
    starts: str
    ends: str


def shown(found: Single, zone: ZoneInfo) -> ShownSingle:
    """Everything the page shows of a note."""
    starts, ends = found.row.starts_at.astimezone(zone), found.row.ends_at.astimezone(zone)
    return ShownSingle(
        id=str(found.row.pk),
        parts=tuple(
            ShownPart(
                f"{PART}{asked.part.value}",
                str(note_words.PARTS[asked.part]),
                asked.needed,
                found.parts.get(asked.part, ""),
            )
            for asked in OUTLINES[found.kind]
        ),
        rows=tuple(mark_rows(found.row, found.objectives, ("objectives", "progress", "risk", "next_steps"))),
        told=told(found) if found.row.version > 1 else (),
        asks=not found.passes and not any(each.blocks for each in found.problems),
        on=f"{starts:%Y-%m-%d}",
        starts=f"{starts:%H:%M}",
        ends=f"{ends:%H:%M}",
    )


def told(found: Single) -> tuple[Told, ...]:
    """What the guards say beside the note, in words; an empty note is told by its headings."""
    missing = [each for each in found.problems if each.lack is Lack.PART_MISSING]
    rest = [
        each
        for each in found.problems
        if each.lack is not Lack.PART_MISSING and not (each.lack is Lack.EMPTY and missing)
    ]
    words = note_words.LACKS[Lack.PART_MISSING]
    return (
        *(
            Told(str(words) % {"part": str(note_words.PARTS[Part(each.passage)]).lower()}, True, False)
            for each in missing
        ),
        *told_of(rest, {}),
    )
