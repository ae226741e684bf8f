"""Levels of care by their standard codes. Codes, names and weekly hours are facts; the words are ours."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What is recommended: a level of care, or the step that must come before one can be named."""

    TALK = "talk"
    EVALUATE = "evaluate"
    OUTPATIENT = "1.5"
    INTENSIVE_OUTPATIENT = "2.1"
    HIGH_INTENSITY_OUTPATIENT = "2.5"
    RECOVERY_RESIDENCE = "3.1"
    RESIDENTIAL = "3.5"
    MEDICAL_RESIDENTIAL = "3.7"
    HOSPITAL = "4"


@dataclass(frozen=True, slots=True)
class LevelFact:
    """A level as staff see it. Hours are clinical hours a week: at least, and at most (None: no limit)."""

    level: Level
    name: str
    hours: tuple[int, int | None]
    here: str


CARE: tuple[LevelFact, ...] = (
    LevelFact(Level.OUTPATIENT, "Outpatient", (0, 8), "Visits, fewer than 9 hours a week"),
    LevelFact(
        Level.INTENSIVE_OUTPATIENT, "Intensive outpatient", (9, 19), "9 to 19 hours a week, lives at home"
    ),
    LevelFact(
        Level.HIGH_INTENSITY_OUTPATIENT,
        "High-intensity outpatient",
        (20, None),
        "20 hours a week or more, sleeps at home",
    ),
    LevelFact(
        Level.RECOVERY_RESIDENCE,
        "Recovery residence with treatment",
        (9, 19),
        "A safe place to live, with treatment in the week",
    ),
    LevelFact(Level.RESIDENTIAL, "Residential", (20, None), "Lives there, staff around the clock"),
    LevelFact(
        Level.MEDICAL_RESIDENTIAL,
        "Medical residential",
        (20, None),
        "Lives there, nurses around the clock; withdrawal can be treated",
    ),
    LevelFact(Level.HOSPITAL, "Hospital", (20, None), "Doctors and nurses around the clock"),
)
LEVELS: tuple[Level, ...] = tuple(fact.level for fact in CARE)
"""The levels a clinician may decide on, from the least to the most intensive."""

NAMES: dict[Level, str] = {
    Level.TALK: "Not enough is known yet",
    Level.EVALUATE: "Medical evaluation first",
    **{fact.level: fact.name for fact in CARE},
}
MEDICAL = frozenset({Level.MEDICAL_RESIDENTIAL, Level.HOSPITAL})
AROUND_THE_CLOCK = frozenset({Level.RECOVERY_RESIDENCE, Level.RESIDENTIAL, *MEDICAL})


def intensity(level: Level) -> int:
    """Position among LEVELS; -1 for a step that is no level."""
    return LEVELS.index(level) if level in LEVELS else -1


def for_hours(weekly_hours: float) -> Level:
    """The outpatient level that so many clinical hours a week make, for somebody who sleeps at home."""
    if weekly_hours >= 20:
        return Level.HIGH_INTENSITY_OUTPATIENT
    if weekly_hours >= 9:
        return Level.INTENSIVE_OUTPATIENT
    return Level.OUTPATIENT


PLACES: dict[Level, str] = {
    Level.EVALUATE: "detox",
    Level.OUTPATIENT: "outpatient",
    Level.INTENSIVE_OUTPATIENT: "intensive",
    Level.HIGH_INTENSITY_OUTPATIENT: "intensive",
    Level.RECOVERY_RESIDENCE: "residential",
    Level.RESIDENTIAL: "residential",
    Level.MEDICAL_RESIDENTIAL: "detox",
    Level.HOSPITAL: "detox",
}
"""What kind of place to look for in the directory when the care here does not suit."""
